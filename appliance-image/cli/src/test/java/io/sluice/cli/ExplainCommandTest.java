package io.sluice.cli;

import static io.sluice.cli.Shell.sluice;
import static io.sluice.cli.Shell.sluiceReading;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    @TempDir
    Path folder;

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

    // Frame 303 of the recording writes the safety trip limit; its README lists it.
    @Test
    void aFrameOfARecordingIsExplainedByTheRuleThatRefusedIt() {
        Ran ran = frame(303);
        assertEquals(1, ran.exitCode(), ran.err());
        assertTrue(ran.out().contains("hmi-3 (10.3.1.105:") && ran.out().contains("plc-3a (10.3.1.10:502)"), ran.out());
        assertTrue(ran.out().contains("request `write unit 1 holding 118 = 0`"), ran.out());
        assertTrue(ran.out().contains("refused by deny `s9` of conduit `hmi-setpoints`") && ran.out().contains("HAZOP"),
                ran.out());
    }

    @Test
    void theRuleThatAllowedAFrameIsNamedWithItsRate() {
        Ran ran = frame(6);
        assertEquals(0, ran.exitCode(), ran.err());
        assertTrue(ran.out().contains("allowed by `h1` of conduit `historian-reads-plc`"), ran.out());
        assertTrue(ran.out().contains("its rate is not used up at that time: 20/s burst 40"), ran.out());
    }

    // The one thing that words alone cannot tell: nothing is wrong with the request but what came before it.
    @Test
    void whatCameBeforeAFrameIsPartOfItsExplanation() throws IOException {
        Path scarce = Line3.policyWith(folder, "20/s burst 40", "1/h burst 3");
        Ran first = sluice("explain", scarce.toString(), Line3.CAPTURE + "#6");
        assertEquals(0, first.exitCode(), first.err());
        List<String> denied = deniedFrames(scarce, "its rate is used up");
        Ran later = sluice("explain", scarce.toString(), Line3.CAPTURE + "#" + denied.getFirst());
        assertEquals(1, later.exitCode(), later.err());
        assertTrue(later.out().contains("`h1` fits, but its rate is used up at that time: 1/h burst 3"), later.out());
    }

    @Test
    void framesCountOnThroughSeveralCaptures() {
        Ran ran = sluice("explain", Line3.POLICY.toString(), Line3.CAPTURE.toString(),
                Line3.CAPTURE + "#" + (Line3.FRAMES + 303));
        assertEquals(1, ran.exitCode(), ran.err());
        assertTrue(ran.out().contains("`s9`"), ran.out());
    }

    @Test
    void aConnectionThatIsNotLookedIntoIsExplainedAsAWhole() {
        Ran ran = frame(383);
        assertEquals(1, ran.exitCode(), ran.err());
        assertTrue(ran.out().contains("tcp port 502, judged as a whole") && ran.out().contains("no conduit joins them"),
                ran.out());
    }

    @Test
    void aFrameThatIsNotThereAndOneWithoutNumberAreWrongUsage() {
        Ran beyond = frame(9999);
        assertEquals(2, beyond.exitCode());
        assertTrue(beyond.err().startsWith("sluice: there is no frame 9999: the capture has 559"), beyond.err());
        assertEquals(2, sluice("explain", Line3.POLICY.toString(), Line3.CAPTURE.toString()).exitCode());
        assertEquals(2, sluice("explain", Line3.POLICY.toString(), Line3.CAPTURE + "#6", "--to", "plc-3a").exitCode());
    }

    /** The log is another way to the same verdicts. */
    private List<String> deniedFrames(Path policy, String detail) throws IOException {
        Path log = folder.resolve("log.jsonl");
        sluice("replay", Line3.CAPTURE.toString(), "--policy", policy.toString(), "--log", log.toString());
        return Files.readAllLines(log).stream().filter(l -> l.contains(detail))
                .map(l -> l.replaceAll("^.\"frame\":([0-9]+),.*", "$1")).toList();
    }

    private static Ran frame(int number) {
        return sluice("explain", Line3.POLICY.toString(), Line3.CAPTURE + "#" + number);
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
