package io.sluice.bench.pages;

import io.sluice.load.gen.Exchange;
import io.sluice.load.rig.Questions;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Operator panels that ask a controller at a steady rate and otherwise leave the processor alone; and somebody who tries what
 * is refused. Asked {@code poll ADDRESS PORT MILLISECONDS REQUESTS_PER_SECOND}, it answers with requests that were answered and
 * attempts that were refused.
 */
public final class Panel {
    private static final int CONNECTIONS = 25;
    private static final long TICK_NANOS = Duration.ofMillis(10).toNanos();
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(200);
    private static final int PATIENCE_MILLIS = 300;
    /** Write single register 118 of unit 1: MBAP header, function, address, value. */
    private static final byte[] WRITE = {0, 1, 0, 0, 0, 6, 1, 6, 0, 118, 0, 1};

    private final InetSocketAddress controller;
    private final long end;
    private volatile int refused;

    private Panel(InetSocketAddress controller, long nanos) {
        this.controller = controller;
        end = System.nanoTime() + nanos;
    }

    public static void main(String... arguments) throws IOException {
        Questions.serve(words -> {
            Panel panel = new Panel(new InetSocketAddress(words.get(1), Integer.parseInt(words.get(2))),
                    Duration.ofMillis(Long.parseLong(words.get(3))).toNanos());
            Thread attempts = Thread.ofPlatform().daemon().start(panel::attempt);
            long answered = panel.poll(Long.parseLong(words.get(4)));
            attempts.join();
            return List.of(answered + " " + panel.refused);
        });
    }

    private long poll(long perSecond) throws IOException {
        byte[] payload = Exchange.SHORT.requests(0);
        ByteBuffer request = ByteBuffer.allocateDirect(payload.length).put(payload);
        ByteBuffer answer = ByteBuffer.allocateDirect(Exchange.SHORT.answerBytes());
        List<SocketChannel> connections = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                SocketChannel connection = SocketChannel.open(controller);
                connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
                connections.add(connection);
            }
            long begin = System.nanoTime();
            long answered = 0;
            while (System.nanoTime() - end < 0) {
                long due = (System.nanoTime() - begin) * perSecond / SECOND_NANOS - answered;
                List<SocketChannel> asked = connections.subList(0, Math.clamp(due, 0, CONNECTIONS));
                for (SocketChannel connection : asked) {
                    request.putShort(0, (short) answered).clear();
                    write(connection, request);
                }
                for (SocketChannel connection : asked) {
                    fill(connection, answer);
                }
                answered += asked.size();
                if (due < CONNECTIONS) {
                    LockSupport.parkNanos(TICK_NANOS);
                }
            }
            return answered;
        } finally {
            for (SocketChannel connection : connections) {
                connection.close();
            }
        }
    }

    private static void write(SocketChannel to, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            to.write(buffer);
        }
    }

    private static void fill(SocketChannel from, ByteBuffer buffer) throws IOException {
        buffer.clear();
        while (buffer.hasRemaining()) {
            if (from.read(buffer) < 0) {
                throw new EOFException("a connection that may read was ended");
            }
        }
    }

    private void attempt() {
        int attempts = 0;
        while (System.nanoTime() - end < 0) {
            try (Socket socket = new Socket()) {
                socket.connect(controller, PATIENCE_MILLIS);
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.getOutputStream().write(WRITE);
                if (socket.getInputStream().read() < 0) {
                    attempts++;
                }
            } catch (IOException e) {
                attempts++; // reset, or no answer
            }
            refused = attempts;
            LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
        }
    }
}
