package io.sluice.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.integration.device.Plant;
import io.sluice.integration.device.Programs;
import io.sluice.integration.device.SluiceInline;
import io.sluice.integration.peer.BoundClient;
import io.sluice.integration.peer.BrokerHost;
import io.sluice.integration.peer.ModbusServer;
import io.sluice.integration.peer.OpcClient;
import io.sluice.integration.peer.OpcServer;
import io.sluice.testdata.net.Command;
import io.sluice.testdata.net.Namespace;
import io.sluice.testdata.net.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A contractor with OpenSSH's client and tools of others, in a network of their own; the gateway; the firewall; and a
 * controller behind it. Every byte crosses all of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JumpSessionIT {
    private static final String PLC = "10.3.1.10", JUMP = "10.3.1.250", GATEWAY = "192.0.2.1", OFFICE = "192.0.2.2";
    /** The controller's OPC UA server calls itself as only the plant knows it. */
    private static final String OPC_UA = "opc.tcp://plc-3a.plant.example:4840", TUNNEL = "opc.tcp://localhost:14840";
    private static final String READ = "000100000006010300000001";
    private static final Duration SHORT = Duration.ofSeconds(15);

    private Plant plant;
    private Namespace office;
    private Peer server;
    private Peer client;
    private Peer opcServer;
    private Peer opcClient;
    private Peer master;
    private Peer contractor;
    private Peer broker;

    @BeforeAll
    void build() throws Exception {
        Rig.needed();
        plant = new Plant();
        Namespace cell = plant.host("plc", "cell", "00:80:f4:01:02:03", PLC + "/24");
        Namespace ops = plant.host("hmi", "plant", "02:53:4c:03:01:05", "10.3.1.105/24");
        office = plant.office("office", OFFICE + "/24", GATEWAY + "/24");
        plant.setting("jump: {tap: rig-jump, addresses: [{zone: cell-3, address: " + JUMP + "/24}]}");
        server = plant.peer(cell, ModbusServer.class, PLC, "502");
        opcServer = plant.peer(cell, OpcServer.class, PLC, "plc-3a.plant.example");
        opcClient = plant.peer(office, OpcClient.class);
        client = plant.peer(plant.middle(), BoundClient.class);
        contractor = plant.peer(office, BoundClient.class);
        master = office.start("/usr/bin/python3", Programs.root().resolve(
                "integration/src/test/python/modbus_client.py").toString()).awaitReady(SHORT);
        SluiceInline inline = plant.sluice(Rig.policy("jump-session"));
        inline.start();
        broker = plant.peer(plant.middle(), BrokerHost.class, plant.folder().toString(), SluiceInline.SOCKET, GATEWAY,
                "2222", JUMP, PLC);
        Peer outside = plant.peer(ops, BoundClient.class);
        assertTrue(List.of("nothing", "reset").contains(outside.ask("connect 10.3.1.105 0 " + PLC + " 502").getFirst()),
                "the controller addressed directly");
    }

    @AfterAll
    void remove() {
        Rig.close(plant);
    }

    @BeforeEach
    void clear() {
        server.ask("clear");
    }

    /** The line that a contractor copies, with the password where a terminal would ask for it. */
    private Peer ssh(int local) throws IOException {
        return ssh(local, 502);
    }

    private Peer ssh(int local, int port) throws IOException {
        Path known = plant.folder().resolve("known_hosts");
        Files.writeString(known, "[" + GATEWAY + "]:2222 " + broker.ask("hostkey").getFirst() + "\n");
        Path ask = plant.folder().resolve("ask-" + local + ".sh");
        Files.writeString(ask, "#!/bin/sh\necho " + broker.ask("password").getFirst() + "\n");
        Files.setPosixFilePermissions(ask, PosixFilePermissions.fromString("rwx------"));
        Peer ssh = office.start("env", "SSH_ASKPASS=" + ask, "SSH_ASKPASS_REQUIRE=force", "ssh", "-F", "none", "-N",
                "-p", "2222", "-o", "UserKnownHostsFile=" + known, "-o", "IdentityAgent=none", "-L",
                "127.0.0.1:" + local + ":plc-3a:" + port, "acme-7f3c@" + GATEWAY);
        for (int i = 0; i < 100 && office.run(SHORT, "ss", "-Hltn", "sport", "=", ":" + local).lines().isEmpty(); i++) {
            assertTrue(ssh.isAlive(), ssh.said()::toString);
            Rig.pause(100);
        }
        return ssh;
    }

    private Command.Result mbpoll(int local, String... options) {
        return office.run(SHORT, Stream.concat(Stream.of("mbpoll", "-m", "tcp", "-0", "-1", "-o", "2", "-p",
                Integer.toString(local)), Stream.of(options)).toArray(String[]::new));
    }

    private long connections() {
        return server.ask("bytes").stream().filter(line -> !line.endsWith(" ")).count();
    }

    @Test
    void readsWorkAWriteGetsAnExceptionAndAfterStepUpAGrantedWriteWorks() throws Exception {
        assertEquals(List.of("open"), broker.ask("open 600 read"));
        Peer ssh = ssh(1502);
        Command.Result read = mbpoll(1502, "-t", "4", "-r", "7", "-c", "2", "127.0.0.1");
        assertEquals(0, read.code(), read.lines()::toString);
        assertTrue(read.lines().toString().contains("1007"), read.lines()::toString);
        Command.Result write = mbpoll(1502, "-t", "4", "-r", "100", "127.0.0.1", "7");
        assertTrue(write.lines().toString().contains("Illegal function"), write.lines()::toString);

        server.ask("clear");
        assertEquals("connected", master.ask("connect 127.0.0.1 1502").getFirst());
        assertEquals("1000 1001", master.ask("read holding 0 2").getFirst());
        assertEquals("exception 1", master.ask("write holding 100 7").getFirst());
        assertEquals("1000 1001", master.ask("read holding 0 2").getFirst());
        assertEquals(List.of("amended"), broker.ask("amend write"));
        Rig.pause(300);
        assertEquals("done", master.ask("write holding 100 7").getFirst());
        assertEquals("7", master.ask("read holding 100 1").getFirst());
        assertEquals("exception 2", master.ask("write holding 101 7").getFirst());
        assertEquals(List.of("amended"), broker.ask("amend read"));
        Rig.pause(300);
        assertEquals("exception 1", master.ask("write holding 100 8").getFirst());
        assertEquals("7", master.ask("read holding 100 1").getFirst());
        assertEquals(1, connections(), "all on one connection");
        assertEquals(1, server.ask("requests").stream().filter(r -> r.contains("function 6")).count());

        Rig.pause(1500);
        String journal = Rig.journal(plant);
        assertTrue(journal.lines().anyMatch(l -> l.contains("holding 100 = 7") && l.contains("anna@acme")
                && l.contains("\"modbus\"")), () -> "the firewall's record of the write: " + journal);
        assertTrue(journal.lines().anyMatch(l -> l.contains("session-refused") && l.contains("holding 101 = 7")
                && l.contains("anna@acme")), () -> "the gateway's record of the refusal: " + journal);
        assertTrue(journal.lines().filter(l -> l.contains("\"event_type\":\"modbus\""))
                .allMatch(l -> l.contains("anna@acme")), () -> "somebody unnamed: " + journal);
        ssh.terminate();
    }

    @Test
    void atRevocationBothEndsAreDead() throws Exception {
        assertEquals(List.of("open"), broker.ask("open 600 read"));
        Peer ssh = ssh(1503);
        busy(1503);
        long start = System.nanoTime();
        contractor.tell("dead");
        assertEquals(List.of("revoked"), broker.ask("revoke"));
        gone(start, "revoked", 1000);
        assertTrue(ssh.awaitEnd(Duration.ofSeconds(5)) != 0, ssh.said()::toString);
        assertTrue(ssh.said().toString().contains("ended by the shift lead"), ssh.said()::toString);
    }

    @Test
    void atTheEndOfItsTimeBothEndsAreDead() throws Exception {
        long start = System.nanoTime();
        assertEquals(List.of("open"), broker.ask("open 12 read"));
        long granted = System.nanoTime();
        Peer ssh = ssh(1504);
        busy(1504);
        while (System.nanoTime() - start < 10_500_000_000L) {
            Rig.pause(50);
        }
        contractor.tell("dead");
        gone(granted + 12_000_000_000L, "expired", 1000);
        assertTrue(ssh.awaitEnd(Duration.ofSeconds(5)) != 0, ssh.said()::toString);
        assertTrue(broker.ask("told").contains("disconnected expired"));
    }

    /** Live traffic on a connection of its own. */
    private void busy(int local) {
        assertEquals("connected", contractor.ask("connect 127.0.0.1 0 127.0.0.1 " + local).getFirst());
        for (int i = 0; i < 20; i++) {
            assertTrue(contractor.ask("ask " + READ).getFirst().startsWith("0001000000050103"),
                    contractor.said()::toString);
        }
    }

    /** Until neither the contractor's program nor the device's kernel has a connection any more. */
    private void gone(long since, String why, int mostMilliseconds) {
        String end = contractor.answer("dead", SHORT).getFirst();
        double client = (System.nanoTime() - since) / 1e6;
        while (!plant.middle().run(SHORT, "ss", "-Htn", "state", "established", "dport", "=", ":502").lines()
                .isEmpty()) {
            assertTrue(System.nanoTime() - since < 10_000_000_000L, why);
        }
        double device = (System.nanoTime() - since) / 1e6;
        System.out.printf("%s: the contractor's socket was dead after %.0f ms (%s), the device's after %.0f ms%n", why,
                client, end, device);
        assertTrue(List.of("-1", "reset").contains(end), end);
        assertTrue(device < mostMilliseconds && client < mostMilliseconds, why);
    }

    @Test
    void withAGrantButNotThroughTheGatewayNothingGetsThrough() throws Exception {
        assertEquals(List.of("open"), broker.ask("open 600 write"));
        assertTrue(List.of("nothing", "reset").contains(client.ask("connect " + JUMP + " 0 " + PLC + " 502")
                .getFirst()), client.said()::toString);
        assertEquals(List.of("0"), server.ask("count"));
        assertEquals(List.of("revoked"), broker.ask("revoke"));
    }

    @Test
    void anotherTargetIsProhibited() throws Exception {
        assertEquals(List.of("open"), broker.ask("open 600 read"));
        Peer ssh = ssh(1505);
        Path ask = plant.folder().resolve("ask-again.sh");
        Files.writeString(ask, "#!/bin/sh\necho " + broker.ask("password").getFirst() + "\n");
        Files.setPosixFilePermissions(ask, PosixFilePermissions.fromString("rwx------"));
        Command.Result result = office.run(SHORT, "env", "SSH_ASKPASS=" + ask, "SSH_ASKPASS_REQUIRE=force", "ssh", "-F",
                "none", "-p", "2222", "-o", "UserKnownHostsFile=" + plant.folder().resolve("known_hosts"), "-W",
                PLC + ":502", "acme-7f3c@" + GATEWAY);
        assertTrue(result.lines().toString().contains("administratively prohibited"), result.lines()::toString);
        assertTrue(broker.ask("told").toString().contains("attempted other-target"));
        assertTrue(ssh.isAlive());
        ssh.terminate();
    }

    @Test
    void anOpcUaClientThatKnowsTheTunnelOnlyFindsTheServerReadsAndSubscribes() throws Exception {
        assertEquals(List.of("open"), broker.ask("open 600 look"));
        Peer ssh = ssh(14840, 4840);
        assertEquals(List.of(TUNNEL), opcClient.ask("servers " + TUNNEL), opcClient.said()::toString);
        assertEquals(List.of(TUNNEL), opcClient.ask("discover " + TUNNEL), opcClient.said()::toString);
        assertTrue(opcClient.ask("browse Line3").contains("Line3.Speed"), opcClient.said()::toString);
        String speed = opcClient.ask("read Line3.Speed").getFirst();
        assertFalse(speed.startsWith("fault"), speed);
        assertEquals(List.of("subscribed"), opcClient.ask("subscribe Line3.Speed"), opcClient.said()::toString);
        for (int i = 0; i < 50 && opcClient.ask("changes").isEmpty(); i++) {
            Rig.pause(100);
        }
        assertEquals(speed, opcClient.ask("changes").getFirst());
        assertTrue(opcClient.ask("write Line3.Speed 100").getFirst().startsWith("fault"), "beyond the session's rules");
        assertEquals(List.of(), opcServer.ask("received"));
        opcClient.ask("close");
        ssh.terminate();
        Rig.pause(1500);
        assertTrue(recorded().stream().anyMatch(file -> contains(file, OPC_UA)), "what the server said of itself");
    }

    private List<Path> recorded() throws IOException {
        try (Stream<Path> files = Files.list(plant.folder().resolve("broker/recordings"))) {
            return files.toList();
        }
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatCrossedIsRecorded() throws Exception {
        assertEquals(List.of("open"), broker.ask("open 600 read"));
        Peer ssh = ssh(1506);
        assertEquals("connected", master.ask("connect 127.0.0.1 1506").getFirst());
        assertEquals("1000", master.ask("read holding 0 1").getFirst());
        assertEquals("exception 1", master.ask("write holding 100 7").getFirst());
        ssh.terminate();
        Rig.pause(1500);
        List<String> shown = recorded().stream()
                .flatMap(file -> office.run(SHORT, "tshark", "-r", file.toString(), "-T", "fields",
                        "-e", "modbus.func_code", "-e", "frame.comment", "-e", "tcp.checksum.status", "-o",
                        "tcp.check_checksum:TRUE").lines().stream())
                .toList();
        assertTrue(
                shown.stream().anyMatch(l -> l.startsWith("6\tsession s-1; refused: write unit 1 holding 100 = 7")),
                shown::toString);
        assertFalse(shown.stream().anyMatch(l -> l.endsWith("\t0")), "a checksum is wrong: " + shown);
    }
}
