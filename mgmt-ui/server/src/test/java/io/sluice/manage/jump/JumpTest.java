package io.sluice.manage.jump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.manage.Refused;
import io.sluice.manage.firewall.PolicyText;
import io.sluice.manage.identity.Role;
import io.sluice.manage.jump.End.Why;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What users of brokers ask for, with time as an argument. */
class JumpTest {
    private static final Instant T0 = Instant.parse("2026-11-27T09:00:00Z");
    private static final Hours SATURDAY = new Hours("saturday", List.of(DayOfWeek.SATURDAY), "06:00", "10:00",
            "Europe/Paris");
    private static final Hours SHIFT = new Hours("shift", List.of(DayOfWeek.FRIDAY), "06:00", "14:00", "Europe/Paris");
    private static final PolicyText.Sound POLICY = (PolicyText.Sound) PolicyText.of("""
            policy: p
            mode: enforce
            zones: {cell: {ports: [cell]}, jump: {broker: true}}
            assets: {plc: {zone: cell, address: 10.3.1.10}, plc-b: {zone: cell, address: 10.3.1.11}}
            conduits:
              up:
                from: jump
                to: cell
                protocol: modbus
                allow:
                  - {id: m1, do: [read, write], space: holding, unit: 1, address: 0..999, value: 0..1500}
                  - {id: m2, do: "function 43/14", unit: 1}
            sessions:
              s: {who: {group: acme}, use: up, approve: {by: lead}, limit: {duration: 2h}}
            """);
    private static final List<Target> BOTH = List.of(new Target("up", "plc"), new Target("up", "plc-b"));

    private static Terms terms(int count, @Nullable Hours shift, @Nullable Hours hours) {
        return new Terms("acme", false, List.of(), "lead", count, Duration.ofMinutes(15), shift, hours,
                Duration.ofHours(2), Duration.ofMinutes(10), false);
    }

    private static Offer whole(@Nullable Instant start, @Nullable Duration duration) throws Refused {
        Ceiling ceiling = new Ceiling(POLICY);
        return new Offer(BOTH, Access.WRITE, ceiling.whole(BOTH), start, duration);
    }

    private static Jump asked(Terms terms, Offer offer) {
        return Jump.asked(new Request("acme-7f3c", "carl", "s", "why", "", T0, terms, offer));
    }

    private static Slot slot(Jump jump) {
        return Optional.ofNullable(jump.slot()).orElseThrow();
    }

    private static End end(Jump jump) {
        return Optional.ofNullable(jump.end()).orElseThrow();
    }

    private static Person person(String id, String group) {
        return new Person(id, true, Set.of(Role.APPROVER, Role.REQUESTER), Set.of(group), false);
    }

    private static Instant paris(String local) {
        return LocalDateTime.parse(local).atZone(ZoneId.of("Europe/Paris")).toInstant();
    }

    @Test
    void theClockStartsAtApprovalNotAtTheRequest() throws Exception {
        Jump jump = asked(terms(1, null, null), whole(null, null));
        Instant later = T0.plus(Duration.ofMinutes(14));
        Jump open = jump.approved("erik", jump.offer(), "", later);
        assertEquals(later, slot(open).start());
        assertEquals(later.plus(Duration.ofHours(2)), slot(open).ends());
        assertEquals(JumpState.OPEN, open.state(later, false));
        assertEquals(JumpState.CONNECTED, open.state(later, true));
    }

    @Test
    void aFutureStartWaitsForItsTime() throws Exception {
        Instant wanted = T0.plus(Duration.ofHours(5));
        Jump jump = asked(terms(1, null, null), whole(wanted, Duration.ofMinutes(30)));
        Jump approved = jump.approved("erik", jump.offer(), "", T0.plusSeconds(60));
        assertEquals(JumpState.SCHEDULED, approved.state(wanted.minusMillis(1), false));
        assertFalse(approved.isOpen(wanted.minusMillis(1)));
        assertTrue(approved.isOpen(wanted));
        assertTrue(approved.isOpen(wanted.plus(Duration.ofMinutes(30)).minusMillis(1)));
        assertFalse(approved.isOpen(wanted.plus(Duration.ofMinutes(30))));
    }

