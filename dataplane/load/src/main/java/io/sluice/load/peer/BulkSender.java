package io.sluice.load.peer;

import io.sluice.load.rig.Questions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;

/** Sends as much as it can to a {@link BulkReceiver}. Asked {@code send ADDRESS PORT MILLISECONDS}: {@code BYTES NANOSECONDS}. */
public final class BulkSender {
    private static final int BUFFER_BYTES = 256 << 10;

    private BulkSender() {}

    public static void main(String... arguments) throws IOException {
        Questions.serve(words -> List.of(send(new InetSocketAddress(words.get(1), Integer.parseInt(words.get(2))),
                Duration.ofMillis(Long.parseLong(words.get(3))).toNanos())));
    }

    /** Timed from the first byte until the receiver has said that it has the last one. */
    private static String send(InetSocketAddress to, long nanos) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        try (SocketChannel connection = SocketChannel.open(to)) {
            long begin = System.nanoTime();
            long sent = 0;
            while (System.nanoTime() - begin < nanos) {
                buffer.clear();
                sent += connection.write(buffer);
            }
            connection.shutdownOutput();
            ByteBuffer told = ByteBuffer.allocate(Long.BYTES);
            if (!Listener.fill(connection, told) || told.getLong() != sent) {
                throw new IOException("the receiver did not get all bytes");
            }
            return sent + " " + (System.nanoTime() - begin);
        }
    }
}
