package io.sluice.integration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.integration.device.DeviceUnderTest;
import io.sluice.integration.device.Plant;
import io.sluice.integration.evasion.Cases;
import io.sluice.integration.evasion.EvasionCase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Whatever way a denied message is sent, it never arrives, and a permitted one does; asserted on the bytes that the server's
 * process received. The same is played over a bridge first, which shows that a leak would be seen.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvasionIT {
    private Plant plant;
    private EvasionMatrix matrix;
    private List<EvasionOutcome> overBridge;
    private final List<EvasionOutcome> outcomes = new ArrayList<>();

    @BeforeAll
    void build() {
        Rig.needed();
        plant = new Plant();
        matrix = new EvasionMatrix(plant);
        DeviceUnderTest bridge = plant.bridge();
        bridge.start();
        overBridge = matrix.playAll();
        bridge.stop();
        plant.device(Rig.policy("evasion")).start();
    }

    @AfterAll
    void remove() {
        if (!outcomes.isEmpty()) {
            EvasionTable.write("Modbus", Cases.list(), outcomes, overBridge);
        }
        Rig.close(plant);
    }

    /** Were it otherwise, the matrix would prove nothing: a message that goes through nowhere is not held back by anybody. */
    @Test
    void overABridgeAllPermittedMessagesArriveAndMostDeniedOnesLeak() {
        List<String> hurt = overBridge.stream().filter(outcome -> outcome.permitted()
                && outcome.complaint().startsWith("HURT")).map(Object::toString).toList();
        assertEquals(List.of(), hurt);
        long leaking = EvasionTable.leaking(overBridge);
        System.out.println("over a bridge " + leaking + " of " + Cases.list().size() + " denied cases leak; not "
                + Cases.list().stream().map(EvasionCase::name).filter(name -> overBridge.stream().noneMatch(
                        outcome -> outcome.played().name().equals(name) && outcome.leaked())).toList());
        assertTrue(leaking >= Cases.list().size() * 8 / 10, () -> "over a bridge only " + leaking + " cases leak");
    }

    @TestFactory
    Stream<DynamicTest> whatIsDeniedNeverArrivesAndWhatIsPermittedDoes() {
        return Cases.list().stream().map(each -> DynamicTest.dynamicTest(each.name() + ": " + each.says(), () -> {
            List<EvasionOutcome> played = matrix.play(each);
            outcomes.addAll(played);
            List<String> complaints = played.stream().filter(outcome -> !outcome.complaint().isEmpty())
                    .map(outcome -> outcome.complaint() + " " + outcome).toList();
            assertEquals(List.of(), complaints);
        }));
    }
}
