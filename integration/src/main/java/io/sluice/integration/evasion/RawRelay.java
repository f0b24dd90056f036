package io.sluice.integration.evasion;

import io.sluice.integration.evasion.EvasionCase.Script;
import io.sluice.integration.peer.FrameSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes a client's connection at a port of its own and carries its bytes over a {@link RawConnection}, all of them as they
 * come, and once {@link #arm armed} the next ones by a script.
 */
final class RawRelay implements AutoCloseable {
    private static final int QUIET_MILLISECONDS = 15, PATIENCE_MILLISECONDS = 15_000;

    /** How the next bytes are to be sent, and what to make of them where others are wanted in their place. */
    private record Armed(Script script, UnaryOperator<byte[]> decoy) {}

    private final RawConnection connection;
    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final AtomicReference<@Nullable Armed> armed = new AtomicReference<>();
    private final AtomicReference<byte @Nullable []> played = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean closed;
    private int sent;
    private int handedOn;

    RawRelay(FrameSocket socket, Ends ends) throws IOException {
        server.setSoTimeout(PATIENCE_MILLISECONDS);
        connection = new RawConnection(socket, ends);
        thread = Thread.ofPlatform().daemon().start(this::run);
    }

    int port() {
        return server.getLocalPort();
    }

    /** What the client sends next goes by a script. */
    void arm(Script script, UnaryOperator<byte[]> decoy) {
        armed.set(new Armed(script, decoy));
    }

    /** The bytes that went by the script; null as long as there were none. */
    byte @Nullable [] played() {
        return played.get();
    }

    private void run() {
        try (Socket client = server.accept(); InputStream in = client.getInputStream()) {
            client.setTcpNoDelay(true);
            if (!connection.open()) {
                return;
            }
            while (!closed && !connection.isOver()) {
                if (in.available() > 0) {
                    carry(in);
                }
                connection.pause(1);
                handOn(client);
            }
        } catch (IOException e) {
            // The client has gone.
        } finally {
            connection.close();
        }
    }

    private void carry(InputStream in) throws IOException {
        Armed how = armed.getAndSet(null);
        if (how == null) {
            byte[] bytes = in.readNBytes(in.available());
            connection.segment(sent, bytes);
            sent += bytes.length;
            return;
        }
        byte[] bytes = untilQuiet(in);
        played.set(bytes);
        how.script.play(new Play(connection, new Material(bytes, how.decoy.apply(bytes), new byte[0]), sent));
        sent += bytes.length;
    }

    private byte[] untilQuiet(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (in.available() > 0) {
            all.writeBytes(in.readNBytes(in.available()));
            connection.pause(QUIET_MILLISECONDS);
        }
        return all.toByteArray();
    }

    private void handOn(Socket client) throws IOException {
        byte[] all = connection.received();
        if (all.length > handedOn) {
            client.getOutputStream().write(Arrays.copyOfRange(all, handedOn, all.length));
            handedOn = all.length;
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        server.close();
        try {
            thread.join(PATIENCE_MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
