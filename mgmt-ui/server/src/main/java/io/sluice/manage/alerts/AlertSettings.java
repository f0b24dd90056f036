package io.sluice.manage.alerts;

import java.time.Duration;

/**
 * What counts as unusual. docs/assets-and-alerts.md explains each and tells what the defaults cost and find on recordings.
 *
 * @param learning from the first event on: what is seen meanwhile is usual, and raises no alert as new
 * @param settling a relation that is younger still finds its functions
 * @param scanWindow in which …
 * @param scanTargets so many different targets of one source refused are a scan: an address and port, a unit, or a function of one
 *     device each
 * @param slowScanWindow the same for the patient …
 * @param slowScanTargets with so many
 * @param denialWindow in which …
 * @param denials so many refusals of one source at one destination are worth an alert
 * @param deniedChanges so many are enough where each would have changed a device
 * @param writesToLearn a value's range is trusted when so many writes have shown it
 * @param rangeMarginPercent a value may leave the range by so much of its width
 * @param rateBucket requests are counted for this long
 * @param rateBuckets so many of these make a baseline
 * @param rateFactor so many times the baseline is a jump …
 * @param rateLeast if it is so many requests more in one bucket
 * @param quiet what goes on for this long after an alert was archived does not open it again
 * @param alerts that are remembered; of more, the oldest archived ones are forgotten, then the oldest
 * @param sources whose refusals are followed at the same time
 * @param ranges of values that are learned
 */
public record AlertSettings(Duration learning, Duration settling, Duration scanWindow, int scanTargets,
        Duration slowScanWindow, int slowScanTargets, Duration denialWindow, int denials,
        int deniedChanges, int writesToLearn,
        int rangeMarginPercent, Duration rateBucket, int rateBuckets, int rateFactor, int rateLeast, Duration quiet,
        int alerts, int sources, int ranges) {

    public static final AlertSettings DEFAULT = new AlertSettings(Duration.ofDays(7), Duration.ofDays(1),
            Duration.ofMinutes(1), 10, Duration.ofHours(1), 30, Duration.ofMinutes(10), 20, 5, 20, 10,
            Duration.ofMinutes(5), 12, 3, 100, Duration.ofHours(1), 2000, 1024, 20_000);

    public AlertSettings withLearning(Duration lasts, Duration relationSettles) {
        return new AlertSettings(lasts, relationSettles, scanWindow, scanTargets, slowScanWindow, slowScanTargets,
                denialWindow, denials, deniedChanges, writesToLearn, rangeMarginPercent, rateBucket, rateBuckets,
                rateFactor, rateLeast,
                quiet, alerts, sources, ranges);
    }

    public AlertSettings withRates(Duration bucket, int buckets, int least) {
        return new AlertSettings(learning, settling, scanWindow, scanTargets, slowScanWindow, slowScanTargets,
                denialWindow, denials, deniedChanges, writesToLearn, rangeMarginPercent, bucket, buckets, rateFactor,
                least, quiet,
                alerts, sources, ranges);
    }

    public AlertSettings withBounds(int mostAlerts, int mostSources, int mostRanges) {
        return new AlertSettings(learning, settling, scanWindow, scanTargets, slowScanWindow, slowScanTargets,
                denialWindow, denials, deniedChanges, writesToLearn, rangeMarginPercent, rateBucket, rateBuckets,
                rateFactor, rateLeast,
                quiet, mostAlerts, mostSources, mostRanges);
    }

    static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}
