package io.sluice.manage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole way of a session, from the request to OpenSSH's client at a device; only the packets of a firewall are missing. */
class JumpGatewayTest {
    private static final String READ = "000100000006010300000001";
    private static final String WRITE = "0002000000060106006400 07".replace(" ", "");

    @TempDir
    private Path folder;

    @Test
    void theCommandThatIsCopiedLeadsToTheDeviceAndNoFurther() throws Exception {
        try (var device = new Device(); var plant = plant(device)) {
            String id = plant.request("carl", wish("write")).get("id").asText();
            plant.act("erik", id, "approve", Map.of("access", "read"));
            JsonNode command = plant.act("carl", id, "connect", null).json();
            assertEquals(id, command.get("login").asText(), command.toString());
            Process ssh = ssh(command);
            try {
                int local = command.at("/doors/0/localPort").asInt();
                try (Socket master = connect(local, ssh)) {
                    assertEquals("00010000000501030203e8", ask(master, READ));
                    assertEquals("000200000003018601", ask(master, WRITE), "exception 1, and the connection lives");
                    assertEquals("00010000000501030203e8", ask(master, READ));
                    JsonNode seen = plant.session("erik", id);
                    assertEquals("connected", seen.get("state").asText(), seen.toString());
                    assertEquals("plc", seen.at("/connections/0/doors/0").asText(), seen.toString());
                    plant.act("erik", id, "access", Map.of("access", "write"));
                    Thread.sleep(300);
                    assertEquals(WRITE, ask(master, WRITE), "granted now, on the same connection");
                    plant.act("carl", id, "access", Map.of("access", "read"));
                    Thread.sleep(300);
                    assertEquals("000200000003018601", ask(master, WRITE));
                    assertEquals(1, device.writes());

                    assertEquals("ended", plant.act("erik", id, "end", Map.of("note", "enough")).json().get("state")
                            .asText());
                    master.setSoTimeout(1_000);
                    assertEquals(-1, master.getInputStream().read(), "dead when the answer is there");
                }
                assertTrue(ssh.waitFor(5, TimeUnit.SECONDS), "ssh ends too");
            } finally {
                ssh.destroyForcibly();
            }
            assertTrue(Files.readString(folder.resolve("ssh.log")).contains("revoked by erik: enough"),
                    Files.readString(folder.resolve("ssh.log")));
            Waiting.until(() -> plant.firewall.journal, j -> j.containsAll(List.of("session-connected carl",
                    "session-door-opened carl", "session-refused carl", "session-disconnected carl",
                    "session-ended erik")));
            JsonNode over = plant.session("erik", id);
            assertEquals(3, over.at("/operations/allowed").asInt(), over.toString());
            assertEquals(2, over.at("/operations/refused").asInt(), over.toString());
        }
    }

    @Test
    void aPasswordOpensOnce() throws Exception {
        try (var device = new Device(); var plant = plant(device)) {
            String id = plant.request("carl", wish("read")).get("id").asText();
            plant.act("erik", id, "approve", Map.of());
            JsonNode command = plant.act("carl", id, "connect", null).json();
            Process first = ssh(command);
            try {
                connect(command.at("/doors/0/localPort").asInt(), first).close();
                Process second = ssh(command);
                assertTrue(second.waitFor(15, TimeUnit.SECONDS));
                assertTrue(Files.readString(folder.resolve("ssh.log")).contains("Permission denied"));
                assertEquals(List.of(command.get("fingerprint").asText()), fingerprints());
            } finally {
                first.destroyForcibly();
            }
            Waiting.until(() -> plant.firewall.journal, j -> j.contains("session-login-failed ?"));
            Browser prometheus = plant.who("anna");
            String metrics = prometheus.send(prometheus.request("/metrics").header("Authorization",
                    "Bearer 0123456789abcdef0123")).text();
            for (String line : List.of("sluice_manage_gateway_connections_total{outcome=\"admitted\"} 1",
                    "sluice_manage_gateway_connections_total{outcome=\"let-to-speak\"} 2",
                    "sluice_manage_gateway_logins_total{outcome=\"refused\"} ",
                    "sluice_manage_gateway_open{state=\"unproved\"} 0",
                    "sluice_manage_gateway_discovery_total{outcome=\"rewritten\"} 0")) {
                assertTrue(metrics.contains(line), () -> line + " is not in: " + metrics);
            }
            assertFalse(metrics.contains("sluice_manage_gateway_logins_total{outcome=\"refused\"} 0"), metrics);
        }
    }

