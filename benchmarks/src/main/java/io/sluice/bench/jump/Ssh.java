package io.sluice.bench.jump;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** OpenSSH's own client that forwards a local port, as a contractor starts it. */
final class Ssh implements AutoCloseable {
    private static final int TRIES = 600;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    final int local;
    private final Process process;
    private final Path log;

    private Ssh(int local, Process process, Path log) {
        this.local = local;
        this.process = process;
        this.log = log;
    }

    /** Where clients are let in. */
    record Server(Path folder, int port, String key) {
        /** A client of it whose local port leads to {@code target}, {@code host:port} as the server calls it. */
        Ssh forward(String login, String target) throws IOException {
            int local = free();
            Path known = folder.resolve("known_hosts_" + port);
            if (!Files.exists(known)) {
                Files.writeString(known, "[127.0.0.1]:" + port + " " + key + "\n");
            }
            Path log = folder.resolve("ssh_" + port + "_" + login + ".log");
            ProcessBuilder builder = new ProcessBuilder(List.of("ssh", "-F", "none", "-N", "-p",
                    Integer.toString(port), "-i", identity(folder).toString(), "-o", "IdentitiesOnly=yes", "-o",
                    "IdentityAgent=none", "-o", "BatchMode=yes", "-o", "UserKnownHostsFile=" + known, "-o",
                    "StrictHostKeyChecking=yes", "-o", "ExitOnForwardFailure=yes", "-L",
                    "127.0.0.1:" + local + ":" + target, login + "@127.0.0.1")).redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("HOME", folder.toString());
            Process process = builder.start();
            process.getOutputStream().close();
            return new Ssh(local, process, log);
        }
    }

    private static Path identity(Path folder) {
        return folder.resolve("identity");
    }

    /** What the installed client calls itself; makes a key for it in the folder. */
    static String prepare(Path folder) throws IOException, InterruptedException {
        try {
            Process keygen = new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f",
                    identity(folder).toString()).redirectErrorStream(true).start();
            if (keygen.waitFor() != 0) {
                throw new IOException("ssh-keygen makes no key: " + words(keygen));
            }
            Process version = new ProcessBuilder("ssh", "-V").redirectErrorStream(true).start();
            return words(version).split(",", -1)[0];
        } catch (IOException e) {
            throw new IOException("this benchmark needs OpenSSH's client (ssh, ssh-keygen): " + e.getMessage(), e);
        }
    }

    private static String words(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A connection to its local port; waits until it listens, which is once it has been let in. */
    SocketChannel connect() throws IOException {
        for (int i = 0; i < TRIES; i++) {
            try {
                return channel(new InetSocketAddress(InetAddress.getLoopbackAddress(), local));
            } catch (IOException e) {
                if (!process.isAlive()) {
                    throw new IOException("ssh ended: " + said(), e);
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        throw new IOException("ssh does not listen: " + said());
    }

    /** A connection on which nothing is held back to be sent with more. */
    static SocketChannel channel(InetSocketAddress to) throws IOException {
        SocketChannel channel = SocketChannel.open(to);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return channel;
    }

    private String said() throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8).strip();
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
