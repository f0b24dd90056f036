package io.sluice.cli;

import static io.sluice.cli.Shell.sluice;
import static io.sluice.cli.Shell.sluiceReading;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell.Ran;
import io.sluice.journal.JournalSettings.Detail;
import io.sluice.testdata.Captures;
import io.sluice.testdata.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LearnCommandTest {
    private static final String CAPTURE = Line3.CAPTURE.toString();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"modbus/line-3", "opcua/plain", "opcua/sign-basic256sha256", "opcua/encrypt-aes128"})
    void theProposalIsTheOneKept(String recording) {
        String capture = Captures.project("testdata/" + recording + "/capture.pcap").toString();
        Ran ran = sluice("learn", capture);
        assertEquals(0, ran.exitCode(), ran.err());
        Golden.check("testdata/" + recording + "/learnt.yaml", ran.out().replace(capture, "capture.pcap"));
    }

    // The order that docs/tuning.md tells: learn, check, replay.
    @Test
    void whatIsProposedPassesTheCheckAndJudgesTheRecording() {
        Path policy = folder.resolve("proposed.yaml");
        Ran learnt = sluice("learn", CAPTURE, "--out", policy.toString());
        assertEquals("", learnt.out());
        assertEquals(
                """
                        learnt: 11 rules in 2 conduits, 3 assets in 2 zones, 10 expectations
                        left out: 3 × Programs, diagnoses or administers the device, or nobody can tell: nothing to permit because it was seen
                        left out: 3 × Refused by the device each time
                        left out: 17 × Seen too seldom to be a habit
                        to decide: 7 rules marked DECIDE, which change a device
                        next: read %1$s, rename assets, decide; then sluice check %1$s and sluice replay CAPTURE --policy %1$s
                        """
                        .formatted(policy),
                learnt.err());
        Ran check = sluice("check", policy.toString());
        assertEquals(policy + ": no problems; policy `learnt` has 2 conduits with 11 rules; 10 expectations hold\n",
                check.out());
        Ran replay = sluice("replay", CAPTURE, "--policy", policy.toString());
        assertEquals(0, replay.exitCode());
        assertTrue(replay.out().contains("\n166 of 185 requests allowed, 19 denied;"), replay.out());
    }

    @Test
    void withoutWritesNothingThatChangesADeviceIsAllowed() throws IOException {
        Path policy = folder.resolve("reads.yaml");
        Ran learnt = sluice("learn", CAPTURE, "--without-writes", "--out", policy.toString());
        assertTrue(learnt.err().startsWith("learnt: 4 rules in 2 conduits"), learnt.err());
        String text = Files.readString(policy);
        assertEquals(0, text.lines().filter(line -> line.strip().startsWith("- {id: w")).count());
        assertEquals(7, text.lines().filter(line -> line.strip().startsWith("# - {id: w")).count());
        assertEquals(0, sluice("check", policy.toString()).exitCode());
    }

    @Test
    void aCaptureComesFromStandardInput() {
        Ran piped = sluiceReading(Line3.bytes(), "learn", "-");
        assertEquals(sluice("learn", CAPTURE).out().replace(CAPTURE, "standard input"), piped.out());
    }

    @Test
    void severalCapturesAreOneRecording() {
        Ran twice = sluice("learn", CAPTURE, CAPTURE);
        // What one recording has once, two have twice.
        assertTrue(twice.out().contains("do: read, unit: 1, space: coil, address: 0..15}"), twice.out());
        assertTrue(twice.out().contains("function 8/1 unit 1, 2 times, frames 355, 914"), twice.out());
    }

    @Test
    void zonesCanBeGiven() {
        Ran ran = sluice("learn", CAPTURE, "--zone", "cell-3=10.3.1.0/28", "--zone", "ops=10.3.1.96/28,10.3.1.77");
        assertTrue(ran.out().contains("  cell-3: {networks: [10.3.1.0/28]}  # as given\n"), ran.out());
        assertTrue(ran.out().contains("  ops:    {networks: [10.3.1.96/28, 10.3.1.77]}  # as given\n"), ran.out());
        assertEquals(2, sluice("learn", CAPTURE, "--zone", "cell-3").exitCode());
    }

    // The journal of a firewall that only monitors: refusals are what a new policy may have to allow.
    @Test
    void aJournalThatHasAllTeachesWhatItsCaptureTeaches() throws Exception {
        Path policy = Line3.policyWith(folder, "mode: enforce", "mode: monitor");
        Path journal = folder.resolve("journal");
        RecordedJournal.write(journal, Detail.ALL, Line3.CAPTURE, policy);
        Ran ran = sluice("learn", "--journal", journal.toString());
        assertEquals(0, ran.exitCode(), ran.err());
        for (String rule : new String[]{
                "do: read, unit: 1, space: holding, address: 0..19", "do: read, unit: 1, space: input, address: 0..9",
                "do: write, unit: 1, space: holding, address: [100, 102, 119], value: 0..1650",
                "do: write, unit: 1, space: coil, address: 12..13, value: 0..1"}) {
            assertTrue(ran.out().contains(rule), () -> "no " + rule + " in\n" + ran.out());
        }
        assertTrue(ran.out().contains("function 8/4 unit 1, 1 time"), ran.out());
        assertTrue(ran.out().contains("# Refused by the device each time:"), ran.out());
        // What its deny refuses is no habit, whatever the mode.
        assertTrue(ran.out().contains("# Refused by the firewall's policy:\n#   10.3.1.105 to 10.3.1.10, modbus on tcp"
                + " port 502: write unit 1 holding 118 = "), ran.out());
    }

    @Test
    void aJournalOfWritesTeachesWritesAndWhatWasRefused() throws Exception {
        Path journal = folder.resolve("journal");
        RecordedJournal.write(journal, Detail.WRITES, Line3.CAPTURE, Line3.POLICY);
        Ran ran = sluice("learn", "--journal", journal.toString());
        assertEquals(0, ran.exitCode(), ran.err());
        assertTrue(ran.out().contains("do: write, unit: 1, space: holding, address: 100, value: 0..825"), ran.out());
        assertTrue(!ran.out().contains("do: read"), ran.out());
        assertTrue(ran.out().contains("# Refused by the firewall's policy:"), ran.out());
    }

    @Test
    void nothingToLearnFromIsSaid() {
        Ran none = sluice("learn");
        assertEquals(new Ran(2, "", """
                sluice: name captures to learn from, or a journal with --journal FOLDER
                try `sluice learn --help`
                """), none);
        assertEquals(2, sluice("learn", CAPTURE, "--journal", folder.toString()).exitCode());
        Ran empty = sluice("learn", "--journal", folder.toString());
        assertEquals(
                new Ran(3, "", "sluice: there is no journal in `" + folder + "`; it is the folder journal/ below the"
                        + " firewall's data folder\n"),
                empty);
        Ran seldom = sluice("learn", CAPTURE, "--least", "1000");
        assertEquals(1, seldom.exitCode());
        assertEquals("", seldom.out());
        assertTrue(seldom.err().contains("nothing was seen that could be a rule, so there is no policy"), seldom.err());
    }

    @Test
    void optionsOutOfRangeAndWrongServicesAreUsage() {
        for (String[] wrong : new String[][]{{"--gap", "-1"}, {"--margin", "1001"}, {"--least", "0"},
                {"--prefix", "33"},
                {"--name", "a b"}, {"--service", "dnp3=20000"}, {"--service", "modbus"},
                {"--service", "modbus=4840"}}) {
            Ran ran = sluice("learn", CAPTURE, wrong[0], wrong[1]);
            assertEquals(2, ran.exitCode(), ran.err());
            assertTrue(ran.err().startsWith("sluice: " + wrong[0]), ran.err());
        }
    }

    @Test
    void aCaptureIsNeverOverwritten() throws IOException {
        Path copy = Files.write(folder.resolve("plant.pcap"), Line3.bytes());
        Ran ran = sluice("learn", copy.toString(), "--out", copy.toString());
        assertEquals(3, ran.exitCode());
        assertTrue(ran.err().contains("is a capture to learn from; give --out another name"), ran.err());
        assertEquals(Line3.bytes().length, Files.size(copy));
    }

    // The figures of docs/tuning.md.
    @Test
    void theWorkedExampleIsTheOneTold() {
        String folderOf = "testdata/modbus/line-3/";
        String learnt = Captures.project(folderOf + "learnt.yaml").toString();
        String tuned = Captures.project(folderOf + "tuned.yaml").toString();
        assertEquals(tuned + ": no problems; policy `line-3` has 2 conduits with 7 rules; 5 expectations hold\n",
                sluice("check", tuned).out());
        Ran compared = sluice("replay", CAPTURE, "--policy", tuned, "--baseline", learnt);
        assertEquals(1, compared.exitCode());
        assertTrue(compared.out().endsWith(
                "141 of 185 requests allowed, 44 denied; 1 flow without a conduit or a rule; 31 verdicts changed.\n"),
                compared.out());
    }
}