    @Test
    void anOwnKeyWorksInsteadOfAPassword() throws Exception {
        try (var device = new Device(); var plant = plant(device)) {
            Path key = folder.resolve("key");
            new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()).start().waitFor();
            Map<String, String> line = Map.of("key", Files.readString(folder.resolve("key.pub")), "name", "laptop");
            assertEquals("wrong-password", plant.who("carl").post("/api/account/keys", line).code());
            Browser.Page added = plant.who("carl").post("/api/account/keys", Map.of("key", line.get("key"), "name",
                    "laptop", "password", Served.PASSWORD));
            assertEquals(201, added.status(), added.text());
            String id = plant.request("carl", wish("read")).get("id").asText();
            plant.act("erik", id, "approve", Map.of());
            JsonNode command = plant.act("carl", id, "connect", null).json();
            Process ssh = ssh(command, "-i", key.toString(), "-o", "PreferredAuthentications=publickey");
            try (Socket master = connect(command.at("/doors/0/localPort").asInt(), ssh)) {
                assertEquals("00010000000501030203e8", ask(master, READ));
            } finally {
                ssh.destroyForcibly();
            }
            assertEquals("key", plant.session("carl", id).at("/connections/0/by").asText());
            assertTrue(plant.who("carl").get("/api/account/keys").json().at("/0").has("lastUsed"));
        }
    }

    private JumpPlant plant(Device device) throws Exception {
        String policy = JumpPlant.POLICY.replace("plc: {zone: cell, address: 10.3.1.10}",
                "plc: {zone: cell, address: 127.0.0.9}")
                .replace("    to: cell\n    protocol: modbus",
                        "    to: plc\n    protocol: {modbus: {port: " + device.port() + "}}");
        Files.writeString(folder.resolve("token"), "0123456789abcdef0123\n");
        return new JumpPlant(folder, policy, """
                broker: {listen: "127.0.0.1:0", interface: lo}
                metrics: {token_file: token}
                """, InstantSource.system());
    }

    private static Map<String, Object> wish(String access) {
        return JumpPlant.wish("acme-service", access, "plc");
    }

    /** The line as it was copied, with a terminal's part played by a script. */
    private Process ssh(JsonNode command, String... more) throws IOException {
        Path ask = Files.createTempFile(folder, "ask", ".sh", PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rwx------")));
        Files.writeString(ask, "#!/bin/sh\necho '" + command.get("password").asText() + "'\n");
        List<String> words = new ArrayList<>(List.of(command.get("command").asText().split(" ", -1)));
        words.addAll(1, List.of("-F", "none", "-o", "UserKnownHostsFile=" + folder.resolve("known"), "-o",
                "StrictHostKeyChecking=accept-new", "-o", "NumberOfPasswordPrompts=1", "-o", "IdentityAgent=none"));
        words.addAll(1, List.of(more));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("ssh.log").toFile()));
        builder.environment().put("SSH_ASKPASS", ask.toString());
        builder.environment().put("SSH_ASKPASS_REQUIRE", "force");
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    private List<String> fingerprints() throws Exception {
        Process keygen = new ProcessBuilder("ssh-keygen", "-lf", folder.resolve("known").toString()).start();
        return new String(keygen.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
                .map(l -> l.split(" ", -1)[1]).toList();
    }

    private Socket connect(int port, Process ssh) throws Exception {
        for (int i = 0;; i++) {
            try {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.setSoTimeout(10_000);
                return socket;
            } catch (IOException e) {
                if (!ssh.isAlive() || i > 300) {
                    throw new AssertionError(Files.readString(folder.resolve("ssh.log")), e);
                }
                Thread.sleep(100);
            }
        }
    }

    /** One request and its answer, in hexadecimal. */
    private static String ask(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(HexFormat.of().parseHex(request));
        return HexFormat.of().formatHex(Device.frame(new DataInputStream(socket.getInputStream())));
    }

    /** A controller: register 0 is 1000, and what is written is acknowledged. */
    private static final class Device implements AutoCloseable {
        private final ServerSocket server;
        private final AtomicInteger writes = new AtomicInteger();

        Device() throws IOException {
            server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.9"));
            Thread.ofPlatform().daemon().start(() -> {
                while (!server.isClosed()) {
                    try {
                        Socket socket = server.accept();
                        Thread.ofPlatform().daemon().start(() -> serve(socket));
                    } catch (IOException e) {
                        return;
                    }
                }
            });
        }

        int port() {
            return server.getLocalPort();
        }

        int writes() {
            return writes.get();
        }

        private void serve(Socket socket) {
            try (socket) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                while (true) {
                    byte[] frame = frame(in);
                    if (frame[7] == 6) {
                        writes.incrementAndGet();
                        socket.getOutputStream().write(frame);
                    } else {
                        byte[] answer = HexFormat.of().parseHex("00000000000501030203e8");
                        System.arraycopy(frame, 0, answer, 0, 2);
                        socket.getOutputStream().write(answer);
                    }
                }
            } catch (IOException e) {
                // The client has gone.
            }
        }

        /** Modbus Messaging on TCP/IP V1.0b §3.1.3: six bytes, of which the last two say how many follow. */
        static byte[] frame(DataInputStream in) throws IOException {
            byte[] head = in.readNBytes(6);
            if (head.length < 6) {
                throw new IOException("the connection is over");
            }
            byte[] rest = in.readNBytes((head[4] & 0xFF) << 8 | (head[5] & 0xFF));
            byte[] frame = java.util.Arrays.copyOf(head, 6 + rest.length);
            System.arraycopy(rest, 0, frame, 6, rest.length);
            return frame;
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
