package io.sluice.control;

import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Finds out whether a conversation is possible, and if not, why. A server that lets a client in speaks first (its SETTINGS
 * frame, RFC 9113 §3.4); one that does not closes without a word.
 */
final class FirstContact {
    /** From then on a person wants to know what is waited for. */
    private static final Duration QUIET = Duration.ofSeconds(2);
    /** A machine that is starting up, or busy with another thing, may need so long to say the first word. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private FirstContact() {}

    /** @param notes hears what is waited for, if it takes long */
    static void make(Path socket, Duration patience, Consumer<String> notes) throws ControlException {
        if (!Files.exists(socket) && Files.isExecutable(socket.resolveSibling(""))) {
            throw nobody(socket);
        }
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            listen(channel, socket, patience, notes);
        } catch (ConnectException e) {
            throw nobody(socket);
        } catch (IOException e) {
            throw String.valueOf(e.getMessage()).contains("Permission denied")
                    ? stranger(socket)
                    : nobody(socket);
        }
    }

    private static void listen(SocketChannel channel, Path socket, Duration patience, Consumer<String> notes)
            throws IOException, ControlException {
        channel.configureBlocking(false);
        Duration quiet = patience.compareTo(QUIET) < 0 ? patience : QUIET;
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            if (selector.select(quiet.toMillis()) == 0) {
                notes.accept("waiting up to " + patience.toSeconds() + " s for Sluice at `" + socket
                        + "` to answer: it was connected to and has not said a word yet");
                if (selector.select(Math.max(1, patience.minus(quiet).toMillis())) == 0) {
                    throw new ControlException("somebody listens at `" + socket + "`, but has said nothing for "
                            + patience.toSeconds() + " s: is it Sluice, and is the machine overloaded? Look at its log,"
                            + " and try again");
                }
            }
        }
        if (!greeted(channel)) {
            throw stranger(socket);
        }
    }

    private static boolean greeted(SocketChannel channel) {
        try {
            return channel.read(ByteBuffer.allocate(1)) > 0;
        } catch (IOException e) { // a reset is a goodbye too
            return false;
        }
    }

    private static ControlException nobody(Path socket) {
        return new ControlException("Sluice is not running here: no one answers at `" + socket
                + "`; start it by `sluice inline --config FILE`, or say where its socket is by `--socket`");
    }

    private static ControlException stranger(Path socket) {
        return new ControlException("user `" + System.getProperty("user.name") + "` may not give orders to Sluice at `"
                + socket + "`; root may, and members of the group" + group(socket)
                + ": use sudo, or have yourself added to the group and log in again");
    }

    private static String group(Path socket) {
        try {
            return " `" + Files.readAttributes(socket, PosixFileAttributes.class).group().getName() + "`";
        } catch (IOException e) {
            return " that its settings name";
        }
    }
}
