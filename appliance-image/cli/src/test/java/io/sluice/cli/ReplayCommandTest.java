package io.sluice.cli;

import static io.sluice.cli.Shell.sluice;
import static io.sluice.cli.Shell.sluiceReading;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.sluice.cli.Shell.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the recording's README tells frame by frame, seen through the command. */
class ReplayCommandTest {
    private static final String CLOSING = "140 of 185 requests allowed, 45 denied;";

    @TempDir
    Path folder;

    @Test
    void theReportIsTextJsonOrAPage() {
        Ran text = replay();
        assertTrue(text.out().startsWith("capture     " + Line3.CAPTURE), text.out());
        assertTrue(text.out().contains("\n" + CLOSING), text.out());
        assertEquals("", text.err());
        assertEquals(0, text.exitCode());
        assertTrue(replay("--format", "html").out().startsWith("<!doctype html>"));
    }

    @Test
    void theReportForProgramsIsOneObject() throws IOException {
        String text = replay("--format", "json").out();
        int topLevel = 0;
        try (JsonParser report = new JsonFactory().createParser(text)) {
            while (report.nextToken() != null) {
                topLevel += report.getParsingContext().inRoot() ? 1 : 0;
            }
        }
        assertEquals(1, topLevel, "its end brings the reader back to the root once: " + text);
        assertTrue(text.contains("\"line-3\""), text);
    }

    // IEC 62443-4-2 CR 6.1 asks for audit records that can be relied on; a log that depends on the run could not.
    @Test
    void theLogIsTheSameEveryTime() throws IOException {
        Path first = folder.resolve("first.json");
        Path second = folder.resolve("second.json");
        assertEquals(replay("--log", first.toString()), replay("--log", second.toString()));
        assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
        List<String> lines = Files.readAllLines(first);
        assertTrue(lines.getFirst().contains("\"verdict\":\"allow\",\"reason\":\"allowed\",\"rule\":\"h1\""),
                lines.getFirst());
        assertEquals(185 + 184 + 1, lines.size(), "requests, answers, and the laptop's connection");
    }

    @Test
    void theCopyHasItsVerdictsAsCommentsThatWiresharkReads() throws IOException, InterruptedException {
        Path copy = folder.resolve("judged.pcapng");
        assertEquals(0, replay("--annotate", copy.toString()).exitCode());
        List<String> comments = Tool.tshark(copy, "-T", "fields", "-e", "frame.comment");
        assertEquals(Line3.FRAMES, comments.size());
        assertEquals("sluice: allow by h1 (allowed): read unit 1 holding 0..19", comments.get(6 - 1));
        assertEquals("sluice: deny by s9 (denied): write unit 1 holding 118 = 0", comments.get(303 - 1));
        assertEquals("sluice: flow refused: tcp port 502", comments.get(383 - 1));
        assertEquals("", comments.getFirst(), "an ARP request has no verdict");
        assertEquals(Tool.tshark(Line3.CAPTURE, "-T", "fields", "-e", "frame.time_epoch", "-e", "tcp.payload"),
                Tool.tshark(copy, "-T", "fields", "-e", "frame.time_epoch", "-e", "tcp.payload"));
    }

    @Test
    void changedVerdictsAreToldFromTheBaseline() throws IOException {
        Ran same = replay("--baseline", Line3.POLICY.toString());
        assertTrue(same.out().contains("No verdict differs from the baseline `line-3`"), same.out());
        assertEquals(0, same.exitCode());
        // 119 = 1500 (frame 282) and 105..106 = 5, 1500 (frame 288) are above the new limit, each with its answer.
        Path stricter = Line3.policyWith(folder, "value: 0..1500", "value: 0..1000");
        Ran changed = sluice("replay", Line3.CAPTURE.toString(), "--policy",
                withoutExpectations(stricter).toString(), "--baseline", Line3.POLICY.toString());
        assertTrue(changed.out().contains("frames 282, 288"), changed.out());
        assertEquals(1, changed.exitCode());
    }

    // Another id, or another rule that says the same, is no change of what passes.
    @Test
    void renamedRulesChangeNoVerdict() throws IOException {
        Path renamed = withoutExpectations(Line3.policyWith(folder, "id: s2", "id: setpoints"));
        Ran ran = sluice("replay", Line3.CAPTURE.toString(), "--policy", renamed.toString(), "--baseline",
                Line3.POLICY.toString());
        assertEquals(0, ran.exitCode(), ran.out());
    }

    @Test
    void severalCapturesAreOneRecording() {
        String file = Line3.CAPTURE.toString();
        Ran ran = sluice("replay", file, file, "--policy", Line3.POLICY.toString());
        assertTrue(ran.out().contains("frames 560..1118"), ran.out());
        assertTrue(ran.out().contains("1 118 packets"), ran.out());
        assertEquals(0, ran.exitCode());
    }

    @Test
    void theInlineProfileStopsTheStrangerAtItsFirstPacket() {
        Ran ran = replay("--profile", "inline");
        assertTrue(ran.out().contains("profile     inline"), ran.out());
        assertTrue(ran.out().contains("What was done"), ran.out());
        assertEquals(0, ran.exitCode());
    }

    @Test
    void captureOrPolicyComeFromStandardInputButNotBoth() throws IOException {
        String policy = Line3.POLICY.toString();
        assertTrue(sluiceReading(Line3.bytes(), "replay", "-", "--policy", policy).out().contains(CLOSING));
        assertTrue(sluiceReading(Files.readString(Line3.POLICY), "replay", Line3.CAPTURE.toString(), "--policy", "-")
                .out().contains(CLOSING));
        Ran both = sluiceReading(Line3.bytes(), "replay", "-", "--policy", policy, "--baseline", "-");
        assertEquals(new Ran(2, "", """
                sluice: standard input can be read only once, but `-` is given 2 times
                try `sluice replay --help`
                """), both);
    }

    @Test
    void aPolicyWithProblemsIsRefusedWithAllOfThem() throws IOException {
        Path bad = Line3.policyWith(folder, "unit: 1", "unti: 1");
        Ran ran = sluice("replay", Line3.CAPTURE.toString(), "--policy", bad.toString());
        assertTrue(ran.err().contains(bad + ":") && ran.err().contains("did you mean `unit`?"), ran.err());
        assertTrue(ran.err().endsWith("sluice: policy `" + bad + "` has problems and cannot decide\n"), ran.err());
        assertEquals("", ran.out());
        assertEquals(3, ran.exitCode());
    }

    /** The line-3 recording under its policy, with some options. */
    private static Ran replay(String... options) {
        List<String> arguments = new ArrayList<>(
                List.of("replay", Line3.CAPTURE.toString(), "--policy", Line3.POLICY.toString()));
        arguments.addAll(List.of(options));
        return sluice(arguments.toArray(String[]::new));
    }

    private static Path withoutExpectations(Path policy) throws IOException {
        String text = Files.readString(policy);
        return Files.writeString(policy, text.substring(0, text.indexOf("\nexpect:") + 1));
    }
}