    // Clocks in Paris go back on Sunday 2026-10-25 and forward on Sunday 2027-03-28: the window follows the wall.
    @Test
    void aWeeklyWindowKeepsItsWallTimeAcrossAChangeOfClocks() {
        assertEquals(Instant.parse("2026-10-24T04:00:00Z"), SATURDAY.opens(paris("2026-10-23T12:00")));
        assertEquals(Instant.parse("2026-10-31T05:00:00Z"), SATURDAY.opens(paris("2026-10-24T10:00")));
        assertEquals(Instant.parse("2027-03-27T05:00:00Z"), SATURDAY.opens(paris("2027-03-22T00:00")));
        assertEquals(Instant.parse("2027-04-03T04:00:00Z"), SATURDAY.opens(paris("2027-03-27T10:00")));
        Hours night = new Hours("night", List.of(DayOfWeek.SATURDAY), "22:00", "06:00", "Europe/Paris");
        Instant opened = night.opens(paris("2026-10-24T12:00"));
        assertEquals(Duration.ofHours(9), Duration.between(opened, night.closes(opened)), "an hour comes twice");
        opened = night.opens(paris("2027-03-27T12:00"));
        assertEquals(Duration.ofHours(7), Duration.between(opened, night.closes(opened)), "an hour is missing");
        Hours always = new Hours("always", List.of(DayOfWeek.values()), "00:00", "00:00", "UTC");
        assertTrue(always.closes(T0).isAfter(T0.plus(Duration.ofDays(15))));
    }

    @Test
    void aSessionWithAWindowStartsWhenItOpensAndEndsWhenItCloses() throws Exception {
        Terms terms = terms(1, null, SATURDAY);
        Jump jump = asked(terms, whole(null, null));
        Jump approved = jump.approved("erik", jump.offer(), "", T0.plusSeconds(1));
        assertEquals(paris("2026-11-28T06:00"), slot(approved).start());
        assertEquals(paris("2026-11-28T08:00"), slot(approved).ends());
        Jump late = asked(terms, whole(paris("2026-11-28T09:30"), null));
        Jump cut = late.approved("erik", late.offer(), "", T0.plusSeconds(1));
        assertEquals(paris("2026-11-28T10:00"), slot(cut).ends());
        assertEquals(Why.WINDOW, end(cut.due(paris("2026-11-28T10:00")).orElseThrow()).why());
    }

    @Test
    void anApproverApprovesOnlyInTheShift() throws Exception {
        Jump jump = asked(terms(1, SHIFT, null), whole(null, null));
        Eligibility.requireApprover(person("erik", "lead"), jump, paris("2026-11-27T13:59"));
        Refused refused = assertThrows(Refused.class, () -> Eligibility.requireApprover(person("erik", "lead"), jump,
                paris("2026-11-27T14:00")));
        assertEquals("not-in-shift", refused.code());
    }

    @Test
    void anApproverNeverApprovesHimself() throws Exception {
        Jump jump = asked(terms(1, null, null), whole(null, null));
        Person both = new Person("carl", true, Set.of(Role.values()), Set.of("lead", "acme"), true);
        assertEquals("own-request", assertThrows(Refused.class,
                () -> Eligibility.requireApprover(both, jump, T0)).code());
    }

    @Test
    void aRequestThatNobodyApprovesExpires() throws Exception {
        Jump jump = asked(terms(1, null, null), whole(null, null));
        Instant end = T0.plus(Duration.ofMinutes(15));
        assertTrue(jump.due(end.minusMillis(1)).isEmpty());
        assertEquals(Why.EXPIRED, end(jump.due(end).orElseThrow()).why());
        assertEquals("not-pending", assertThrows(Refused.class,
                () -> jump.approved("erik", jump.offer(), "", end)).code());
    }

    @Test
    void ofSeveralApprovalsEachIsOfAnotherPerson() throws Exception {
        Jump jump = asked(terms(2, null, null), whole(null, null));
        Jump one = jump.approved("erik", jump.offer(), "", T0.plusSeconds(10));
        assertEquals(JumpState.PENDING, one.state(T0.plusSeconds(10), false));
        assertEquals("approved-already", assertThrows(Refused.class,
                () -> Eligibility.requireApprover(person("erik", "lead"), one, T0.plusSeconds(11))).code());
        Eligibility.requireApprover(person("eva", "lead"), one, T0.plusSeconds(11));
        Jump two = one.approved("eva", one.offer(), "", T0.plusSeconds(20));
        assertEquals(T0.plusSeconds(20), slot(two).start());
    }

    @Test
    void theWarningComesWhenFourFifthsOfTheTimeAreOver() throws Exception {
        Jump jump = asked(terms(1, null, null), whole(null, Duration.ofMinutes(100)));
        Jump open = jump.approved("erik", jump.offer(), "", T0);
        assertFalse(open.isWarned(T0.plus(Duration.ofMinutes(80)).minusMillis(1)));
        assertTrue(open.isWarned(T0.plus(Duration.ofMinutes(80))));
        assertFalse(open.isWarned(T0.plus(Duration.ofMinutes(100))), "then it is over");
    }

