package io.sluice.inline.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A start finds the right policy or does not happen: never is there none. */
class FirstPolicyTest {
    @TempDir
    Path folder;

    @Test
    void theVeryFirstStartTakesTheSeed() throws Exception {
        Appliance it = Appliance.fresh(folder);
        assertEquals("first", it.active());
        assertEquals("seed first", it.history());
        assertEquals(List.of("this is the first start: policy `first` was taken from `" + it.settings.policy()
                + "`; from now on, change it by `sluice apply`"), it.notes);
        assertEquals(Appliance.POLICY, Files.readString(
                folder.resolve("data/policies/" + it.control.active().policy().hash() + ".yaml")));
        assertEquals(it.control.active().policy().hash() + "\n", Files.readString(folder.resolve("data/active")));
    }

    @Test
    void afterwardsTheSeedIsOnlyCompared() throws Exception {
        Appliance.fresh(folder);
        assertEquals(List.of(), Appliance.start(folder).notes);
        Files.writeString(folder.resolve("policy.yaml"), Appliance.named("edited"));
        Appliance it = Appliance.start(folder);
        assertEquals("first", it.active());
        assertEquals(List.of("`" + it.settings.policy() + "` differs from the active policy `first`, which counts; to"
                + " make it count, run `sluice apply " + it.settings.policy() + "`"), it.notes);
        Files.delete(folder.resolve("policy.yaml"));
        assertEquals("first", Appliance.start(folder).active());
    }

    @Test
    void aSeedWithProblemsDoesNotStart() throws Exception {
        Files.writeString(folder.resolve("policy.yaml"),
                Appliance.POLICY.replace("then: allow s1", "then: deny default"));
        StartException no = assertThrows(StartException.class, () -> Appliance.start(folder));
        assertTrue(no.sentence().contains("has problems"), no.sentence());
        assertTrue(no.problems().getFirst().text().startsWith("expected `deny default`"), no.problems().toString());
        Files.delete(folder.resolve("policy.yaml"));
        assertTrue(assertThrows(StartException.class, () -> Appliance.start(folder)).sentence()
                .startsWith("there is no policy yet: put one at `"));
    }

    @Test
    void aPolicyForOtherPortsDoesNotStart() throws Exception {
        Files.writeString(folder.resolve("policy.yaml"), Appliance.POLICY.replace("[plant]", "[plnt]"));
        StartException no = assertThrows(StartException.class, () -> Appliance.start(folder));
        assertEquals(2, no.problems().size(), no.problems().toString());
    }

    @Test
    void whereTheActivePolicyIsLostTheLastGoodOneTakesItsPlace() throws Exception {
        Appliance it = Appliance.fresh(folder);
        it.apply("second");
        String second = it.control.active().policy().hash();
        it.apply("third");
        it.apply("fourth", 60);
        String third = it.control.active().policy().hash();
        Files.writeString(folder.resolve("data/policies/" + third + ".yaml"), "policy: cut sho");
        Appliance again = Appliance.start(folder);
        assertEquals("second", again.active());
        assertTrue(again.notes.getFirst().startsWith("the active policy `" + third.substring(0, 12) + "…` under `"),
                again.notes.toString());
        assertEquals("seed first, apply second, apply third, pending fourth, recovered second", again.history());
        assertEquals(second + "\n", Files.readString(folder.resolve("data/active")));
    }

    @Test
    void aLostOrDamagedPointerIsFoundAgainByTheHistory() throws Exception {
        Appliance.fresh(folder).apply("second");
        Files.delete(folder.resolve("data/active"));
        assertEquals("second", Appliance.start(folder).active());
        Files.writeString(folder.resolve("data/active"), "\0\0\0\0");
        assertEquals("second", Appliance.start(folder).active());
    }

    @Test
    void withNothingLeftItDoesNotStart() throws Exception {
        Appliance it = Appliance.fresh(folder);
        Files.delete(folder.resolve("data/policies/" + it.control.active().policy().hash() + ".yaml"));
        StartException no = assertThrows(StartException.class, () -> Appliance.start(folder));
        assertTrue(no.sentence().contains("missing or damaged, and none of the history can be read"), no.sentence());
    }

    // The last line may be cut short by a power failure; what comes after it must be readable.
    @Test
    void damagedLinesOfTheHistoryAreSkipped() throws Exception {
        Appliance.fresh(folder);
        Path history = folder.resolve("data/history");
        Files.writeString(history, Files.readString(history) + "{\"at\":\"2026-11-27T03:0");
        Appliance it = Appliance.start(folder);
        assertEquals("damaged lines of `" + history + "` were skipped: 1", it.notes.getFirst());
        it.apply("second");
        assertEquals("seed first, apply second", Appliance.start(folder).history());
    }

    @Test
    void anActivePolicyThatIsNoLongerSoundDoesNotStart() throws Exception {
        Appliance it = Appliance.fresh(folder);
        String broken = Appliance.POLICY.replace("mode: enforce", "mode: enforced");
        String hash = Sha256.of(broken);
        it.store.keep(hash, broken);
        it.store.activate(hash);
        StartException no = assertThrows(StartException.class, () -> Appliance.start(folder));
        assertTrue(no.sentence().startsWith("the active policy does not fit"), no.sentence());
        assertEquals(1, no.problems().size());
    }
}
