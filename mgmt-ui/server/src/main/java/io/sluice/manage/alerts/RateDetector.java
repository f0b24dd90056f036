package io.sluice.manage.alerts;

import io.sluice.manage.alerts.Learned.Rate;
import io.sluice.manage.assets.InventoryListener;
import io.sluice.manage.event.Event;
import java.util.function.Consumer;

/**
 * A relation that carries many more requests than it uses to. Its mean and spread are followed bucket by bucket, so that the
 * baseline grows with a plant that grows; one outlier moves it little.
 */
final class RateDetector implements InventoryListener {
    private static final double WEIGHT = 0.1;
    /** So many standard deviations above the mean are no chance. */
    private static final double SPREAD = 6;
    /** After a longer silence the relation begins anew where it stood. */
    private static final long LONGEST_SILENCE = 12;

    private final AlertSettings settings;
    private final Learned learned;
    private final Consumer<Finding> sink;
    private final long bucketMicros;

    RateDetector(AlertSettings settings, Learned learned, Consumer<Finding> sink) {
        this.settings = settings;
        this.learned = learned;
        this.sink = sink;
        bucketMicros = AlertSettings.micros(settings.rateBucket());
    }

    @Override
    public void requests(String client, String server, String protocol, long count, Event e) {
        Rate rate = learned.rates.computeIfAbsent(Learned.pair(client, server, protocol), _ -> new Rate());
        long bucket = Math.floorDiv(e.micros(), bucketMicros);
        if (rate.bucket < 0) {
            rate.bucket = bucket;
        } else if (bucket > rate.bucket) {
            close(rate, bucket);
        }
        rate.count += count;
        if (rate.buckets >= settings.rateBuckets() && !rate.told && rate.count > limit(rate)) {
            rate.told = true;
            report(client, server, protocol, rate, e);
        }
    }

    private void close(Rate rate, long next) {
        learn(rate, rate.count);
        long silent = next - rate.bucket - 1;
        for (long i = 0; i < silent && silent <= LONGEST_SILENCE; i++) {
            learn(rate, 0);
        }
        rate.bucket = next;
        rate.count = 0;
        rate.told = false;
    }

    private void learn(Rate rate, long count) {
        double seen = rate.buckets >= settings.rateBuckets() ? Math.min((double) count, limit(rate)) : (double) count;
        double weight = Math.max(WEIGHT, 1.0 / (rate.buckets + 1));
        double off = seen - rate.mean;
        rate.mean += weight * off;
        rate.variance = (1 - weight) * (rate.variance + weight * off * off);
        rate.buckets++;
    }

    private double limit(Rate rate) {
        return Math.max(Math.max(rate.mean * settings.rateFactor(), rate.mean + settings.rateLeast()),
                rate.mean + SPREAD * Math.sqrt(rate.variance));
    }

    private void report(String client, String server, String protocol, Rate rate, Event e) {
        sink.accept(new Finding(Kind.RATE_JUMP, Severity.MEDIUM, client, server, protocol,
                "Many more requests from " + client + " to " + server,
                client + " sent " + rate.count + " requests to " + server + " within "
                        + settings.rateBucket().toMinutes() + " minutes.",
                "It uses to be " + Math.round(rate.mean) + ".",
                "Look whether a second program polls the same device, or one polls without a pause; a controller may not"
                        + " stand that.",
                Filters.of("src", client, "dst", server), e.micros(), 1));
    }
}
