package io.sluice.inline.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.control.ControlException;
import io.sluice.control.v1.AmendGrantRequest;
import io.sluice.control.v1.AmendGrantResponse;
import io.sluice.control.v1.ApplyPolicyRequest;
import io.sluice.control.v1.BindFlowRequest;
import io.sluice.control.v1.BoundFlow;
import io.sluice.control.v1.Grant;
import io.sluice.control.v1.ListGrantsRequest;
import io.sluice.control.v1.OpenGrantRequest;
import io.sluice.control.v1.OpenGrantResponse;
import io.sluice.control.v1.Refusal;
import io.sluice.control.v1.RevokeGrantRequest;
import io.sluice.inline.policy.Appliance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Management is trusted with little: what it asks for is checked here, whatever it checked before. */
class GrantBookTest {
    private static final String NARROW = "- {id: g1, do: write, space: holding, unit: 1, address: 5}\n";

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
    void aGrantWithinTheCeilingIsOpenUntilItsTimeIsOver() throws Exception {
        OpenGrantResponse answer = open(request());
        assertTrue(answer.hasGrant(), answer.toString());
        assertEquals(60, answer.getGrant().getSecondsLeft());
        assertEquals(Set.of(answer.getGrant().getId()), it.dataplane.grants.keySet());
        it.timer.pass(Duration.ofSeconds(59));
        assertEquals(1, list().getFirst().getSecondsLeft());
        it.timer.pass(Duration.ofSeconds(1));
        assertEquals(List.of(), list());
        assertEquals(Set.of(), it.dataplane.grants.keySet());
        assertEquals(List.of("grant.opened", "grant.expired"),
                it.journal.stream().map(line -> line.substring(0, line.indexOf(' '))).toList());
    }

    @Test
    void withoutRulesItIsTheWholeCeiling() throws Exception {
        assertTrue(open(request().clearRulesYaml()).hasGrant());
    }

    @Test
    void moreThanTheCeilingIsRefused() throws Exception {
        OpenGrantResponse answer = open(request().setRulesYaml(NARROW.replace("holding", "coil")));
        assertEquals(Refusal.Code.BEYOND_CEILING, answer.getRefusal().getCode(), answer.toString());
        assertEquals(1, answer.getProblemsCount());
        assertEquals(Set.of(), it.dataplane.grants.keySet());
    }

    @Test
    void everyOtherMistakeHasItsCode() throws Exception {
        assertEquals(Refusal.Code.UNKNOWN_CONDUIT, code(request().setConduit("maintenance")));
        assertEquals(Refusal.Code.WRONG_CONDUIT, code(request().setConduit("hmi-setpoints")));
        assertEquals(Refusal.Code.WRONG_CONDUIT, code(request().setTarget("hmi-3")));
        assertEquals(Refusal.Code.RULES_UNREADABLE, code(request().setRulesYaml(NARROW.replace("unit", "unti"))));
        assertEquals(Refusal.Code.RULES_UNREADABLE, code(request().setRulesYaml("[")));
        assertEquals(Refusal.Code.DURATION, code(request().setDurationSeconds(0)));
        assertEquals(Refusal.Code.DURATION, code(request().setDurationSeconds(86_401)));
        assertEquals(Refusal.Code.DURATION, code(request().setDurationSeconds(-1)));
        assertEquals(List.of(), list());
    }

    @Test
    void anAmendmentIsCheckedLikeTheGrantItself() throws Exception {
        String id = open(request()).getGrant().getId();
        AmendGrantResponse wider = amend(AmendGrantRequest.newBuilder().setId(id)
                .setRulesYaml(NARROW.replace("holding", "coil")));
        assertEquals(Refusal.Code.BEYOND_CEILING, wider.getRefusal().getCode());
        assertEquals(NARROW, list().getFirst().getRulesYaml());
        AmendGrantResponse longer = amend(AmendGrantRequest.newBuilder().setId(id).setDurationSeconds(120)
                .setRulesYaml(NARROW.replace("address: 5", "address: 6")));
        assertEquals(120, longer.getGrant().getSecondsLeft());
        it.timer.pass(Duration.ofSeconds(119));
        assertEquals(1, list().size());
        it.timer.pass(Duration.ofSeconds(1));
        assertEquals(List.of(), list());
        assertEquals(Refusal.Code.UNKNOWN_GRANT,
                amend(AmendGrantRequest.newBuilder().setId(id)).getRefusal().getCode());
    }