    @Test
    void aPasswordWorksOnceAndNotForLong() {
        OneTimePasswords passwords = new OneTimePasswords();
        OneTimePasswords.Password first = passwords.make("a", T0, T0.plus(Duration.ofHours(1)));
        OneTimePasswords.Password second = passwords.make("a", T0, T0.plus(Duration.ofHours(1)));
        assertEquals(OneTimePasswords.Outcome.WRONG, use(passwords, first, T0), "the one before is void");
        assertEquals(OneTimePasswords.Outcome.RIGHT, use(passwords, second, T0.plusSeconds(299)));
        assertEquals(OneTimePasswords.Outcome.NONE, use(passwords, second, T0.plusSeconds(299)));
        OneTimePasswords.Password third = passwords.make("a", T0, T0.plusSeconds(20));
        assertEquals(T0.plusSeconds(20), third.expires(), "not longer than the session");
        assertEquals(OneTimePasswords.Outcome.EXPIRED, use(passwords, third, T0.plusSeconds(20)));
        OneTimePasswords.Password fourth = passwords.make("a", T0, T0.plusSeconds(20));
        for (int i = 0; i < 5; i++) {
            assertEquals(OneTimePasswords.Outcome.WRONG, passwords.use("a", "guess".toCharArray(), T0));
        }
        assertEquals(OneTimePasswords.Outcome.NONE, use(passwords, fourth, T0), "after five guesses it is void");
    }

    private static OneTimePasswords.Outcome use(OneTimePasswords passwords, OneTimePasswords.Password password,
            Instant at) {
        return passwords.use("a", password.text().toCharArray(), at);
    }

    @Test
    void oneCommandLeadsToManyTargets() {
        Ceiling ceiling = new Ceiling(POLICY);
        Command command = new Command("acme-7f3c", "gateway", 2222, "secret", T0, "SHA256:x",
                LocalPorts.of(BOTH, ceiling));
        assertEquals("ssh -N -p 2222 -L 127.0.0.1:1502:plc:502 -L 127.0.0.1:1503:plc-b:502 acme-7f3c@gateway",
                command.line());
        assertFalse(command.file().contains("secret"), "the file may lie about on a disk");
    }

    @Test
    void stepDownIsForEverybodyAndStepUpOnlyWithinWhatWasApproved() throws Exception {
        Ceiling ceiling = new Ceiling(POLICY);
        Jump jump = asked(terms(1, null, null), whole(null, null));
        Offer read = new Narrowing(ceiling).narrowed(jump.offer(), jump.terms(),
                new Wish(null, Access.READ, "", null, null), T0);
        Jump open = jump.approved("erik", read, "", T0);
        assertEquals("not-approved", assertThrows(Refused.class, () -> open.stepped(Access.WRITE, T0)).code());
        Jump raised = open.raised("erik", "", T0);
        assertEquals(Access.WRITE, raised.access());
        assertEquals(jump.offer().rules(), raised.offer().rules(), "not more than was asked for");
        assertEquals(Access.READ, raised.stepped(Access.READ, T0).access());
        assertTrue(raised.approvals().getLast().stepUp());
    }

    @Test
    void onlyWhatReadsIsLeftOfReading() throws Exception {
        Ceiling ceiling = new Ceiling(POLICY);
        Map<String, String> reading = ceiling.reading(ceiling.whole(BOTH));
        String text = Optional.ofNullable(reading.get("up")).orElseThrow();
        assertFalse(text.contains("write"), text);
        assertFalse(text.contains("value"), "a read has none: " + text);
        assertTrue(text.contains("address: 0..999"), text);
        assertEquals(List.of(), ceiling.problems(BOTH.getFirst(), text));
    }

