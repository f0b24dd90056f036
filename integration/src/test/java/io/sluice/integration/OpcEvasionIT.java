package io.sluice.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.integration.device.DeviceUnderTest;
import io.sluice.integration.device.Plant;
import io.sluice.integration.evasion.EvasionCase;
import io.sluice.integration.evasion.EvasionCase.Expected;
import io.sluice.integration.evasion.OpcCases;
import io.sluice.integration.evasion.OpcEvasionPlayer;
import io.sluice.integration.peer.OpcServer;
import io.sluice.testdata.net.Namespace;
import io.sluice.testdata.net.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Whatever way a denied OPC UA write is sent, it never arrives, and a permitted one does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpcEvasionIT {
    private static final String SERVER_MAC = "00:80:f4:01:02:20", RAW_MAC = "02:53:4c:03:01:06";

    /** The policy allows up to 1500. */
    private static final int PERMITTED = 100, DENIED = 2000;

    private Plant plant;
    private Peer server;
    private Peer player;
    private int count;
    private final List<String> notLeaking = new ArrayList<>();

    @BeforeAll
    void build() {
        Rig.needed();
        plant = new Plant();
        Namespace cell = plant.host("opc", "cell", SERVER_MAC, "10.3.1.20/24");
        Namespace ops = plant.host("raw", "plant", "02:53:4c:03:01:05");
        cell.neighbour("10.3.1.106", RAW_MAC, Plant.LINK);
        server = plant.peer(cell, OpcServer.class, "10.3.1.20");
        player = plant.peer(ops, OpcEvasionPlayer.class, Plant.LINK, RAW_MAC, "10.3.1.106", SERVER_MAC, "10.3.1.20");
        DeviceUnderTest bridge = plant.bridge();
        bridge.start();
        for (EvasionCase each : OpcCases.list()) {
            if (!play(each.name(), DENIED).leaked) {
                notLeaking.add(each.name());
            }
        }
        bridge.stop();
        plant.device(Rig.policy("opcua")).start();
    }

    @AfterAll
    void remove() {
        Rig.close(plant);
    }

    /** What became of one write. */
    private record Outcome(String name, String saw, boolean leaked) {}

    private Outcome play(String name, int base) {
        server.ask("clear");
        double value = base + ++count % 700;
        List<String> answer = player.ask("play " + name + " " + value);
        boolean carriedOut = server.ask("received").contains("write Line3.Speed = " + value);
        String message = answer.size() < 2 ? "" : answer.get(1);
        boolean arrived = !message.isEmpty() && server.ask("bytes").stream().anyMatch(bytes -> bytes.contains(message));
        return new Outcome(name, answer.getFirst(), carriedOut || arrived);
    }

    @Test
    void overABridgeTheDeniedOnesLeak() {
        System.out.println("OPC UA, over a bridge these do not leak: " + notLeaking);
        assertEquals(List.of("again-after-ack"), notLeaking);
    }

    @TestFactory
    Stream<DynamicTest> whatIsDeniedNeverArrivesAndWhatIsPermittedDoes() {
        return OpcCases.list().stream().map(each -> DynamicTest.dynamicTest(each.name() + ": " + each.says(), () -> {
            Outcome denied = play(each.name(), DENIED);
            assertFalse(denied.leaked, denied::toString);
            Outcome permitted = play(each.name(), PERMITTED);
            if (each.permitted() == Expected.ARRIVES) {
                assertTrue(permitted.leaked && permitted.saw.equals("Good"), permitted::toString);
            }
        }));
    }

    /** Every place in the message is cut once, in a session of its own since a refusal ends it. */
    @Test
    void cutAtEveryByteADeniedWriteNeverArrives() {
        List<Outcome> leaked = IntStream.range(1, OpcCases.LONGEST).mapToObj(cut -> play("split-" + cut, DENIED))
                .filter(Outcome::leaked).toList();
        assertEquals(List.of(), leaked);
    }

    @Test
    void cutAnywhereAPermittedWriteArrives() {
        for (int cut = 1; cut < OpcCases.LONGEST; cut += 9) {
            Outcome outcome = play("split-" + cut, PERMITTED);
            assertTrue(outcome.leaked && outcome.saw.equals("Good"), outcome::toString);
        }
    }
}
