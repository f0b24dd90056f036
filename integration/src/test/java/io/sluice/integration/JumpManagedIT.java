package io.sluice.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sluice.control.ControlClient;
import io.sluice.control.v1.ListGrantsRequest;
import io.sluice.integration.device.Plant;
import io.sluice.integration.device.Programs;
import io.sluice.integration.device.SluiceInline;
import io.sluice.integration.device.SluiceManage;
import io.sluice.integration.peer.BoundClient;
import io.sluice.integration.peer.ModbusServer;
import io.sluice.integration.peer.Staff;
import io.sluice.testdata.net.Command;
import io.sluice.testdata.net.Namespace;
import io.sluice.testdata.net.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A jump session from request to end as it is shipped: people at the management server, OpenSSH with the line that it printed,
 * a Modbus master of others, the gateway, the firewall and a controller.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JumpManagedIT {
    private static final String PLC = "10.3.1.10", JUMP = "10.3.1.250", GATEWAY = "192.0.2.1", OFFICE = "192.0.2.2";
    private static final String PASSWORD = "correct horse battery staple";
    private static final String READ = "000100000006010300000001";
    private static final Duration SHORT = Duration.ofSeconds(20), CALL = Duration.ofSeconds(60);

    private Plant plant;
    private Namespace office;
    private Peer server;
    private Peer master;
    private Peer contractor;
    private Peer staff;
    private SluiceManage manage;
    private SluiceInline inline;
    private String ended = "";
    private String open = "";
    private @Nullable Peer early;
    private @Nullable Peer current;
    private int earlyPort;
    private long granted;

    @BeforeAll
    void build() throws Exception {
        Rig.needed();
        plant = new Plant();
        Namespace cell = plant.host("plc", "cell", "00:80:f4:01:02:03", PLC + "/24");
        plant.host("hmi", "plant", "02:53:4c:03:01:05", "10.3.1.105/24");
        office = plant.office("office", OFFICE + "/24", GATEWAY + "/24");
        plant.setting("jump: {tap: rig-jump, addresses: [{zone: cell-3, address: " + JUMP + "/24}]}");
        plant.setting("journal: {detail: all}");
        server = plant.peer(cell, ModbusServer.class, PLC, "502");
        contractor = plant.peer(office, BoundClient.class);
        master = office.start("/usr/bin/python3", Programs.root().resolve(
                "integration/src/test/python/modbus_client.py").toString()).awaitReady(SHORT);
        inline = plant.sluice(Rig.policy("jump-managed"));
        inline.start();
        manage = plant.manageAt(GATEWAY + ":8443", "broker: {listen: \"" + GATEWAY + ":2222\", interface: rig-jump}")
                .start(plant);
        staff = plant.peer(office, Staff.class, manage.site());
        people();
    }

    @AfterAll
    void remove() {
        Rig.close(plant);
    }

    private void people() {
        String link = manage.setupLink();
        call("anna", "POST", "/api/setup", "{'token':'" + link.substring(link.indexOf('#') + 1)
                + "','user':'anna','password':'" + PASSWORD + "'}");
        person("carl", "requester", "vendor-acme");
        person("erik", "approver", "shift-lead");
    }

    private void person(String name, String role, String group) {
        String link = call("anna", "POST", "/api/users", "{'user':'" + name + "','roles':['" + role + "'],'groups':['"
                + group + "']}").get("link").getAsString();
        call(name, "POST", "/api/password", "{'token':'" + link.substring(link.indexOf('#') + 1) + "','password':'"
                + PASSWORD + "'}");
        call(name, "POST", "/api/session", "{'user':'" + name + "','password':'" + PASSWORD + "'}");
    }

    private JsonObject call(String person, String method, String path, String body) {
        List<String> answer = staff.ask(person + " " + method + " " + path + " " + body.replace('\'', '"'), CALL);
        assertTrue(answer.getFirst().startsWith("2"), () -> person + " " + method + " " + path + ": " + answer);
        return answer.get(1).startsWith("{")
                ? JsonParser.parseString(answer.get(1)).getAsJsonObject()
                : new JsonObject();
    }

    /** Asked for with writing, approved for reading only. */
    private String approved(int seconds) {
        String id = call("carl", "POST", "/api/jump/sessions", "{'rule':'acme-service','access':'write','reason':'drive"
                + " replaced','durationSeconds':" + seconds
                + ",'targets':[{'conduit':'maintenance-upload','asset':'plc-3a'}]}")
                .get("id").getAsString();
        JsonObject open = call("erik", "POST", "/api/jump/sessions/" + id + "/approve", "{'access':'read'}");
        assertEquals("open", open.get("state").getAsString(), open::toString);
        return id;
    }

    /** Types the printed line; the port on which the contractor's tools connect. */
    private Peer ssh(JsonObject command, int port) throws IOException {
        String name = command.get("login").getAsString();
        Path ask = plant.folder().resolve("ask-" + name + ".sh");
        Files.writeString(ask, "#!/bin/sh\necho " + command.get("password").getAsString() + "\n");
        Files.setPosixFilePermissions(ask, PosixFilePermissions.fromString("rwx------"));
        List<String> words = new ArrayList<>(List.of("env", "SSH_ASKPASS=" + ask, "SSH_ASKPASS_REQUIRE=force"));
        words.addAll(Arrays.asList(command.get("command").getAsString()
                .replace("127.0.0.1:" + local(command) + ":", "127.0.0.1:" + port + ":").split(" ", -1)));
        words.addAll(words.indexOf("ssh") + 1, List.of("-F", "none", "-o", "UserKnownHostsFile=" + plant.folder()
                .resolve("known-" + name), "-o", "StrictHostKeyChecking=accept-new", "-o", "FingerprintHash=sha256",
                "-o",
                "IdentityAgent=none"));
        Peer ssh = office.start(words.toArray(String[]::new));
        for (int i = 0; i < 200 && office.run(SHORT, "ss", "-Hltn", "sport", "=", ":" + port).lines().isEmpty(); i++) {
            assertTrue(ssh.isAlive(), ssh.said()::toString);
            Rig.pause(100);
        }
        return ssh;
    }

    private static int local(JsonObject command) {
        return command.get("doors").getAsJsonArray().get(0).getAsJsonObject().get("localPort").getAsInt();
    }

    @Test
    @Order(1)
    void fromRequestToEnd() throws Exception {
        begunEarly();
        String id = approved(3600);
        JsonObject command = call("carl", "POST", "/api/jump/sessions/" + id + "/connect", "{}");
        System.out.println(command.get("command").getAsString());
        Peer ssh = ssh(command, local(command));
        String connect = "connect 127.0.0.1 " + local(command);
        // The first connection finds a server that has not compiled a grant yet, and a master that waits for two seconds
        for (int i = 0; i < 10; i++) {
            assertEquals("connected", master.ask(connect).getFirst());
            if (master.ask("read holding 0 2").getFirst().equals("1000 1001")) {
                break;
            }
        }
        assertEquals("1000 1001", master.ask("read holding 0 2").getFirst(), () -> ssh.said() + " " + manage.said());
        assertEquals("exception 1", master.ask("write holding 100 7").getFirst());
        assertEquals("1000 1001", master.ask("read holding 0 2").getFirst());
        assertEquals("connected", call("carl", "GET", "/api/jump/sessions/" + id, "").get("state").getAsString());

        call("erik", "POST", "/api/jump/sessions/" + id + "/access", "{'access':'write'}");
        Rig.pause(500);
        assertEquals("done", master.ask("write holding 100 7").getFirst());
        assertEquals("7", master.ask("read holding 100 1").getFirst());
        assertEquals("exception 2", master.ask("write holding 120 7").getFirst());
        call("carl", "POST", "/api/jump/sessions/" + id + "/access", "{'access':'read'}");
        Rig.pause(500);
        assertEquals("exception 1", master.ask("write holding 100 8").getFirst());
        assertEquals(1, server.ask("requests").stream().filter(r -> r.contains("function 6")).count());

        contractor.ask("connect 127.0.0.1 0 127.0.0.1 " + local(command));
        assertTrue(contractor.ask("ask " + READ).getFirst().startsWith("0001000000050103"));
        long start = System.nanoTime();
        contractor.tell("dead");
        call("erik", "POST", "/api/jump/sessions/" + id + "/end", "{'note':'shift change'}");
        double answered = (System.nanoTime() - start) / 1e6;
        assertEquals(List.of("-1"), contractor.answer("dead", SHORT));
        double client = (System.nanoTime() - start) / 1e6;
        while (!plant.middle().run(SHORT, "ss", "-Htn", "state", "established", "dport", "=", ":502").lines()
                .isEmpty()) {
            assertTrue(System.nanoTime() - start < 10_000_000_000L, "the device's end lives");
        }
        System.out.printf(
                "ended by the approver: the call was answered after %.0f ms, the contractor's socket dead after"
                        + " %.0f ms, the device's after %.0f ms%n",
                answered, client, (System.nanoTime() - start) / 1e6);
        assertTrue(client < 3000, client + " ms, the call over HTTPS included");
        ssh.awaitEnd(SHORT);
        assertEquals("ended", call("carl", "GET", "/api/jump/sessions/" + id, "").get("state").getAsString());
        Rig.pause(1500);
        attributed(id);
        ended = id;
    }

    /** Every operation names the person, and what the gateway refused is written down as well. */
    private void attributed(String id) {
        List<String> journal = Rig.journal(plant).lines().toList();
        List<String> operations = journal.stream().filter(l -> l.contains("\"event_type\":\"modbus\"")).toList();
        assertTrue(operations.size() > 5, operations::toString);
        assertTrue(operations.stream().allMatch(l -> l.contains("carl")), operations::toString);
        assertTrue(
                journal.stream().anyMatch(l -> l.contains(id) && l.contains("holding 120 = 7") && l.contains("carl")),
                () -> "the gateway's refusal: " + journal);
    }

    /** The shortest session lasts a minute, which passes while another one is at work. */
    private void begunEarly() throws IOException {
        String id = approved(60);
        granted = System.nanoTime();
        JsonObject command = call("carl", "POST", "/api/jump/sessions/" + id + "/connect", "{}");
        earlyPort = local(command) + 100;
        early = ssh(command, earlyPort);
    }

    @Test
    @Order(2)
    void atTheEndOfItsTimeItIsDead() {
        contractor.ask("connect 127.0.0.1 0 127.0.0.1 " + earlyPort);
        while (System.nanoTime() - granted < 57_000_000_000L) {
            assertTrue(contractor.ask("ask " + READ).getFirst().startsWith("0001000000050103"));
            Rig.pause(200);
        }
        awaitDead();
        double late = (System.nanoTime() - granted) / 1e6 - 60_000;
        System.out.printf("expired: the contractor's socket was dead %.0f ms after a minute%n", late);
        assertTrue(late < 1000, late + " ms");
        Objects.requireNonNull(early).awaitEnd(SHORT);
    }

    /** The gateway lives in the management server: when that is killed the contractor is out, and comes in again afterwards. */
    @Test
    @Order(3)
    void whenTheServerIsKilledTheSessionIsClosedAndGoesOnAfterwardsByANewPassword() throws Exception {
        String id = approved(600);
        JsonObject first = working(id);
        contractor.tell("dead");
        long start = System.nanoTime();
        manage.kill();
        assertEquals(List.of("-1"), contractor.answer("dead", SHORT));
        System.out.printf("manage killed: the contractor's socket was dead after %.0f ms%n",
                (System.nanoTime() - start) / 1e6);
        noConnectionToTheDevice();
        try (ControlClient control = ControlClient.open(plant.folder().resolve(SluiceInline.SOCKET))) {
            var grants = control.call(c -> c.listGrants(ListGrantsRequest.getDefaultInstance())).getGrantsList();
            assertEquals(1, grants.stream().filter(g -> g.getSession().equals(id)).count(), grants::toString); // it ends by the firewall's own clock, as JumpIT shows
        }
        manage.start(plant);
        JsonObject again = working(id);
        assertNotEquals(first.get("password"), again.get("password"));
        open = id;
    }

    /** Nothing crosses while there is no firewall, and nothing afterwards by what was permitted before. */
    @Test
    @Order(4)
    void whenTheFirewallIsKilledNothingCrossesAndWhoIsInHasToComeInAgain() throws Exception {
        inline.kill();
        assertEquals("nothing", contractor.ask("ask " + READ).getFirst());
        inline.start();
        long start = System.nanoTime();
        awaitDead();
        System.out.printf("inline killed and started again: the contractor's socket was dead %.0f ms after that%n",
                (System.nanoTime() - start) / 1e6);
        noConnectionToTheDevice();
        working(open);
        call("erik", "POST", "/api/jump/sessions/" + open + "/end", "{'note':'enough'}");
    }

    /** Signs in by a new command, once the one before is out, and reads. */
    private JsonObject working(String id) throws IOException {
        if (current != null) {
            current.awaitEnd(SHORT);
        }
        JsonObject command = call("carl", "POST", "/api/jump/sessions/" + id + "/connect", "{}");
        current = ssh(command, local(command));
        String answer = "";
        // The first connection after a start finds code that is not compiled, and a firewall that has not heard the device yet
        for (int i = 0; i < 10 && !answer.startsWith("0001000000050103"); i++) {
            contractor.ask("connect 127.0.0.1 0 127.0.0.1 " + local(command));
            answer = contractor.ask("ask " + READ).getFirst();
        }
        assertTrue(answer.startsWith("0001000000050103"), answer + current.said());
        return command;
    }

    private void awaitDead() {
        long start = System.nanoTime();
        while (contractor.ask("dead").getFirst().equals("nothing")) {
            assertTrue(System.nanoTime() - start < SHORT.toNanos(), "the contractor's socket lives");
        }
    }

    private void noConnectionToTheDevice() {
        long start = System.nanoTime();
        while (!plant.middle().run(SHORT, "ss", "-Htn", "state", "established", "dport", "=", ":502").lines()
                .isEmpty()) {
            assertTrue(System.nanoTime() - start < 10_000_000_000L, "the device's end lives");
        }
    }

    /** The firewall signs what it wrote when it stops; from then on one file shows a stranger what happened in the session. */
    @Test
    @Order(5)
    void whatWasDoneIsOneFileThatIsCheckedElsewhere() {
        assertFalse(ended.isEmpty(), "the session did not come to its end");
        inline.stop();
        String bundle = plant.folder().resolve("evidence.zip").toString();
        Command.Result made = inline.offline("audit", "bundle", "--session", ended,
                plant.folder().resolve("data/journal").toString(), "--recordings",
                plant.folder().resolve("manage/broker/recordings").toString(), "--out", bundle);
        assertEquals(0, made.code(), made::toString);
        Command.Result checked = inline.offline("audit", "verify", bundle, "--key",
                plant.folder().resolve("data/journal/journal.pub").toString());
        assertEquals(0, checked.code(), checked::toString);
        String report = checked.text();
        System.out.println(report);
        for (String told : List.of("carl", "erik", "holding 100", "holding 120", "shift change", ".pcapng")) {
            assertTrue(report.contains(told), () -> told + " is not in: " + report);
        }
    }
}
