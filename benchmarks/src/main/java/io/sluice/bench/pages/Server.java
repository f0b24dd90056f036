package io.sluice.bench.pages;

import io.sluice.load.rig.ProcessFigures;
import io.sluice.load.rig.RigException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code sluice manage} as it is shipped, a process started by the launcher with the memory that it has from there. */
final class Server implements AutoCloseable {
    private static final String SETUP = "/setup#";
    private static final int END_SECONDS = 60;
    private static final long LOOK_MILLIS = 2_000;
    /** Of a processor: what a server takes that has nothing to do. */
    private static final double AT_REST = 0.05;

    private final Process process;
    private final String site;
    private volatile String setupLink = "";

    private Server(Process process, String site) {
        this.process = process;
        this.site = site;
    }

    /**
     * Starts it and waits until it serves.
     *
     * @param firewall the folder of the firewall
     * @param data its own
     */
    static Server start(Path launcher, Path firewall, Path data) throws IOException {
        int port = freePort();
        Path settings = Files.writeString(firewall.resolve("manage.yaml"), """
                listen: 127.0.0.1:%d
                data: %s
                journal: data/journal
                control: {socket: control.sock}
                """.formatted(port, data.toAbsolutePath()));
        Process process = new ProcessBuilder(launcher.toString(), "manage", "--config", settings.toString())
                .redirectErrorStream(true).start();
        Server server = new Server(process, "https://127.0.0.1:" + port);
        server.awaitReady(process.inputReader());
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady(BufferedReader said) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.append("  ").append(line).append('\n');
            if (line.strip().startsWith(site + SETUP)) {
                setupLink = line.strip();
            }
            if (line.equals("ready")) {
                Thread.ofVirtual().start(() -> repeat(said));
                return;
            }
        }
        throw new IOException("the server did not start; it said:\n" + all);
    }

    /** What it says later is trouble. */
    private static void repeat(BufferedReader said) {
        try {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                System.err.println("server: " + line);
            }
        } catch (IOException e) {
            // it was ended
        }
    }

    String site() {
        return site;
    }

    String setupLink() {
        return setupLink;
    }

    long pid() {
        return process.pid();
    }

    /** Waits until it has read what there was. */
    void awaitRest() throws RigException, InterruptedException {
        int quiet = 0;
        while (quiet < 3) {
            long before = ProcessFigures.processorNanos(pid());
            Thread.sleep(LOOK_MILLIS);
            double share = (ProcessFigures.processorNanos(pid()) - before) / 1e6 / LOOK_MILLIS;
            quiet = share < AT_REST ? quiet + 1 : 0;
        }
    }

    /** Its memory now and at its highest, in MiB, in words: all of it, what is its own, and what is mapped of files. */
    String memory() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/" + pid() + "/status"));
        return "%d MiB (its own %d, of files %d), at its highest %d MiB".formatted(mebibytes(lines, "VmRSS"),
                mebibytes(lines, "RssAnon"), mebibytes(lines, "RssFile"), mebibytes(lines, "VmHWM"));
    }

    private static long mebibytes(List<String> lines, String name) {
        return lines.stream().filter(l -> l.startsWith(name)).findFirst()
                .map(l -> Long.parseLong(l.replaceAll("[^0-9]", "")) / 1024).orElse(0L);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
