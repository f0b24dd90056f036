package io.sluice.manage.firewall;

import io.sluice.control.ControlException;
import io.sluice.control.v1.StatisticsRequest;
import io.sluice.control.v1.StatusRequest;
import io.sluice.control.v1.StatusResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Asks the firewall every two seconds how it stands, for everybody who wants to know, and remembers an hour of it. */
public final class StatusWatch implements AutoCloseable {
    public static final Duration STEP = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final FirewallLink firewall;
    private final Series series = new Series();
    private final List<Consumer<Seen>> listeners = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("status-watch").daemon().factory());
    private volatile Seen last = new Seen(Optional.empty(), "the firewall was not asked yet");

    /**
     * What was seen last.
     *
     * @param status empty: nobody answers
     * @param sentence why nobody answers; else empty
     */
    public record Seen(Optional<StatusResponse> status, String sentence) {}

    public StatusWatch(FirewallLink firewall) {
        this.firewall = firewall;
    }

    public void start() {
        var _ = looks.scheduleAtFixedRate(this::look, 0, STEP.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            StatusResponse status = firewall.call(PATIENCE, c -> c.status(StatusRequest.getDefaultInstance()));
            String metrics = firewall.call(PATIENCE, c -> c.statistics(StatisticsRequest.getDefaultInstance()))
                    .getPrometheus();
            series.add(status, metrics);
            seen(new Seen(Optional.of(status), ""));
        } catch (ControlException e) {
            series.gap();
            seen(new Seen(Optional.empty(), e.sentence()));
        } catch (RuntimeException e) {
            series.gap();
            seen(new Seen(Optional.empty(), "the firewall's answer cannot be read: " + e));
        }
    }

    private void seen(Seen now) {
        last = now;
        listeners.forEach(listener -> listener.accept(now));
    }

    /** Asked anew, for the moment after something was changed. */
    public Seen now() {
        look();
        return last;
    }

    public Seen last() {
        return last;
    }

    public Series series() {
        return series;
    }

    /**
     * Hears each look.
     *
     * @return ends that
     */
    public Runnable listen(Consumer<Seen> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }
}
