package io.sluice.inline.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.control.ControlException;
import io.sluice.control.v1.AppendJournalRequest;
import io.sluice.control.v1.ApplyPolicyRequest;
import io.sluice.control.v1.ApplyPolicyResponse;
import io.sluice.control.v1.ConfirmRequest;
import io.sluice.control.v1.DrainRequest;
import io.sluice.control.v1.GetPolicyRequest;
import io.sluice.control.v1.GetPolicyResponse;
import io.sluice.control.v1.JournalStatus;
import io.sluice.control.v1.PolicyChange.Why;
import io.sluice.control.v1.PolicyHistoryRequest;
import io.sluice.control.v1.PortStatus;
import io.sluice.control.v1.Refusal;
import io.sluice.control.v1.RollBackRequest;
import io.sluice.control.v1.RollBackResponse;
import io.sluice.control.v1.StatisticsRequest;
import io.sluice.control.v1.StatusRequest;
import io.sluice.control.v1.StatusResponse;
import io.sluice.inline.JournalHealth;
import io.sluice.inline.policy.Appliance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlPlaneTest {
    @TempDir
    Path folder;

    private Running it;

    @BeforeEach
    void start() throws Exception {
        it = new Running(folder);
    }

    @AfterEach
    void stop() {
        it.close();
    }

    @Test
    void aPolicyWithProblemsIsAnsweredByThemAndChangesNothing() throws Exception {
        ApplyPolicyResponse answer = apply(Appliance.named("second").replace("mode: enforce", "mode: enforec"));
        assertFalse(answer.hasApplied());
        assertEquals("p.yaml", answer.getProblems(0).getFile());
        assertEquals(2, answer.getProblems(0).getLine());
        assertEquals(7, answer.getProblems(0).getColumn());
        assertTrue(answer.getProblems(0).getText().contains("did you mean `enforce`?"), answer.toString());
        assertEquals(List.of(), it.dataplane.swaps);
    }

    @Test
    void anExpectationThatFailsAndAPortThatIsMissingAreProblemsToo() throws Exception {
        assertTrue(apply(Appliance.named("second").replace("then: allow s1", "then: deny default")).getProblems(0)
                .getText()
                .startsWith("expected `deny default`"));
        assertTrue(apply(Appliance.named("second").replace("[cell]", "[cel]")).getProblems(0).getText()
                .contains("which the settings do not know"));
        assertEquals(List.of(), it.dataplane.swaps);
    }

    @Test
    void aSoundPolicyJudgesAtOnceAndWhoAppliedItIsWrittenDown() throws Exception {
        ApplyPolicyResponse answer = apply(Appliance.named("second"));
        assertEquals("second", answer.getApplied().getName());
        assertEquals(1, answer.getFlowsEnded());
        assertFalse(answer.getApplied().hasConfirmWithinSeconds());
        String user = System.getProperty("user.name");
        assertEquals("anna (user " + user + ")", answer.getApplied().getWho());
        assertTrue(it.journal.getFirst().startsWith("policy.apply {person=anna (user " + user + "), policy=second"),
                it.journal.toString());
    }

    @Test
    void onlyCheckingChangesNothing() throws Exception {
        var request = ApplyPolicyRequest.newBuilder().setYaml(Appliance.named("second")).setOnlyCheck(true).build();
        ApplyPolicyResponse answer = it.client.call(c -> c.applyPolicy(request));
        assertFalse(answer.hasApplied() || answer.hasRefusal());
        assertEquals(List.of(), it.dataplane.swaps);
    }

    @Test
    void aPendingPolicyShowsInTheStatusUntilItIsConfirmed() throws Exception {
        ApplyPolicyResponse answer = apply(Appliance.named("second"), 60);
        assertEquals(60, answer.getApplied().getConfirmWithinSeconds());
        it.timer.pass(Duration.ofSeconds(12));
        StatusResponse status = status();
        assertEquals("first", status.getActive().getName());
        assertEquals(48, status.getPending().getConfirmWithinSeconds());
        assertTrue(status.getAlarmsList().contains("policy `second` waits to be confirmed: in 48 s policy `first` comes"
                + " back, unless somebody runs `sluice confirm`"), status.getAlarmsList().toString());
        var request = ConfirmRequest.newBuilder().setHash(answer.getApplied().getHash()).build();
        assertEquals("second", it.client.call(c -> c.confirm(request)).getActive().getName());
        assertFalse(status().hasPending());
        assertEquals(Refusal.Code.NOTHING_PENDING,
                it.client.call(c -> c.confirm(request)).getRefusal().getCode());
    }

    @Test
    void aPendingPolicyThatNobodyConfirmsGivesWay() throws Exception {
        apply(Appliance.named("second"), 60);
        it.timer.pass(Duration.ofSeconds(60));
        assertEquals(List.of("second", "first"), it.dataplane.swaps);
        assertEquals(List.of(Why.EXPIRED, Why.PENDING, Why.SEED),
                it.client.call(c -> c.policyHistory(PolicyHistoryRequest.getDefaultInstance())).getChangesList()
                        .stream()
                        .map(change -> change.getWhy()).toList());
    }

    @Test
    void aRollBackSaysWhatCameBackAndWhatWasTakenBack() throws Exception {
        assertEquals(Refusal.Code.NOTHING_BEFORE, rollBack().getRefusal().getCode());
        apply(Appliance.named("second"));
        RollBackResponse answer = rollBack();
        assertEquals("first", answer.getActive().getName());
        assertEquals("second", answer.getTakenBack().getName());
    }

    @Test
    void policiesAreHandedOutAsTheyWereApplied() throws Exception {
        String first = it.dataplane.policy.hash();
        apply(Appliance.named("second"), 60);
        assertEquals(Appliance.POLICY, get(GetPolicyRequest.newBuilder()).getYaml());
        assertEquals(Appliance.named("second"), get(GetPolicyRequest.newBuilder()
                .setPending(GetPolicyRequest.Pending.getDefaultInstance())).getYaml());
        it.client.call(c -> c.confirm(ConfirmRequest.getDefaultInstance()));
        GetPolicyResponse kept = get(GetPolicyRequest.newBuilder().setHash(first));
        assertEquals(Appliance.POLICY, kept.getYaml());
        assertEquals("first", kept.getPolicy().getName());
        assertEquals(Refusal.Code.UNKNOWN_POLICY, get(GetPolicyRequest.newBuilder().setHash("../../etc/passwd"))
                .getRefusal().getCode());
        assertEquals(Refusal.Code.NOTHING_PENDING, get(GetPolicyRequest.newBuilder()
                .setPending(GetPolicyRequest.Pending.getDefaultInstance())).getRefusal().getCode());
    }

    @Test
    void theStatusSaysHowThingsStand() throws Exception {
        it.health = new JournalHealth(Optional.of(folder), 20, 3000, 4, 0, Optional.of("the disk is full"));
        StatusResponse status = status();
        assertEquals("1.2.3", status.getVersion());
        assertEquals(ProcessHandle.current().pid(), status.getProcessId());
        assertEquals("direct", status.getPipeline());
        assertEquals(PortStatus.Link.DOWN, status.getPorts(1).getLink());
        assertEquals(100, status.getPorts(0).getReceived());
        assertEquals(5, status.getPorts(0).getRingFull());
        assertEquals("hmi-setpoints allowed 100", status.getVerdicts(0).getConduit() + " "
                + status.getVerdicts(0).getReason() + " " + status.getVerdicts(0).getMessages());
        assertEquals(1, status.getDropsCount(), "causes that did not occur are left out");
        assertEquals(JournalStatus.State.STOPPED, status.getJournal().getState());
        assertTrue(status.getMemory().getResidentBytes() > 1 << 20);
        assertEquals(List.of("port `plant` (enp3s0) has no link: is the cable in, and the device behind it on?",
                "journal: the disk is full", "4 events are missing in the journal"), status.getAlarmsList());
    }

    @Test
    void aPolicyThatOnlyWatchesIsAnAlarm() throws Exception {
        apply(Appliance.named("second").replace("mode: enforce", "mode: monitor"));
        assertTrue(
                status().getAlarmsList().contains("policy `second` is in mode monitor: what it refuses passes all the"
                        + " same"),
                status().getAlarmsList().toString());
    }

    @Test
    void statisticsAreForPrometheus() throws Exception {
        String text = it.client.call(c -> c.statistics(StatisticsRequest.getDefaultInstance())).getPrometheus();
        assertTrue(text.contains("sluice_port_frames_total{direction=\"in\",port=\"cell\"} 100.0\n"), text);
    }

    @Test
    void managementWritesIntoTheJournalAndCannotPretendToBeSomebodyElse() throws Exception {
        var request = AppendJournalRequest.newBuilder().setType("login").setPerson("anna").putFields("from", "10.0.0.1")
                .putFields("person", "somebody else").build();
        it.client.call(c -> c.appendJournal(request));
        assertEquals("login {person=anna, from=10.0.0.1, by=" + System.getProperty("user.name") + "}",
                it.journal.getLast());
        var bad = AppendJournalRequest.newBuilder().setType("log in").build();
        assertTrue(assertThrows(ControlException.class, () -> it.client.call(c -> c.appendJournal(bad)))
                .sentence().contains("words of small letters"));
    }

    @Test
    void callsThatMakeNoSenseAreRefused() {
        var empty = ApplyPolicyRequest.getDefaultInstance();
        assertThrows(ControlException.class, () -> it.client.call(c -> c.applyPolicy(empty)));
        assertThrows(ControlException.class, () -> apply(Appliance.POLICY, 0));
        assertThrows(ControlException.class, () -> apply(Appliance.POLICY, 86_401));
        assertEquals(List.of(), it.reports);
    }

    @Test
    void drainingWaitsForConnectionsToEndAndThenEnds() throws Exception {
        apply(Appliance.named("second"), 60);
        var request = DrainRequest.newBuilder().setWithinSeconds(10).build();
        assertEquals(3, it.client.call(c -> c.drain(request)).getFlows());
        assertTrue(it.dataplane.draining);
        it.timer.pass(Duration.ofSeconds(1));
        assertFalse(it.ended);
        assertEquals(Refusal.Code.DRAINING, apply(Appliance.named("third")).getRefusal().getCode());
        it.dataplane.flows = 0;
        it.timer.pass(Duration.ofSeconds(1));
        assertTrue(it.ended);
    }

    @Test
    void drainingDoesNotWaitForEver() throws Exception {
        var request = DrainRequest.newBuilder().setWithinSeconds(10).build();
        it.client.call(c -> c.drain(request));
        for (int i = 0; i < 10; i++) {
            assertFalse(it.ended);
            it.timer.pass(Duration.ofSeconds(1));
        }
        assertTrue(it.ended);
    }

    private ApplyPolicyResponse apply(String yaml) throws ControlException {
        return apply(ApplyPolicyRequest.newBuilder(), yaml);
    }

    private ApplyPolicyResponse apply(String yaml, int seconds) throws ControlException {
        return apply(ApplyPolicyRequest.newBuilder().setConfirmWithinSeconds(seconds), yaml);
    }

    private ApplyPolicyResponse apply(ApplyPolicyRequest.Builder builder, String yaml) throws ControlException {
        ApplyPolicyRequest request = builder.setYaml(yaml).setFileName("p.yaml").setWho("anna").build();
        return it.client.call(c -> c.applyPolicy(request));
    }

    private RollBackResponse rollBack() throws ControlException {
        return it.client.call(c -> c.rollBack(RollBackRequest.getDefaultInstance()));
    }

    private GetPolicyResponse get(GetPolicyRequest.Builder request) throws ControlException {
        return it.client.call(c -> c.getPolicy(request.build()));
    }

    private StatusResponse status() throws ControlException {
        return it.client.call(c -> c.status(StatusRequest.getDefaultInstance()));
    }
}
