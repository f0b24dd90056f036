package io.sluice.load.peer;

import io.sluice.load.rig.Questions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;

/** What servers have in common: they listen on all addresses, and serve every connection on a thread. */
final class Listener {
    /** Serves one connection until it ends. */
    interface Service {
        void serve(SocketChannel connection) throws IOException;
    }

    private Listener() {}

    /** Listens until whoever started the process has ended. */
    static void run(int port, Service service) throws IOException {
        ServerSocketChannel listening = ServerSocketChannel.open().bind(new InetSocketAddress("0.0.0.0", port));
        Thread.ofPlatform().daemon().start(() -> accept(listening, service));
        Questions.serve(words -> List.of());
    }

    private static void accept(ServerSocketChannel listening, Service service) {
        try {
            while (true) { // until the channel is closed with the process
                SocketChannel connection = listening.accept();
                connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
                Thread.ofPlatform().daemon().start(() -> serve(connection, service));
            }
        } catch (IOException e) {
            System.err.println("listening ended: " + e.getMessage());
        }
    }

    private static void serve(SocketChannel connection, Service service) {
        try (connection) {
            service.serve(connection);
        } catch (IOException e) {
            System.err.println("connection ended: " + e.getMessage());
        }
    }

    /** Fills a buffer from its beginning; false where the stream ends before. */
    static boolean fill(SocketChannel from, ByteBuffer buffer) throws IOException {
        buffer.clear();
        while (buffer.hasRemaining()) {
            if (from.read(buffer) < 0) {
                return false;
            }
        }
        buffer.flip();
        return true;
    }

    static void writeAll(SocketChannel to, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            to.write(buffer);
        }
    }
}
