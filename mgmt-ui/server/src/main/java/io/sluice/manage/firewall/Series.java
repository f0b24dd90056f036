package io.sluice.manage.firewall;

import io.sluice.control.v1.DropCount;
import io.sluice.control.v1.PortStatus;
import io.sluice.control.v1.StatusResponse;
import io.sluice.control.v1.VerdictCount;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What happened per second, over the last hour: differences between counters that only rise. */
public final class Series {
    static final int MOST_POINTS = 1_800;
    private static final double NANOS = 1e9;
    private static final int OCTET = 8;

    private final Deque<Point> points = new ArrayDeque<>();
    private @Nullable Sums before;
    private Latencies latenciesBefore = Latencies.NONE;

    /**
     * Per second, between two looks.
     *
     * @param latencyP50Micros added by the firewall; empty: nothing passed
     */
    public record Point(long atNanos, double frames, double bits, double allowed, double denied, double drops,
            Optional<Double> latencyP50Micros, Optional<Double> latencyP999Micros) {}

    private record Sums(long atNanos, long started, long frames, long bytes, long allowed, long denied, long drops) {
        static Sums of(StatusResponse s) {
            return new Sums(s.getNowNanos(), s.getStartedNanos(),
                    s.getPortsList().stream().mapToLong(PortStatus::getReceived).sum(),
                    s.getPortsList().stream().mapToLong(PortStatus::getReceivedBytes).sum(),
                    s.getVerdictsList().stream().filter(VerdictCount::getAllowed).mapToLong(VerdictCount::getMessages)
                            .sum(),
                    s.getVerdictsList().stream().filter(v -> !v.getAllowed()).mapToLong(VerdictCount::getMessages)
                            .sum(),
                    s.getDropsList().stream().mapToLong(DropCount::getFrames).sum());
        }
    }

    synchronized void add(StatusResponse status, String metrics) {
        Sums now = Sums.of(status);
        Latencies latencies = Latencies.of(metrics);
        Sums then = before;
        // A firewall that was started anew counts from zero.
        if (then != null && then.started() == now.started() && now.atNanos() > then.atNanos()) {
            double seconds = (now.atNanos() - then.atNanos()) / NANOS;
            Latencies between = latencies.since(latenciesBefore);
            points.addLast(new Point(now.atNanos(), (now.frames() - then.frames()) / seconds,
                    (now.bytes() - then.bytes()) * OCTET / seconds, (now.allowed() - then.allowed()) / seconds,
                    (now.denied() - then.denied()) / seconds, (now.drops() - then.drops()) / seconds,
                    between.micros(0.5), between.micros(0.999)));
            if (points.size() > MOST_POINTS) {
                points.removeFirst();
            }
        }
        before = now;
        latenciesBefore = latencies;
    }

    /** Nobody answered. */
    synchronized void gap() {
        before = null;
    }

    /** The last ones, oldest first. */
    public synchronized List<Point> last(int seconds) {
        int most = Math.max(1, (int) (seconds / StatusWatch.STEP.toSeconds()));
        List<Point> all = new ArrayList<>(points);
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    public synchronized Optional<Point> latest() {
        return Optional.ofNullable(points.peekLast());
    }
}
