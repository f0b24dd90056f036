package io.sluice.inline.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyControlTest {
    @TempDir
    Path folder;

    private Appliance it;

    @BeforeEach
    void start() throws Exception {
        it = Appliance.fresh(folder);
    }

    @Test
    void anAppliedPolicyIsActiveAtOnceAndAfterARestart() throws Exception {
        PolicyAnswer.Done done = assertInstanceOf(PolicyAnswer.Done.class, it.apply("second"));
        assertEquals(OptionalLong.of(1), done.flowsEnded());
        assertEquals("second", it.active());
        assertEquals("second", it.swaps());
        assertEquals("seed first, apply second", it.history());
        assertEquals(List.of("policy.apply anna second"), it.journal);
        assertEquals("second", Appliance.start(folder).active());
    }

    @Test
    void aPendingPolicyJudgesButIsNotActive() throws Exception {
        it.apply("second", 60);
        assertEquals("second", it.swaps());
        assertEquals("first", it.active());
        assertEquals("second", it.pending());
        it.timer.pass(Duration.ofSeconds(20));
        assertEquals(OptionalLong.of(40_000_000_000L), it.control.pending().orElseThrow().nanosLeft());
        assertEquals("seed first, pending second", it.history());
    }

    @Test
    void unconfirmedItGivesWayByItself() throws Exception {
        it.apply("second", 60);
        it.timer.pass(Duration.ofMillis(59_999));
        assertEquals("second", it.pending());
        it.timer.pass(Duration.ofMillis(1));
        assertEquals("-", it.pending());
        assertEquals("second first", it.swaps());
        assertEquals("seed first, pending second, expired first", it.history());
        assertEquals(List.of("policy `second` was not confirmed in time; policy `first` is back"), it.reports);
        assertEquals("policy.expired sluice first", it.journal.getLast());
        assertEquals(PolicyAnswer.Why.NOTHING_PENDING, refused(it.control.confirm("", "anna")).why());
    }

    @Test
    void confirmedItIsActiveForGood() throws Exception {
        it.apply("second", 60);
        String hash = it.control.pending().orElseThrow().policy().hash();
        assertInstanceOf(PolicyAnswer.Done.class, it.control.confirm(hash, "ben"));
        it.timer.pass(Duration.ofDays(1));
        assertEquals("second", it.swaps());
        assertEquals("second", it.active());
        assertEquals("seed first, pending second, confirm second", it.history());
        assertEquals("second", Appliance.start(folder).active());
    }

    // kill -9 while a policy waits: whoever applied it may have cut himself off, and a restart must bring the old one back.
    @Test
    void aPendingPolicyDoesNotSurviveACrash() throws Exception {
        it.apply("second", 60);
        Appliance again = Appliance.start(folder);
        assertEquals("first", again.active());
        assertEquals("-", again.pending());
    }

    @Test
    void aPendingPolicyIsReplacedAndTheLastConfirmedOneComesBack() {
        it.apply("second", 60);
        it.timer.pass(Duration.ofSeconds(50));
        it.apply("third", 60);
        assertEquals(1, it.timer.alarms());
        it.timer.pass(Duration.ofSeconds(59));
        assertEquals("third", it.pending());
        it.timer.pass(Duration.ofSeconds(1));
        assertEquals("second third first", it.swaps());
        assertEquals("first", it.active());
    }

    @Test
    void applyingForGoodEndsWhatIsPending() {
        it.apply("second", 60);
        it.apply("third");
        it.timer.pass(Duration.ofSeconds(60));
        assertEquals("second third", it.swaps());
        assertEquals("third", it.active());
    }

    @Test
    void onlyThePolicyThatIsMeantIsConfirmed() {
        it.apply("second", 60);
        PolicyAnswer.Refused no = refused(it.control.confirm(it.sound("third").hash(), "ben"));
        assertEquals(PolicyAnswer.Why.OTHER_PENDING, no.why());
        assertTrue(no.sentence().contains("`second`"), no.sentence());
        assertEquals("second", it.pending());
    }

    @Test
    void aRollBackTakesThePendingPolicyBack() throws Exception {
        it.apply("second", 60);
        it.control.rollBack("ben");
        assertEquals("second first", it.swaps());
        assertEquals("-", it.pending());
        assertEquals(0, it.timer.alarms());
        assertEquals("seed first, pending second, rollback first", it.history());
    }

    @Test
    void withoutOneItGoesBackToThePolicyBefore() throws Exception {
        it.apply("second");
        it.apply("third", 60);
        it.timer.pass(Duration.ofSeconds(60));
        PolicyAnswer.Done done = assertInstanceOf(PolicyAnswer.Done.class, it.control.rollBack("ben"));
        assertEquals("first", done.now().policy().policy().name());
        assertEquals("first", Appliance.start(folder).active());
        assertEquals("seed first, apply second, pending third, expired second, rollback first", it.history());
    }

    @Test
    void beforeTheFirstThereIsNone() {
        PolicyAnswer.Refused no = refused(it.control.rollBack("ben"));
        assertEquals(PolicyAnswer.Why.NOTHING_BEFORE, no.why());
        assertEquals("there is no policy before `first` to go back to; apply the one you want", no.sentence());
    }

    @Test
    void aDamagedPolicyIsNotGoneBackTo() throws Exception {
        String hash = it.control.active().policy().hash();
        it.apply("second");
        Files.writeString(folder.resolve("data/policies/" + hash + ".yaml"), Appliance.named("forged"));
        PolicyAnswer.Refused no = refused(it.control.rollBack("ben"));
        assertEquals(PolicyAnswer.Why.UNUSABLE, no.why());
        assertEquals("second", it.swaps());
        assertEquals(Optional.empty(), it.control.text(hash));
    }

    // Traffic must not be judged by a policy that the next start would not know.
    @Test
    void whatCannotBeWrittenIsNotApplied() throws Exception {
        Files.createDirectories(folder.resolve("data/active.new/occupied"));
        PolicyAnswer.Refused no = refused(it.apply("second"));
        assertEquals(PolicyAnswer.Why.NOT_WRITTEN, no.why());
        assertEquals("", it.swaps());
        assertEquals("first", it.active());
        it.apply("second", 60);
        assertEquals(PolicyAnswer.Why.NOT_WRITTEN, refused(it.control.confirm("", "ben")).why());
        assertEquals("second", it.pending());
    }

    @Test
    void aHistoryThatCannotBeWrittenIsReportedAndStopsNothing() throws Exception {
        Files.delete(folder.resolve("data/history"));
        Files.createDirectories(folder.resolve("data/history"));
        assertInstanceOf(PolicyAnswer.Done.class, it.apply("second"));
        assertEquals("second", it.swaps());
        assertTrue(it.reports.getFirst().contains("the history of policies"), it.reports.toString());
    }

    // A packet thread that hangs: what was promised on disk must be taken back, or a restart would bring the policy.
    @Test
    void whatThePacketPathDoesNotTakeOverIsTakenBack() throws Exception {
        it.dataplane.deaf = 2;
        PolicyAnswer.Refused no = refused(it.apply("second"));
        assertEquals(PolicyAnswer.Why.NOT_FOLLOWED, no.why());
        assertEquals("first", it.active());
        assertEquals("first", Appliance.start(folder).active());
        it.timer.pass(Duration.ofSeconds(1));
        assertEquals("first", it.swaps());
        it.apply("second", 60);
        it.dataplane.deaf = 3;
        it.timer.pass(Duration.ofSeconds(60));
        assertEquals("-", it.pending());
        for (int i = 0; i < 3; i++) {
            assertEquals("first second", it.swaps());
            it.timer.pass(Duration.ofSeconds(1));
        }
        assertEquals("first second first", it.swaps());
    }

    @Test
    void whoIsStoppingChangesNoPolicy() {
        it.apply("second", 60);
        it.control.close();
        it.timer.pass(Duration.ofSeconds(60));
        assertEquals("second", it.swaps());
        assertEquals(PolicyAnswer.Why.DRAINING, refused(it.apply("third")).why());
        assertEquals(PolicyAnswer.Why.DRAINING, refused(it.apply("third", 5)).why());
        assertEquals(PolicyAnswer.Why.DRAINING, refused(it.control.rollBack("ben")).why());
    }

    private static PolicyAnswer.Refused refused(PolicyAnswer answer) {
        return assertInstanceOf(PolicyAnswer.Refused.class, answer);
    }
}
