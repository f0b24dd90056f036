package io.sluice.broker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The gateway between OpenSSH's client and a device, both on sockets of this machine. */
class GatewayTest {
    private static final String PLC = "127.0.0.2";
    private static final String READ = "000100000006010300000001", ANSWER = "0001000000050103020007";
    private static final String WRITE_100 = "000200000006010600640007", REFUSED = "000200000003018601";

    @TempDir
    Path folder;

    private Device device;
    private Lobby lobby;
    private Gateway gateway;
    private int local;

    @BeforeEach
    void start() throws IOException {
        device = new Device(PLC);
        lobby = new Lobby(Lobby.modbus(PLC, device.port()), PLC, device.port());
        gateway = gateway(GatewayLimits.DEFAULT);
        local = Ssh.free();
    }

    private Gateway gateway(GatewayLimits limits) throws IOException {
        return Gateway.start(new GatewaySettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                folder.resolve("data/host_key"), Optional.of(folder.resolve("recordings")), limits), lobby);
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        device.close();
    }

    private String forward() {
        return "127.0.0.1:" + local + ":plc:" + device.port();
    }

    private Ssh ssh(String... words) throws IOException {
        return new Ssh(folder, gateway, "once-only", words);
    }

    private Ssh tunnel() throws IOException {
        return ssh("-N", "-L", forward());
    }

    private static String ask(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(HexFormat.of().parseHex(request));
        byte[] head = socket.getInputStream().readNBytes(6);
        byte[] rest = socket.getInputStream().readNBytes(head.length < 6 ? 0 : head[5] & 255);
        return HexFormat.of().formatHex(head) + HexFormat.of().formatHex(rest);
    }

    /** How long until a socket is dead, in milliseconds. */
    private static double dead(Socket socket, long since) {
        try {
            while (socket.getInputStream().read() >= 0) {
                // what was on its way
            }
        } catch (IOException e) {
            // reset
        }
        return (System.nanoTime() - since) / 1e6;
    }

    private void await(String what, BooleanSupplier done) {
        for (int i = 0; i < 200 && !done.getAsBoolean(); i++) {
            LockSupport.parkNanos(25_000_000);
        }
        assertTrue(done.getAsBoolean(), () -> what + ": " + lobby.told);
    }

    private Connection connection() {
        return Objects.requireNonNull(lobby.connection);
    }

    @Test
    void readsWorkAWriteGetsAnExceptionAndAfterStepUpWorksOnTheSameConnection() throws Exception {
        try (Ssh ssh = tunnel(); Socket socket = ssh.connect(local)) {
            assertEquals(ANSWER, ask(socket, READ));
            assertEquals(REFUSED, ask(socket, WRITE_100));
            assertEquals(ANSWER, ask(socket, READ));
            lobby.rules = Optional.of(Lobby.ONE_REGISTER);
            connection().amended();
            await("step-up", () -> {
                try {
                    return ask(socket, WRITE_100).equals(WRITE_100);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            lobby.rules = Optional.of(Lobby.READ_ONLY);
            connection().amended();
            await("step-down", () -> {
                try {
                    return ask(socket, WRITE_100).equals(REFUSED);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertEquals(1, device.connections.size());
            assertTrue(device.asked.stream().allMatch(q -> q.equals(READ) || q.equals(WRITE_100)));
            assertTrue(lobby.told.contains("refused write unit 1 holding 100 = 7 grant answered"),
                    lobby.told::toString);
            assertTrue(ssh.said().contains("session s-1: read only"), ssh.said());
            assertEquals(device.connections.getFirst().getPort(), lobby.bound.getFirst().getPort());
        }
        await("the client is gone", () -> lobby.told.contains("disconnected closed"));
    }

    @Test
    void aPasswordWorksOnce() throws Exception {
        try (Ssh ssh = tunnel()) {
            ssh.connect(local).close();
        }
        try (Ssh again = tunnel()) {
            assertEquals(255, again.ends(20));
            assertTrue(again.said().contains("Permission denied"), again.said());
        }
        assertTrue(gateway.counts().refused() > 0);
    }

    @Test
    void aKeyOfTheAccountOpensWithoutAPassword() throws Exception {
        Path key = folder.resolve("id");
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()).inheritIO().start()
                .waitFor();
        String[] words = Files.readString(folder.resolve("id.pub")).split(" ", -1);
        lobby.passwords.clear();
        try (Ssh stranger = ssh("-N", "-i", key.toString(), "-L", forward())) {
            assertEquals(255, stranger.ends(20));
        }
        lobby.keys.add(words[0] + " " + words[1]);
        try (Ssh ssh = ssh("-N", "-i", key.toString(), "-L", forward()); Socket socket = ssh.connect(local)) {
            assertEquals(ANSWER, ask(socket, READ));
            assertEquals("publickey", connection().method());
        }
    }

    @Test
    void atRevocationBothEndsAreDead() throws Exception {
        try (Ssh ssh = tunnel(); Socket socket = ssh.connect(local)) {
            assertEquals(ANSWER, ask(socket, READ));
            long start = System.nanoTime();
            connection().end(Ending.REVOKED, "revoked by the shift lead");
            double client = dead(socket, start);
            await("the device's end", () -> !device.ends.isEmpty());
            System.out.printf("revoked: the client's socket was dead after %.0f ms, the device's %s%n", client,
                    device.ends);
            assertTrue(client < 1000, client + " ms");
            ssh.ends(5);
            assertTrue(ssh.said().contains("revoked by the shift lead"), ssh.said());
            await("told", () -> lobby.told.contains("disconnected revoked"));
            assertTrue(lobby.told.contains("closed 1 revoked 1/0"), lobby.told::toString);
        }
    }

    @Test
    void whenItsTimeIsOverASessionEndsByItself() throws Exception {
        try (Ssh ssh = tunnel(); Socket socket = ssh.connect(local)) {
            assertEquals(ANSWER, ask(socket, READ));
            Instant end = Instant.now().plusMillis(700);
            lobby.end = end;
            dead(socket, System.nanoTime());
            long late = Duration.between(end, Instant.now()).toMillis();
            System.out.printf("expired: the client's socket was dead %d ms after the end%n", late);
            assertTrue(late >= 0 && late < 1000, late + " ms");
            await("told", () -> lobby.told.contains("disconnected expired"));
        }
    }

    @Test
    void anIdleSessionEnds() throws Exception {
        lobby.idle = Optional.of(Duration.ofMillis(600));
        try (Ssh ssh = tunnel(); Socket socket = ssh.connect(local)) {
            for (int i = 0; i < 5; i++) {
                assertEquals(ANSWER, ask(socket, READ));
                LockSupport.parkNanos(250_000_000);
            }
            dead(socket, System.nanoTime());
            await("told", () -> lobby.told.contains("disconnected idle"));
        }
    }

    @Test
    void anotherTargetIsProhibitedAndTheSessionGoesOn() throws Exception {
        int other = Ssh.free();
        try (Ssh ssh = ssh("-N", "-L", forward(), "-L", "127.0.0.1:" + other + ":127.0.0.2:" + device.port());
                Socket good = ssh.connect(local)) {
            assertEquals(ANSWER, ask(good, READ));
            try (Socket bad = ssh.connect(other)) {
                assertEquals(-1, bad.getInputStream().read());
            }
            assertEquals(ANSWER, ask(good, READ));
            await("told", () -> lobby.told.contains("attempted other-target"));
            assertTrue(ssh.said().contains("administratively prohibited: this session does not lead there"),
                    ssh.said());
        }
    }

    @Test
    void nothingButConnectionsToDevicesIsGiven() throws Exception {
        try (Ssh shell = ssh()) {
            shell.ends(20);
            assertTrue(shell.said().contains("use ssh -N"), shell.said());
        }
        lobby.passwords.add("once-only");
        try (Ssh exec = new Ssh(folder, gateway, "once-only", "-A", "-X", "-o", "SendEnv=HOME")) {
            exec.ends(20);
        }
        lobby.passwords.add("once-only");
        try (Ssh remote = ssh("-N", "-R", "127.0.0.1:0:127.0.0.1:22")) {
            remote.ends(20);
            assertTrue(remote.said().contains("remote port forwarding failed"), remote.said());
        }
        await("told", () -> lobby.told.contains("attempted remote-forward"));
        assertTrue(lobby.told.contains("attempted shell"));
        assertTrue(device.connections.isEmpty());
    }

    @Test
    void aDynamicForwardReachesWhatTheSessionGivesAndNothingElse() throws Exception {
        int socks = Ssh.free();
        try (Ssh ssh = ssh("-N", "-D", "127.0.0.1:" + socks)) {
            try (Socket socket = ssh.connect(socks)) {
                assertEquals(0, socks(socket, "plc", device.port()));
                assertEquals(ANSWER, ask(socket, READ));
            }
            try (Socket socket = ssh.connect(socks)) {
                assertFalse(socks(socket, "127.0.0.2", device.port()) == 0);
            }
        }
    }

    /** The answer of a SOCKS proxy, RFC 1928 §6; 255 where it closes. */
    private static int socks(Socket socket, String name, int port) throws IOException {
        socket.getOutputStream().write(new byte[]{5, 1, 0});
        assertArrayEquals(new byte[]{5, 0}, socket.getInputStream().readNBytes(2));
        byte[] host = name.getBytes(StandardCharsets.US_ASCII);
        socket.getOutputStream().write(new byte[]{5, 1, 0, 3, (byte) host.length});
        socket.getOutputStream().write(host);
        socket.getOutputStream().write(new byte[]{(byte) (port >> 8), (byte) port});
        byte[] answer = socket.getInputStream().readNBytes(10);
        return answer.length < 2 ? 255 : answer[1];
    }

    @Test
    void aConnectionThatTheFirewallDoesNotTakeIsNotMade() throws Exception {
        lobby.binding = new Binding.Refused("unknown-grant", "the firewall knows no such grant");
        try (Ssh ssh = tunnel(); Socket socket = ssh.connect(local)) {
            assertEquals(-1, socket.getInputStream().read());
            assertTrue(device.connections.isEmpty());
            await("told", () -> lobby.told.contains("attempted not-bound"));
            lobby.binding = null;
            lobby.taken.set(2);
            try (Socket next = ssh.connect(local)) {
                assertEquals(ANSWER, ask(next, READ));
            }
            assertEquals(4, lobby.bound.size(), "another port for each try");
            assertEquals(4, lobby.bound.stream().distinct().count());
        }
    }

    @Test
    void aDeviceThatDoesNotAnswerIsToldAndTheSessionGoesOn() throws Exception {
        int port = device.port();
        try (Ssh ssh = tunnel()) {
            ssh.connect(local).close();
            device.close();
            try (Socket socket = ssh.connect(local)) {
                assertEquals(-1, socket.getInputStream().read());
            }
            await("told", () -> lobby.told.contains("attempted not-reachable"));
            assertTrue(ssh.alive(), "port " + port);
        }
    }

    @Test
    void theHostKeyStays() throws Exception {
        String first = gateway.fingerprint();
        gateway.close();
        gateway = gateway(GatewayLimits.DEFAULT);
        assertEquals(first, gateway.fingerprint());
        assertTrue(first.startsWith("SHA256:"));
        Files.setPosixFilePermissions(folder.resolve("data/host_key"),
                PosixFilePermissions.fromString("rw-r--r--"));
        GatewayLimits limits = GatewayLimits.DEFAULT;
        IOException e = assertThrows(IOException.class, () -> gateway(limits));
        assertTrue(Objects.requireNonNull(e.getMessage()).contains("chmod 600"), e.getMessage());
    }

    @Test
    void whoOnlyWantsToEnterWithoutRoomIsRefused() throws Exception {
        lobby.welcome = false;
        try (Ssh ssh = tunnel()) {
            assertEquals(255, ssh.ends(20));
        }
        assertEquals(0, gateway.counts().connected());
    }
}
