package io.sluice.cli;

import static io.sluice.cli.Shell.sluice;
import static io.sluice.cli.Shell.sluiceReading;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell.Ran;
import org.junit.jupiter.api.Test;

class ExplainCommandTest {
    @Test
    void anAllowedRequestNamesItsRule() {
        Ran ran = ask("hmi-3", "plc-3a", "write unit 1 holding 100 = 1500");
        assertEquals(0, ran.exitCode(), ran.err());
        assertTrue(ran.out().contains("allowed by `s2` of conduit `hmi-setpoints`"), ran.out());
        assertEquals("", ran.err());
    }

    @Test
    void aDeniedRequestGivesTheReasonOfTheRule() {
        Ran ran = ask("hmi-3", "plc-3a", "write unit 1 holding 118 = 0");
        assertEquals(1, ran.exitCode(), ran.err());
        assertTrue(ran.out().contains("`s9`") && ran.out().contains("safety trip limit, HAZOP 2024-11"), ran.out());
    }

    @Test
    void aRequestThatNoRuleNamesIsRefusedAndTheNearestRuleIsShown() {
        Ran ran = ask("hmi-3", "plc-3a", "write unit 1 holding 100 = 1501");
        assertEquals(1, ran.exitCode(), ran.err());
        assertTrue(ran.out().contains("no rule allows") && ran.out().contains("nearest is `s2`"), ran.out());
    }

    @Test
    void anUnknownPlaceOrRequestIsWrongUsage() {
        Ran place = ask("hmi-4", "plc-3a", "read unit 1 holding 100");
        assertEquals(2, place.exitCode());
        assertTrue(place.err().contains("`hmi-4`"), place.err());
        assertEquals(2, ask("hmi-3", "plc-3a", "wirte unit 1 holding 100").exitCode());
    }

    @Test
    void whatIsMissingIsNamed() {
        Ran ran = sluiceReading(Policies.SOUND, "explain", "-", "--from", "hmi-3", "--to", "plc-3a");
        assertEquals(2, ran.exitCode());
        assertTrue(ran.err().startsWith("sluice: --does is missing"), ran.err());
    }

    // Exit code 1 would say that the request is refused, which nobody knows.
    @Test
    void aPolicyWithProblemsCannotAnswer() {
        Ran ran = sluiceReading("policy: x\n", "explain", "-", "--from", "a", "--to", "b", "--does", "ping");
        assertEquals(3, ran.exitCode());
        assertEquals("", ran.out());
        assertTrue(ran.err().endsWith("sluice: policy `stdin` has problems and cannot decide\n"), ran.err());
    }

    @Test
    void defaultsAreListedWithoutAPolicy() {
        Ran ran = sluice("explain", "--defaults");
        assertEquals(0, ran.exitCode());
        assertTrue(ran.out().contains("ARP"), ran.out());
        assertEquals(2, sluice("explain", "p.yaml", "--defaults").exitCode());
    }

    private static Ran ask(String from, String to, String does) {
        return sluiceReading(Policies.SOUND, "explain", "-", "--from", from, "--to", to, "--does", does);
    }
}
