package io.sluice.cli;

import static io.sluice.cli.Shell.sluice;
import static io.sluice.cli.Shell.sluiceReading;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.sluice.capture.CaptureException;
import io.sluice.capture.CaptureInterface;
import io.sluice.capture.CaptureReader;
import io.sluice.cli.Shell.Ran;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
    void theCopyOfWhatIsDeniedHasNothingElse() throws IOException, InterruptedException {
        Path copy = folder.resolve("denied.pcapng");
        assertEquals(0, replay("--annotate", copy.toString(), "--only", "denied").exitCode());
        List<String> comments = Tool.tshark(copy, "-T", "fields", "-e", "frame.comment");
        assertTrue(comments.contains("sluice: deny by s9 (denied): write unit 1 holding 118 = 0"), comments.toString());
        assertTrue(comments.stream().noneMatch(c -> c.startsWith("sluice: allow")), comments.toString());
        long denied = comments.stream().filter(c -> c.startsWith("sluice: deny")).count();
        assertEquals(45 + 44, denied, "the refused requests and their answers, one in a frame");
        assertEquals(Tool.tshark(Line3.CAPTURE, "-Y", "frame.number == 303", "-T", "fields", "-e", "frame.time_epoch"),
                Tool.tshark(copy, "-Y", "frame.comment contains \"by s9\"", "-T", "fields", "-e", "frame.time_epoch")
                        .subList(0, 1));
    }

    // A copy that is read again must give the same verdicts, and by the same ports.
    @Test
    void severalCapturesGoIntoOneCopyWithTheirOwnInterfacesAndTimes()
            throws IOException, InterruptedException, CaptureException {
        Path copy = folder.resolve("both.pcapng");
        Path other = folder.resolve("micros.pcap");
        Files.write(other, microseconds(Files.readAllBytes(Line3.CAPTURE)));
        Ran ran = sluice("replay", Line3.CAPTURE.toString(), other.toString(), "--policy", Line3.POLICY.toString(),
                "--annotate", copy.toString());
        assertEquals(0, ran.exitCode(), ran.err());
        List<String> times = Tool.tshark(copy, "-T", "fields", "-e", "frame.interface_id", "-e", "frame.time_epoch");
        assertEquals(2 * Line3.FRAMES, times.size());
        List<String> first = Tool.tshark(Line3.CAPTURE, "-T", "fields", "-e", "frame.time_epoch");
        List<String> second = Tool.tshark(other, "-T", "fields", "-e", "frame.time_epoch");
        assertEquals("0\t" + first.getFirst(), times.getFirst());
        assertEquals("1\t" + second.getFirst(), times.get(Line3.FRAMES));
        assertEquals(List.of("capture.pcap", "micros.pcap"),
                Tool.tshark(copy, "-Y", "frame.number == 1 or frame.number == " + (Line3.FRAMES + 1), "-T", "fields",
                        "-e", "frame.interface_description"));
        try (CaptureReader reader = CaptureReader.open(copy)) {
            while (reader.next()) {
                assertTrue(reader.captured() > 0);
            }
            assertEquals(List.of(9, 6), reader.interfaces().stream().map(CaptureInterface::decimals).toList());
        }
    }

    /** The same packets, with times as most programs write them. */
    private static byte[] microseconds(byte[] capture) {
        ByteBuffer file = ByteBuffer.wrap(capture).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(0xA1B23C4D, file.getInt(0), "the recording has nanoseconds");
        file.putInt(0, 0xA1B2C3D4);
        for (int at = 24; at < capture.length; at += 16 + file.getInt(at + 8)) {
            file.putInt(at + 4, file.getInt(at + 4) / 1000);
        }
        return capture;
    }

    @Test
    void whatWasDeniedBecomesExpectationsThatThePolicyKeepsAndAWeakerOneBreaks() throws IOException {
        Path lines = folder.resolve("expect.yaml");
        assertEquals(0, replay("--expect-out", lines.toString()).exitCode());
        String written = Files.readString(lines);
        assertTrue(written.contains("  - {from: hmi-3, to: plc-3a, does: write unit 1 holding 118 = 0, then: deny s9}"
                + "  # frame 303"), written);
        assertTrue(
                written.contains("frame 218, 20 times: historian to plc-3a, read unit 1 holding 0..1: denied, its rate"
                        + " is used up")
                        && !written.contains("- {from: historian, to: plc-3a, does: read unit 1 holding 0..1,"),
                "an expectation takes rates as unused, so this one would not hold: " + written);
        assertEquals(0, check(Files.readString(Line3.POLICY) + written).exitCode(), written);
        Ran weaker = check(Files.readString(Line3.POLICY).replace("value: 0..1500", "value: 0..9999") + written);
        assertEquals(1, weaker.exitCode(), "a write beyond 1500 was denied");
        assertTrue(weaker.err().contains("expected `deny default`") || weaker.out().contains("expected `deny default`"),
                weaker.toString());
    }

    @Test
    void whatWasAllowedBecomesExpectationsToo() throws IOException {
        Path lines = folder.resolve("expect.yaml");
        assertEquals(0, replay("--expect-out", lines.toString(), "--expect-from", "allowed").exitCode());
        String written = Files.readString(lines);
        assertTrue(written.contains("then: allow h1") && !written.contains("then: deny"), written);
        assertEquals(0, check(Files.readString(Line3.POLICY) + written).exitCode(), written);
        assertEquals(1, check(Files.readString(Line3.POLICY).replace("{id: h1, do: read, space: [holding, input]",
                "{id: h1, do: read, space: [holding]") + written).exitCode());
        assertEquals(2, replay("--expect-from", "all").exitCode());
        assertEquals(2, replay("--only", "denied").exitCode());
    }

    private static Ran check(String policy) {
        return sluiceReading(policy, "check", "-");
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
