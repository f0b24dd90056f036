package io.sluice.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.control.ControlClient;
import io.sluice.control.v1.BindFlowRequest;
import io.sluice.control.v1.BoundFlow;
import io.sluice.control.v1.OpenGrantRequest;
import io.sluice.control.v1.OpenGrantResponse;
import io.sluice.control.v1.Refusal;
import io.sluice.control.v1.RevokeGrantRequest;
import io.sluice.integration.device.Plant;
import io.sluice.integration.device.SluiceInline;
import io.sluice.integration.peer.BoundClient;
import io.sluice.integration.peer.ModbusServer;
import io.sluice.testdata.net.Command;
import io.sluice.testdata.net.Namespace;
import io.sluice.testdata.net.Peer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Connections from the jump port: only announced ones, only what their grant allows, only while it is open. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JumpIT {
    private static final String PLC = "10.3.1.10", JUMP = "10.3.1.250";
    private static final String READ = "000100000006010300000001", ANSWER = "0001000000050103020",
            WRITE_100 = "000200000006010600640007", WRITE_110 = "0003000000060106006e0007";
    private static final List<String> ONE_REGISTER = List.of(
            "- {id: g1, do: read, unit: 1}", "- {id: g2, do: write, space: holding, unit: 1, address: 100}");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Plant plant;
    private Peer server;
    private Peer client;
    private SluiceInline inline;
    private ControlClient control;

    @BeforeAll
    void build() throws Exception {
        Rig.needed();
        plant = new Plant();
        Namespace cell = plant.host("plc", "cell", "00:80:f4:01:02:03", PLC + "/24");
        plant.host("hmi", "plant", "02:53:4c:03:01:05", "10.3.1.105/24");
        plant.setting("jump: {tap: rig-jump, addresses: [{zone: cell-3, address: " + JUMP + "/24}]}");
        server = plant.peer(cell, ModbusServer.class, PLC, "502");
        client = plant.peer(plant.middle(), BoundClient.class);
        inline = plant.sluice(Rig.policy("jump"));
        inline.start();
        control = ControlClient.open(plant.folder().resolve(SluiceInline.SOCKET));
    }

    @AfterAll
    void remove() {
        if (control != null) {
            control.close();
        }
        Rig.close(plant);
    }

    private OpenGrantResponse open(List<String> rules) throws Exception {
        return control.call(PATIENCE,
                c -> c.openGrant(OpenGrantRequest.newBuilder().setSession("s-1").setPerson("anna@acme")
                        .setConduit("maintenance-upload").setTarget("plc-3a").setRulesYaml(String.join("\n", rules))
                        .setDurationSeconds(600).build()));
    }

    private boolean bound(String grant, int port) throws Exception {
        BoundFlow flow = BoundFlow.newBuilder().setSourceAddress(JUMP).setSourcePort(port).setTargetAddress(PLC)
                .setTargetPort(502).build();
        return !control
                .call(PATIENCE, c -> c.bindFlow(BindFlowRequest.newBuilder().setGrant(grant).setFlow(flow).build()))
                .hasRefusal();
    }

    private String connect(int port) {
        return client.ask("connect " + JUMP + " " + port + " " + PLC + " 502").getFirst();
    }

    @Test
    void withoutAnAnnouncementNothingGetsThrough() {
        server.ask("clear");
        assertTrue(List.of("nothing", "reset").contains(connect(40_001)), client.said()::toString);
        assertEquals(List.of("0"), server.ask("count"));
    }

    @Test
    void anAnnouncedConnectionMayDoWhatItsGrantAllowsAndEndsWithIt() throws Exception {
        String grant = open(ONE_REGISTER).getGrant().getId();
        assertTrue(bound(grant, 40_002));
        assertEquals("connected", connect(40_002));
        assertTrue(client.ask("ask " + READ).getFirst().startsWith(ANSWER), client.said()::toString);
        assertEquals(List.of(WRITE_100), client.ask("ask " + WRITE_100));
        long start = System.nanoTime();
        control.call(PATIENCE,
                c -> c.revokeGrant(RevokeGrantRequest.newBuilder().setId(grant).setWho("shift lead").build()));
        assertEquals(List.of("reset"), client.ask("dead"));
        System.out.printf("revoked: the client's socket was dead after %.0f ms%n", (System.nanoTime() - start) / 1e6);
        assertTrue(List.of("nothing", "reset").contains(connect(40_002)), "an announcement holds once");
    }

    /** The firewall itself is asked: no management server is there. */
    @Test
    void whoIsAtTheConsoleSeesWhoIsInThePlantAndPutsThemOut() throws Exception {
        String grant = open(ONE_REGISTER).getGrant().getId();
        Command.Result shown = inline.command("sessions");
        assertTrue(shown.lines().stream().anyMatch(line -> line.contains("anna@acme") && line.contains(grant)),
                shown::text);
        assertTrue(bound(grant, 40_004));
        assertEquals("connected", connect(40_004));
        assertTrue(client.ask("ask " + READ).getFirst().startsWith(ANSWER), client.said()::toString);
        Command.Result ended = inline.command("sessions", "end", grant, "--because", "shift is over");
        assertEquals(0, ended.code(), ended::text);
        assertEquals(List.of("reset"), client.ask("dead"));
    }

    @Test
    void theConduitAllowsMoreThanTheGrantAndTheGrantDecides() throws Exception {
        String grant = open(ONE_REGISTER).getGrant().getId();
        assertTrue(bound(grant, 40_003));
        assertEquals("connected", connect(40_003));
        server.ask("clear");
        assertEquals(List.of("reset"), client.ask("ask " + WRITE_110));
        assertEquals(List.of("0"), server.ask("count"));
        inline.stop();
        inline.start();
        assertTrue(
                Rig.journal(plant).lines()
                        .anyMatch(line -> line.contains("holding 110 = 7") && line.contains("anna@acme")),
                () -> "the journal does not say who tried: " + Rig.journal(plant));
        control.close();
        control = ControlClient.open(plant.folder().resolve(SluiceInline.SOCKET));
    }

    @Test
    void aGrantBeyondTheCeilingIsRefused() throws Exception {
        OpenGrantResponse response = open(List.of("- {id: g1, do: write, space: holding, unit: 1, address: 100..200}"));
        assertEquals(Refusal.Code.BEYOND_CEILING, response.getRefusal().getCode());
    }
}
