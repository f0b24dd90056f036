package io.sluice.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** OpenSSH's own client, as a contractor starts it. */
final class Ssh implements AutoCloseable {
    private final Process process;
    private final Path log;

    Ssh(Path folder, Gateway gateway, String password, String... words) throws IOException {
        Path known = folder.resolve("known_hosts");
        Files.writeString(known, "[127.0.0.1]:" + gateway.address().getPort() + " " + gateway.hostKey() + "\n");
        Path ask = Files.createTempFile(folder, "ask", ".sh",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(ask, "#!/bin/sh\necho '" + password + "'\n");
        log = Files.createTempFile(folder, "ssh", ".log");
        List<String> command = new ArrayList<>(List.of("ssh", "-F", "none", "-p",
                Integer.toString(gateway.address().getPort()), "-o", "UserKnownHostsFile=" + known, "-o",
                "StrictHostKeyChecking=yes", "-o", "NumberOfPasswordPrompts=1", "-o", "IdentityAgent=none", "-o",
                "ExitOnForwardFailure=yes"));
        command.addAll(List.of(words));
        command.add(Lobby.LOGIN + "@127.0.0.1");
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("SSH_ASKPASS", ask.toString());
        builder.environment().put("SSH_ASKPASS_REQUIRE", "force");
        builder.environment().put("HOME", folder.toString());
        process = builder.start();
        process.getOutputStream().close();
    }

    /** A free port of this machine. */
    static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A connection to a local port that ssh listens on; waits until it does. */
    Socket connect(int port) throws IOException {
        for (int i = 0; i < 200; i++) {
            try {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(10_000);
                return socket;
            } catch (IOException e) {
                if (!process.isAlive()) {
                    throw new IOException("ssh ended: " + said(), e);
                }
                LockSupport.parkNanos(50_000_000);
            }
        }
        throw new IOException("ssh does not listen: " + said());
    }

    String said() throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Its exit code; it must end by itself. */
    int ends(int seconds) throws InterruptedException, IOException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError("ssh goes on: " + said());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
