package io.sluice.integration.device;

import io.sluice.testdata.net.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The management server as it is shipped: {@code sluice manage}, a process of its own beside a firewall, with its data in a
 * folder of its own. It listens on the loopback, on a port that it keeps over restarts.
 */
public final class SluiceManage {
    private static final Duration START = Duration.ofMinutes(3), END = Duration.ofSeconds(30);
    private static final String SETUP = "/setup#";
    /** As in the launcher. */
    private static final List<String> HEAP = List.of("-Xms48m", "-Xmn32m", "-Xmx256m");

    private final Path data;
    private final Path settings;
    private final String listen;
    private final boolean inside;
    private @Nullable Peer process;

    /**
     * A management server that is not yet started.
     *
     * @param folder of the firewall: its settings, its journal below {@code data}, its control socket
     * @param lines of its settings beside address, folders and socket
     */
    SluiceManage(Path folder, List<String> lines) {
        this(folder, "127.0.0.1:" + freePort(), false, lines);
    }

    /**
     * The same at an address of the firewall's own namespace, where jump sessions leave from.
     *
     * @param listen address and port
     */
    SluiceManage(Path folder, String listen, List<String> lines) {
        this(folder, listen, true, lines);
    }

    private SluiceManage(Path folder, String listen, boolean inside, List<String> lines) {
        this.listen = listen;
        this.inside = inside;
        data = folder.resolve("manage");
        StringBuilder text = new StringBuilder("listen: " + listen + "\n");
        text.append("data: %s%n".formatted(data)).append("journal: %s/data/journal%n".formatted(folder))
                .append("control: {socket: %s/%s}%n".formatted(folder, SluiceInline.SOCKET));
        lines.forEach(line -> text.append(line).append('\n'));
        try {
            settings = Files.writeString(folder.resolve("manage.yaml"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts it, and returns when it serves. */
    public SluiceManage start(Plant plant) {
        String[] words = Programs.sluice(HEAP, "manage", "--config", settings.toString());
        Peer started = inside ? plant.middle().start(words) : plant.outside(words);
        process = started;
        started.awaitReady(START);
        return this;
    }

    /** Asks it to end, and waits until it has. */
    public void stop() {
        running().terminate();
        if (running().awaitEnd(END) < 0) {
            throw new IllegalStateException("asked to end, it did not within " + END.toSeconds() + " s; it said:\n  "
                    + String.join("\n  ", said()));
        }
    }

    /** Ends it without notice. */
    public void kill() {
        running().kill();
    }

    /** Its folder: database, certificate, index, captures. */
    public Path data() {
        return data;
    }

    /** Where browsers find it. */
    public String site() {
        return "https://" + listen;
    }

    /** The link by which the first account is made, as it stands on the console. */
    public String setupLink() {
        return said().stream().map(String::strip).filter(line -> line.startsWith(site() + SETUP)).findFirst()
                .orElseThrow(() -> new IllegalStateException("no set-up link on the console: " + said()));
    }

    /** What it has printed so far. */
    public List<String> said() {
        return running().said();
    }

    private Peer running() {
        if (process == null) {
            throw new IllegalStateException("it was not started");
        }
        return process;
    }
}
