package io.sluice.load.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Reads whatever comes, and at its end says how much that was, in eight bytes: {@code BulkReceiver PORT}. */
public final class BulkReceiver {
    private static final int BUFFER_BYTES = 256 << 10;

    private BulkReceiver() {}

    public static void main(String... arguments) throws IOException {
        Listener.run(Integer.parseInt(arguments[0]), BulkReceiver::receive);
    }

    private static void receive(SocketChannel connection) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        long total = 0;
        for (int count = connection.read(buffer); count >= 0; count = connection.read(buffer)) {
            total += count;
            buffer.clear();
        }
        Listener.writeAll(connection, ByteBuffer.allocate(Long.BYTES).putLong(total).flip());
    }
}
