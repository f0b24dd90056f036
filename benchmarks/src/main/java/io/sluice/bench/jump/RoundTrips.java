package io.sluice.bench.jump;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Round trips of one request at a time on several ways to the same controller, in turns: noise of the machine hits all. */
final class RoundTrips {
    private static final int LONGEST_SECONDS = 10;
    private static final int DIGITS = 3;
    private static final double MICRO = 1e3;

    private RoundTrips() {}

    /** A way to the controller, and what was measured on it. */
    static final class Way {
        final String name;
        private final SocketChannel socket;
        private final Histogram nanos = new Histogram(TimeUnit.SECONDS.toNanos(LONGEST_SECONDS), DIGITS);
        private final ByteBuffer answer = ByteBuffer.allocate(Read.ANSWER_BYTES);
        private int transaction;

        Way(String name, SocketChannel socket) {
            this.name = name;
            this.socket = socket;
        }

        private void ask(long until, boolean counts) throws IOException {
            while (System.nanoTime() - until < 0) {
                int number = transaction++ & 0xFFFF;
                byte[] request = Read.request(number);
                long begin = System.nanoTime();
                socket.write(ByteBuffer.wrap(request));
                answer.clear();
                while (answer.hasRemaining() && socket.read(answer) >= 0) {
                    // the rest of it
                }
                long took = System.nanoTime() - begin;
                if (answer.hasRemaining() || !Read.answers(answer.array(), number)) {
                    throw new IOException("no answer, or another one, " + name);
                }
                if (counts) {
                    nanos.recordValue(Math.min(took, TimeUnit.SECONDS.toNanos(LONGEST_SECONDS)));
                }
            }
        }

        long count() {
            return Math.max(1, nanos.getTotalCount());
        }

        /** In microseconds. */
        double percentile(double percent) {
            return nanos.getValueAtPercentile(percent) / MICRO;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "  %-34s p50 %7.1f  p99 %7.1f  p99.9 %7.1f µs  (%d)", name,
                    percentile(50), percentile(99), percentile(99.9), nanos.getTotalCount());
        }
    }

    static void warm(List<Way> ways, int seconds) throws IOException {
        turns(ways, seconds, false);
    }

    /** Measures each as long as is said, in rounds of a fifth of a second. */
    static void measure(List<Way> ways, int seconds) throws IOException {
        turns(ways, seconds, true);
    }

    private static void turns(List<Way> ways, int seconds, boolean count) throws IOException {
        for (int round = 0; round < seconds * 5; round++) {
            for (Way way : ways) {
                way.ask(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200), count);
            }
        }
    }
}