    // Whatever approvers do, and in whatever order, nothing comes out that was not asked for.
    @Test
    void narrowingOnlyNarrows() throws Exception {
        long seed = 20261128;
        Random random = new Random(seed);
        Ceiling ceiling = new Ceiling(POLICY);
        Narrowing narrowing = new Narrowing(ceiling);
        Terms terms = terms(9, null, null);
        int narrowed = 0;
        for (int i = 0; i < 200; i++) {
            Offer before = whole(null, Duration.ofMinutes(60));
            for (int step = 0; step < 4; step++) {
                Wish wish = wish(random);
                try {
                    Offer after = narrowing.narrowed(before, terms, wish, T0);
                    assertTrue(before.targets().containsAll(after.targets()), () -> seed + " " + wish);
                    assertTrue(minutes(after) <= minutes(before), () -> seed + " " + wish);
                    for (Map.Entry<String, String> rules : after.rules().entrySet()) {
                        Map<String, String> within = ceiling.narrowed(
                                Map.of("up", before.rules("up")), Access.RULES, rules.getValue());
                        assertNotNull(within);
                        assertEquals(List.of(), ceiling.problems(BOTH.getFirst(), rules.getValue()));
                    }
                    before = after;
                    narrowed++;
                } catch (Refused e) {
                    assertTrue(e.status() == 400, e.sentence());
                }
            }
        }
        assertTrue(narrowed > 200, "too few were accepted: " + narrowed);
    }

    private static long minutes(Offer offer) {
        return Optional.ofNullable(offer.duration()).orElseThrow().toMinutes();
    }

    private static Wish wish(Random random) {
        List<Target> targets = new ArrayList<>(BOTH);
        if (random.nextInt(4) == 0) {
            targets.remove(random.nextInt(2));
        }
        int low = random.nextInt(1_100);
        String rules = "- {id: r1, do: " + (random.nextBoolean() ? "read" : "[read, write]")
                + ", unit: 1, space: holding, address: " + low + ".." + (low + random.nextInt(100))
                + ", value: 0.." + random.nextInt(2_000) + "}\n";
        if (rules.contains("do: read,")) {
            rules = rules.replaceAll(", value: [0-9.]+", "");
        }
        Access access = Access.values()[random.nextInt(3)];
        return new Wish(random.nextBoolean() ? null : targets, access, access == Access.RULES ? rules : "", null,
                random.nextBoolean() ? null : Duration.ofMinutes(1 + random.nextInt(90)));
    }

    // A session's states follow one another only forwards, whatever time does.
    @Test
    void timeOnlyEverMovesASessionOn() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            Jump jump = asked(terms(1, null, random.nextBoolean() ? SATURDAY : null),
                    whole(random.nextBoolean() ? T0.plusSeconds(random.nextInt(100_000)) : null, null));
            if (random.nextBoolean()) {
                jump = jump.approved("erik", jump.offer(), "", T0.plusSeconds(random.nextInt(900)));
            }
            Instant now = T0;
            int rank = -1;
            while (jump.end() == null) {
                now = now.plusSeconds(random.nextInt(5_000));
                jump = jump.due(now).orElse(jump);
                int next = jump.state(now, random.nextBoolean()).isOver() ? 3 : jump.isOpen(now) ? 2 : 1;
                assertTrue(next >= rank, jump + " at " + now);
                rank = next;
            }
            assertFalse(jump.isOpen(now));
            assertEquals(jump, jump.ended(new End(now, Why.ALL, "x", "")), "what is over stays as it ended");
        }
    }

    @Test
    void whatIsKeptIsReadAsItWas() throws Exception {
        Jump jump = asked(terms(2, SHIFT, SATURDAY), whole(T0, Duration.ofMinutes(7)));
        for (Jump each : List.of(jump, jump.approved("erik", jump.offer(), "ok", T0.plusSeconds(5)),
                jump.denied("erik", "no", T0.plusSeconds(5)))) {
            assertEquals(each, JumpStore.jump(JumpStore.text(each)));
        }
    }

    @Test
    void sourceNetworksAndGroupsDecideWhoMayAsk() {
        Terms t = new Terms("acme", true, List.of("10.99.0.0/16", "fd00::/8"), "lead", 1, Duration.ofMinutes(1), null,
                null, Duration.ofHours(1), null, false);
        assertTrue(Eligibility.objection("10.99.3.4", t).isEmpty());
        assertTrue(Eligibility.objection("fd00::9", t).isEmpty());
        assertTrue(Eligibility.objection("10.98.3.4", t).isPresent());
        Person good = new Person("carl", true, Set.of(Role.REQUESTER), Set.of("acme"), true);
        assertTrue(Eligibility.objection(good, t).isEmpty());
        assertTrue(Eligibility.objection(new Person("carl", false, good.roles(), good.groups(), true), t).isPresent());
        assertTrue(Eligibility.objection(new Person("carl", true, good.roles(), Set.of(), true), t).isPresent());
        assertTrue(Eligibility.objection(new Person("carl", true, good.roles(), good.groups(), false), t).isPresent());
    }
}
