package io.sluice.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.integration.device.DeviceUnderTest;
import io.sluice.integration.device.Plant;
import io.sluice.integration.evasion.EvasionCase;
import io.sluice.integration.evasion.OpcCases;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Whatever way a denied OPC UA write is sent, it never arrives, and a permitted one does; as {@link EvasionIT}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpcEvasionIT {
    private Plant plant;
    private OpcEvasionMatrix matrix;
    private List<EvasionOutcome> overBridge;
    private final List<EvasionOutcome> outcomes = new ArrayList<>();

    @BeforeAll
    void build() {
        Rig.needed();
        plant = new Plant();
        matrix = new OpcEvasionMatrix(plant);
        DeviceUnderTest bridge = plant.bridge();
        bridge.start();
        overBridge = matrix.playAll();
        bridge.stop();
        plant.device(Rig.policy("opcua")).start();
    }

    @AfterAll
    void remove() {
        if (!outcomes.isEmpty()) {
            EvasionTable.write("OPC UA", OpcCases.list(), outcomes, overBridge);
        }
        Rig.close(plant);
    }

    /** Where the server's own TCP keeps what came first, or has not taken a piece that the play depends on. */
    @Test
    void overABridgeAllPermittedMessagesArriveAndTheDeniedOnesLeak() {
        assertEquals(List.of(), overBridge.stream().filter(outcome -> outcome.permitted() && outcome.complaint()
                .startsWith("HURT")).map(Object::toString).toList());
        List<String> notLeaking = OpcCases.list().stream().map(EvasionCase::name).filter(name -> overBridge.stream()
                .noneMatch(outcome -> outcome.played().name().equals(name) && outcome.leaked())).toList();
        assertEquals(List.of("overlap-tail", "overlap-sent", "again-before-ack", "again-after-ack"), notLeaking);
    }

    @TestFactory
    Stream<DynamicTest> whatIsDeniedNeverArrivesAndWhatIsPermittedDoes() {
        return OpcCases.list().stream().map(each -> DynamicTest.dynamicTest(each.name() + ": " + each.says(), () -> {
            List<EvasionOutcome> played = matrix.play(each);
            outcomes.addAll(played);
            assertEquals(List.of(), played.stream().filter(outcome -> !outcome.complaint().isEmpty())
                    .map(outcome -> outcome.complaint() + " " + outcome).toList());
        }));
    }
}
