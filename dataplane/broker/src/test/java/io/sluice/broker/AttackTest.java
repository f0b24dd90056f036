package io.sluice.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshException;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who does not mean well: strangers that come in crowds or say nothing, and guests that ask for too much or take too little. */
class AttackTest {
    private static final String PLC = "127.0.0.2";
    private static final String READ_MANY = "00010000000601030000007d";
    private static final GatewayLimits ALL = GatewayLimits.DEFAULT;

    @TempDir
    Path folder;

    private Device device;
    private Lobby lobby;

    @BeforeEach
    void start() throws IOException {
        device = new Device(PLC);
        lobby = new Lobby(Lobby.modbus(PLC, device.port()), PLC, device.port());
    }

    @AfterEach
    void stop() throws IOException {
        device.close();
    }

    private Gateway gateway(GatewayLimits limits) throws IOException {
        return Gateway.start(new GatewaySettings(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                folder.resolve("host_key"), Optional.empty(), limits), lobby);
    }

    private void await(String what, BooleanSupplier done) {
        for (int i = 0; i < 400 && !done.getAsBoolean(); i++) {
            LockSupport.parkNanos(25_000_000);
        }
        assertTrue(done.getAsBoolean(), () -> what + ": " + lobby.told);
    }

    /** What a server says first, or nothing where it closes. */
    private static String greeting(Socket socket) {
        try {
            socket.setSoTimeout(10_000);
            StringBuilder line = new StringBuilder();
            for (int c = socket.getInputStream().read(); c >= 0 && c != '\n'; c = socket.getInputStream().read()) {
                line.append((char) c);
            }
            return line.toString().strip();
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void aCrowdOfStrangersIsClosedAtOnceAndOthersStillComeIn() throws Exception {
        GatewayLimits limits = new GatewayLimits(64, 8, 256, 1000, Duration.ofSeconds(30), 6, 32, 65_536,
                Duration.ofSeconds(5), Duration.ofSeconds(30));
        try (Gateway gateway = gateway(limits)) {
            List<Socket> crowd = new ArrayList<>();
            int spoken = 0;
            for (int i = 0; i < 300; i++) {
                Socket socket = new Socket();
                socket.bind(new InetSocketAddress("127.0.0.3", 0));
                socket.connect(gateway.address());
                crowd.add(socket);
                spoken += i % 50 == 49 && !greeting(socket).isEmpty() ? 1 : 0;
            }
            await("closed", () -> gateway.counts().limited() >= 292);
            assertEquals(0, spoken, "only the first eight are spoken to");
            assertEquals(8, gateway.counts().unauthenticated());
            assertEquals("SSH-2.0-Sluice", greeting(crowd.getFirst()));
            int local = Ssh.free();
            try (Ssh ssh = new Ssh(folder, gateway, "once-only", "-N", "-L",
                    "127.0.0.1:" + local + ":plc:" + device.port()); Socket socket = ssh.connect(local)) {
                socket.getOutputStream().write(HexFormat.of().parseHex(READ_MANY));
                assertEquals(259, socket.getInputStream().readNBytes(259).length);
            }
            for (Socket socket : crowd) {
                socket.close();
            }
        }
    }

    @Test
    void whoComesTooOftenIsClosedBeforeAByteIsRead() throws Exception {
        GatewayLimits limits = new GatewayLimits(64, 64, 256, 5, Duration.ofSeconds(30), 6, 32, 65_536,
                Duration.ofSeconds(5), Duration.ofSeconds(30));
        try (Gateway gateway = gateway(limits)) {
            int spoken = 0;
            long start = System.nanoTime();
            for (int i = 0; i < 12; i++) {
                try (Socket socket = new Socket(gateway.address().getAddress(), gateway.address().getPort())) {
                    spoken += greeting(socket).isEmpty() ? 0 : 1;
                }
            }
            long more = (System.nanoTime() - start) / 12_000_000_000L + 1; // one every twelve seconds
            assertTrue(spoken >= 5 && spoken <= 5 + more, spoken + " were spoken to");
            assertEquals(12 - spoken, gateway.counts().limited());
        }
    }

    @Test
    void whoSaysNothingIsClosedInTime() throws Exception {
        GatewayLimits limits = new GatewayLimits(64, 8, 256, 100, Duration.ofSeconds(1), 6, 32, 65_536,
                Duration.ofSeconds(5), Duration.ofSeconds(30));
        try (Gateway gateway = gateway(limits);
                Socket silent = new Socket(gateway.address().getAddress(), gateway.address().getPort());
                Socket half = new Socket(gateway.address().getAddress(), gateway.address().getPort())) {
            half.getOutputStream().write("SSH-2.0-Half\r\n".getBytes(StandardCharsets.US_ASCII));
            long start = System.nanoTime();
            for (Socket socket : List.of(silent, half)) {
                socket.setSoTimeout(10_000);
                while (socket.getInputStream().read() >= 0) {
                    // its greeting and proposal
                }
            }
            assertTrue(System.nanoTime() - start < 8_000_000_000L);
            await("forgotten", () -> gateway.counts().unauthenticated() == 0);
        }
    }

    private static ClientSession session(SshClient client, Gateway gateway) throws IOException {
        ClientSession session = client.connect(Lobby.LOGIN, gateway.address().getAddress().getHostAddress(),
                gateway.address().getPort()).verify(10_000).getSession();
        session.addPasswordIdentity("once-only");
        session.auth().verify(10_000);
        return session;
    }

    private static ChannelDirectTcpip channel(ClientSession session, String name, int port) throws IOException {
        return session.createDirectTcpipChannel(new SshdSocketAddress("localhost", 1),
                new SshdSocketAddress(name, port));
    }

    @Test
    void aFloodOfChannelsMeetsItsLimitAndTheFirstOnesGoOn() throws Exception {
        GatewayLimits limits = new GatewayLimits(64, 8, 256, 100, Duration.ofSeconds(30), 6, 4, 65_536,
                Duration.ofSeconds(5), Duration.ofSeconds(30));
        try (Gateway gateway = gateway(limits); SshClient client = SshClient.setUpDefaultClient()) {
            client.setServerKeyVerifier((_, _, _) -> true);
            client.start();
            try (ClientSession session = session(client, gateway)) {
                int open = 0;
                for (int i = 0; i < 20; i++) {
                    ChannelDirectTcpip channel = channel(session, "plc", device.port());
                    try {
                        channel.open().verify(10_000);
                        open++;
                    } catch (SshException e) {
                        assertTrue(String.valueOf(e.getMessage()).contains("too many"), e.getMessage());
                    }
                }
                assertEquals(4, open);
                await("devices", () -> device.connections.size() == 4);
                assertTrue(session.isOpen());
                assertEquals(4, gateway.counts().connected() * lobby.told.stream().filter(t -> t.startsWith("opened"))
                        .count());
            }
        }
    }

    @Test
    void whoAsksAHundredTimesForWhatThereIsNotIsEnded() throws Exception {
        try (Gateway gateway = gateway(ALL); SshClient client = SshClient.setUpDefaultClient()) {
            client.setServerKeyVerifier((_, _, _) -> true);
            client.start();
            try (ClientSession session = session(client, gateway)) {
                int refused = 0;
                for (int i = 0; i < 300 && session.isOpen(); i++) {
                    try {
                        channel(session, "10.0.0." + i % 256, 22).open().verify(10_000);
                    } catch (IOException | IllegalStateException e) {
                        refused++;
                    }
                }
                assertTrue(refused > 90 && refused < 300, refused + " refusals");
                await("ended", () -> lobby.told.contains("disconnected attempts"));
                assertEquals(100, lobby.told.stream().filter(t -> t.equals("attempted other-target")).count());
            }
        }
    }

    /** Asks and asks and never reads: what waits for it is bounded, and then it is over. */
    @Test
    void whoDoesNotTakeItsAnswersIsHeldBackAndThenEnded() throws Exception {
        GatewayLimits limits = new GatewayLimits(64, 8, 256, 100, Duration.ofSeconds(30), 6, 32, 65_536,
                Duration.ofSeconds(5), Duration.ofSeconds(2));
        try (Gateway gateway = gateway(limits); SshClient client = SshClient.setUpDefaultClient()) {
            client.setServerKeyVerifier((_, _, _) -> true);
            client.start();
            int local = Ssh.free();
            try (Ssh ssh = new Ssh(folder, gateway, "once-only", "-N", "-L",
                    "127.0.0.1:" + local + ":plc:" + device.port()); Socket socket = ssh.connect(local)) {
                byte[] many = HexFormat.of().parseHex(READ_MANY.repeat(8));
                Thread greedy = Thread.ofVirtual().start(() -> {
                    try {
                        for (int i = 0; i < 25_000; i++) {
                            socket.getOutputStream().write(many);
                            LockSupport.parkNanos(200_000);
                        }
                    } catch (IOException e) {
                        // it is over
                    }
                });
                // By the time that it does not read, or by more requests without an answer than a connection may have
                await("ended", () -> lobby.told.stream().anyMatch(t -> t.startsWith("closed 1 stalled")
                        || t.startsWith("closed 1 refused")));
                assertTrue(ssh.alive(), "the session goes on");
                assertTrue(device.asked.size() < 200_000, device.asked.size() + " requests were answered");
                System.out.println("held back after " + device.asked.size() + " of 200000 requests");
                assertFalse(lobby.told.contains("disconnected stalled"));
                greedy.interrupt();
                greedy.join(Duration.ofSeconds(10));
            }
        }
    }
}
