package io.sluice.inline.pipeline;

import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * How long frames were on their way through, by the ports they came and left by. Recorded by one thread, for one frame of
 * each batch; nothing is allocated.
 */
final class Latencies {
    /** 100 ns to 10 s, two digits. */
    private static final long SHORTEST_NANOS = 100;
    private static final long LONGEST_NANOS = 10_000_000_000L;
    private static final int DIGITS = 2;

    private final int ports;
    private final SingleWriterRecorder[] recorders;
    private final Histogram[] sums;

    Latencies(int ports) {
        this.ports = ports;
        recorders = new SingleWriterRecorder[ports * ports];
        sums = new Histogram[ports * ports];
        for (int i = 0; i < recorders.length; i++) {
            recorders[i] = new SingleWriterRecorder(SHORTEST_NANOS, LONGEST_NANOS, DIGITS);
            sums[i] = new Histogram(SHORTEST_NANOS, LONGEST_NANOS, DIGITS);
        }
    }

    /** Packet thread. A clock that was set back meanwhile tells nothing. */
    void record(int from, int to, long nanos) {
        if (nanos >= 0 && nanos <= LONGEST_NANOS) {
            recorders[from * ports + to].recordValue(nanos);
        }
    }

    /** Adds all that was recorded so far. Any thread, one at a time. */
    synchronized void addTo(int from, int to, Histogram target) {
        int i = from * ports + to;
        sums[i].add(recorders[i].getIntervalHistogram());
        target.add(sums[i]);
    }

    static Histogram empty() {
        return new Histogram(SHORTEST_NANOS, LONGEST_NANOS, DIGITS);
    }
}