    // Amended again and again, it would last for ever.
    @Test
    void noAmendmentMakesItLastLongerThanADayInAll() throws Exception {
        String id = open(request().setDurationSeconds(86_400)).getGrant().getId();
        it.timer.pass(Duration.ofHours(23));
        assertTrue(amend(AmendGrantRequest.newBuilder().setId(id).setDurationSeconds(3600)).hasGrant());
        assertEquals(Refusal.Code.DURATION,
                amend(AmendGrantRequest.newBuilder().setId(id).setDurationSeconds(3601)).getRefusal().getCode());
    }

    @Test
    void aRevokedGrantIsOverAtOnce() throws Exception {
        String id = open(request()).getGrant().getId();
        var request = RevokeGrantRequest.newBuilder().setId(id).setWho("ben").setBecause("wrong device").build();
        assertFalse(it.client.call(c -> c.revokeGrant(request)).hasRefusal());
        assertEquals(Set.of(), it.dataplane.grants.keySet());
        assertTrue(it.journal.getLast().contains("because=wrong device"), it.journal.getLast());
        assertEquals(Refusal.Code.UNKNOWN_GRANT, it.client.call(c -> c.revokeGrant(request)).getRefusal().getCode());
    }

    @Test
    void aConnectionIsBoundToOneGrantAndToItsTarget() throws Exception {
        String one = open(request()).getGrant().getId();
        String two = open(request()).getGrant().getId();
        assertEquals(Refusal.Code.CODE_UNSPECIFIED, bind(one, "10.3.1.10", 502));
        assertEquals(Refusal.Code.BOUND_ELSEWHERE, bind(two, "10.3.1.10", 502));
        it.timer.pass(Duration.ofSeconds(31));
        assertEquals(Refusal.Code.CODE_UNSPECIFIED, bind(two, "10.3.1.10", 502));
        assertEquals(Refusal.Code.WRONG_TARGET, bind(one, "10.3.1.105", 502));
        assertEquals(Refusal.Code.WRONG_TARGET, bind(one, "10.3.1.10", 80));
        assertEquals(Refusal.Code.WRONG_TARGET, bind(one, "plc-3a", 502));
        assertEquals(Refusal.Code.UNKNOWN_GRANT, bind("none", "10.3.1.10", 502));
        assertEquals(40_001, list().getFirst().getFlows(0).getSourcePort());
    }

    @Test
    void aPolicyThatNoLongerAllowsItEndsItAndOthersGoOn() throws Exception {
        String narrow = open(request()).getGrant().getId();
        String wide = open(request().setRulesYaml(NARROW.replace("address: 5", "address: any"))).getGrant().getId();
        apply(Appliance.named("second").replace("unit: 1, address: any}", "unit: 1, address: 0..9}"));
        assertEquals(Set.of(narrow), it.dataplane.grants.keySet());
        assertEquals(Set.of(narrow), list().stream().map(Grant::getId).collect(Collectors.toSet()));
        assertTrue(it.journal.stream().anyMatch(line -> line.startsWith("grant.policy {grant=" + wide)),
                it.journal.toString());
    }

    @Test
    void thereIsAnEndToTheirNumber() throws Exception {
        for (int i = 0; i < 256; i++) {
            open(request());
        }
        assertEquals(Refusal.Code.TOO_MANY, code(request()));
    }

    private static OpenGrantRequest.Builder request() {
        return OpenGrantRequest.newBuilder().setSession("s-17").setPerson("clara@acme").setConduit("maintenance-upload")
                .setTarget("plc-3a").setRulesYaml(NARROW).setDurationSeconds(60);
    }

    private OpenGrantResponse open(OpenGrantRequest.Builder request) throws ControlException {
        return it.client.call(c -> c.openGrant(request.build()));
    }

    private Refusal.Code code(OpenGrantRequest.Builder request) throws ControlException {
        return open(request).getRefusal().getCode();
    }

    private AmendGrantResponse amend(AmendGrantRequest.Builder request) throws ControlException {
        return it.client.call(c -> c.amendGrant(request.build()));
    }

    private Refusal.Code bind(String grant, String target, int port) throws ControlException {
        var request = BindFlowRequest.newBuilder().setGrant(grant).setFlow(BoundFlow.newBuilder()
                .setSourceAddress("10.3.1.250").setSourcePort(40_001).setTargetAddress(target).setTargetPort(port))
                .build();
        return it.client.call(c -> c.bindFlow(request)).getRefusal().getCode();
    }

    private List<Grant> list() throws ControlException {
        return it.client.call(c -> c.listGrants(ListGrantsRequest.getDefaultInstance())).getGrantsList();
    }

    private void apply(String yaml) throws ControlException {
        var request = ApplyPolicyRequest.newBuilder().setYaml(yaml).build();
        assertTrue(it.client.call(c -> c.applyPolicy(request)).hasApplied());
    }
}
