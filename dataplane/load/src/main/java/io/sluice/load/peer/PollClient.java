package io.sluice.load.peer;

import io.sluice.load.gen.Exchange;
import io.sluice.load.rig.Questions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * A Modbus client that asks, waits for the answer, and asks again. Asked {@code poll ADDRESS PORT MILLISECONDS}, it answers
 * with count, median, 99th and 99.9th percentile in nanoseconds.
 */
public final class PollClient {
    private static final long LONGEST_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int DIGITS = 3;

    private PollClient() {}

    public static void main(String... arguments) throws IOException {
        Questions.serve(words -> List.of(poll(new InetSocketAddress(words.get(1), Integer.parseInt(words.get(2))),
                Duration.ofMillis(Long.parseLong(words.get(3))).toNanos())));
    }

    private static String poll(InetSocketAddress to, long nanos) throws IOException {
        byte[] payload = Exchange.SHORT.requests(0);
        ByteBuffer request = ByteBuffer.allocateDirect(payload.length).put(payload);
        ByteBuffer answer = ByteBuffer.allocateDirect(Exchange.SHORT.answerBytes());
        Histogram times = new Histogram(LONGEST_NANOS, DIGITS);
        try (SocketChannel connection = SocketChannel.open(to)) {
            connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
            long begin = System.nanoTime();
            long sent = begin;
            for (short transaction = 0; sent - begin < nanos; transaction++) {
                request.putShort(0, transaction).clear();
                Listener.writeAll(connection, request);
                if (!Listener.fill(connection, answer) || answer.getShort(0) != transaction) {
                    throw new IOException("the connection ended, or an answer was not what was asked for");
                }
                long arrived = System.nanoTime();
                times.recordValue(Math.min(arrived - sent, LONGEST_NANOS));
                sent = arrived;
            }
        }
        return "%d %d %d %d".formatted(times.getTotalCount(), times.getValueAtPercentile(50),
                times.getValueAtPercentile(99), times.getValueAtPercentile(99.9));
    }
}
