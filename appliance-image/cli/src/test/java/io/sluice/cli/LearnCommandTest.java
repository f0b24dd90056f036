package io.sluice.cli;

import static io.sluice.cli.Shell.sluice;
import static io.sluice.cli.Shell.sluiceReading;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell.Ran;
import io.sluice.journal.JournalSettings.Detail;
import io.sluice.testdata.Captures;
import io.sluice.testdata.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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

    // Captures of several days and places are gathered apart; together they say what they say at once.
    @Test
    void whatWasKeptApartAndPutTogetherIsWhatIsLearntAtOnce() throws IOException {
        String other = Captures.project("testdata/opcua/plain/capture.pcap").toString();
        String third = Captures.project("testdata/modbus/pipelined/capture.pcap").toString();
        Path one = folder.resolve("one.seen");
        Path two = folder.resolve("two.seen");
        Ran kept = sluice("learn", CAPTURE, "--save", one.toString());
        assertEquals(0, kept.exitCode(), kept.err());
        assertEquals("", kept.out());
        assertTrue(kept.err().matches("kept: [0-9]+ observations of 1 recording in " + one + "\n"), kept.err());
        assertEquals(0, sluice("learn", other, third, "--save", two.toString()).exitCode());
        String atOnce = sluice("learn", CAPTURE, other, third).out();
        assertEquals(atOnce, sluice("learn", "--from", one.toString(), "--from", two.toString()).out());
        // Captures on top of what was kept, and what was kept replaced by both.
        assertEquals(atOnce, sluice("learn", "--from", one.toString(), other, third).out());
        assertEquals(0, sluice("learn", other, third, "--from", one.toString(), "--save", one.toString()).exitCode());
        assertEquals(atOnce, sluice("learn", "--from", one.toString()).out());
        assertTrue(atOnce.contains("capture.pcap (frames 1..559), "), atOnce);
        // Equal observations are equal bytes.
        Path again = folder.resolve("again.seen");
        assertEquals(0, sluice("learn", CAPTURE, other, third, "--save", again.toString()).exitCode());
        assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(again));
    }

    @Test
    void filesThatKeepNothingAreRefusedWithASentence() throws IOException {
        Path kept = folder.resolve("kept.seen");
        assertEquals(0, sluice("learn", CAPTURE, "--save", kept.toString()).exitCode());
        byte[] bytes = Files.readAllBytes(kept);
        Path bad = folder.resolve("bad.seen");
        for (int i = 0; i < bytes.length; i += 97) {
            byte[] flipped = bytes.clone();
            flipped[i] ^= 0x41;
            Files.write(bad, flipped);
            requireRefused(bad);
            Files.write(bad, Arrays.copyOf(bytes, i));
            requireRefused(bad);
        }
        Files.write(bad, Line3.bytes());
        assertEquals("sluice: `" + bad + "` cannot be learnt from: it does not begin like a file that `sluice learn"
                + " --save` wrote\n", sluice("learn", "--from", bad.toString()).err());
        assertEquals(3, sluice("learn", "--from", folder.resolve("none").toString()).exitCode());
        assertEquals(3, sluice("learn", CAPTURE, "--save", folder.resolve("no/such.seen").toString()).exitCode());
    }

    /** The header of gzip has bytes that mean nothing; then the file is what it was. */
    private static void requireRefused(Path bad) {
        Ran ran = sluice("learn", "--from", bad.toString());
        if (ran.exitCode() != 0) {
            assertEquals(3, ran.exitCode(), ran.err());
            assertTrue(ran.err().startsWith("sluice: `" + bad + "` cannot be learnt from: "), ran.err());
        } else {
            assertEquals(sluice("learn", CAPTURE).out(), ran.out());
        }
    }

    // One page for a meeting: what was seen, what would be refused, what changes, what is proposed.
    @ParameterizedTest
    @ValueSource(strings = {"en", "de"})
    void aPageTellsWhatIsProposedAndWhatItWouldRefuse(String language) throws IOException {
        Path policy = folder.resolve("proposed.yaml");
        Path file = folder.resolve("meeting.html");
        Ran ran = sluice("learn", CAPTURE, "--out", policy.toString(), "--html", file.toString(), "--lang", language,
                "--baseline", Line3.POLICY.toString());
        assertEquals(0, ran.exitCode(), ran.err());
        assertEquals(sluice("learn", CAPTURE).out(), Files.readString(policy));
        String page = Files.readString(file);
        List<String> sections = List.of("short", "matrix", "blocked", "proposed", "left-out", "places", "changes",
                "summary", "conduits");
        int at = 0;
        for (String section : sections) {
            int next = page.indexOf("<section id=\"" + section + "\"");
            assertTrue(next > at, section);
            at = next;
        }
        boolean german = language.equals("de");
        // The numbers of the worked example in docs/tuning.md.
        assertTrue(page.contains(german
                ? "19 von 185 Anfragen (10,3 %) w\u00fcrden gesperrt."
                : "19 of 185 requests (10.3 %) would be blocked."), "short");
        assertTrue(page.contains(german
                ? "<b>7</b> <span>Regeln, die ein Mensch entscheiden muss"
                : "<b>7</b> <span>rules"
                        + " for a person to decide"),
                "tiles");
        String proposed = page.substring(page.indexOf("id=\"proposed\""), page.indexOf("id=\"changes\""));
        assertTrue(proposed.contains("do: write, unit: 1, space: holding, address: 104, value: 60..540, rate: 5/s burst"
                + " 10"), "rule");
        assertTrue(proposed.contains("333, 336, 338 \u2026"), "frames");
        assertTrue(proposed.contains("2026-11-21 23:35:37 \u2013 23:35:37"), "when");
        assertTrue(proposed.contains(german
                ? "ENTSCHEIDEN: dies ver\u00e4ndert das Ger\u00e4t"
                : "DECIDE: this changes the"
                        + " device"),
                "decision");
        assertTrue(proposed.contains("function 90/65 unit 1"), "left out");
        assertTrue(proposed.contains("10.3.1.77"), "the laptop");
    }

    @Test
    void aPageOfWhatCannotBeReadAgainSaysOnlyWhatIsProposed() throws Exception {
        Path kept = folder.resolve("kept.seen");
        Path file = folder.resolve("meeting.html");
        assertEquals(0, sluice("learn", CAPTURE, "--save", kept.toString()).exitCode());
        Ran ran = sluice("learn", "--from", kept.toString(), "--html", file.toString());
        assertEquals(0, ran.exitCode(), ran.err());
        assertTrue(ran.err().contains("not what would be refused: that needs captures that can be read again"),
                ran.err());
        String page = Files.readString(file);
        assertTrue(page.contains("11 rules proposed in 2 conduits; 7 for a person to decide."), page);
        assertTrue(page.contains("id=\"proposed\"") && !page.contains("id=\"blocked\""), page);
    }

    @Test
    void outputsThatContradictOneAnotherAreRefused() {
        String page = folder.resolve("p.html").toString();
        assertEquals(2, sluice("learn", CAPTURE, "--lang", "de").exitCode());
        assertEquals(2, sluice("learn", CAPTURE, "--baseline", Line3.POLICY.toString()).exitCode());
        assertEquals(2, sluice("learn", CAPTURE, "--save", "-").exitCode());
        assertEquals(3, sluice("learn", CAPTURE, "--html", page, "--out", page).exitCode());
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
    void thatAJournalDoesNotTellOfChannelsIsSaid() throws Exception {
        String said = "a journal does not tell what secure channels were like, so no `channel` is proposed from it";
        Path opcua = folder.resolve("opcua");
        String plain = "testdata/opcua/plain/";
        RecordedJournal.write(opcua, Detail.ALL, Captures.project(plain + "capture.pcap"),
                Captures.project(plain + "policy.yaml"));
        Ran ran = sluice("learn", "--journal", opcua.toString());
        assertEquals(0, ran.exitCode(), ran.err());
        assertTrue(ran.err().contains(said), ran.err());
        Path modbus = folder.resolve("modbus");
        RecordedJournal.write(modbus, Detail.ALL, Line3.CAPTURE, Line3.POLICY);
        assertFalse(sluice("learn", "--journal", modbus.toString()).err().contains(said));
        assertFalse(sluice("learn", Captures.project(plain + "capture.pcap").toString()).err().contains(said));
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
        assertEquals(
                new Ran(2, "",
                        """
                                sluice: name captures to learn from, a journal with --journal FOLDER, or with --from FILE what an earlier run kept
                                try `sluice learn --help`
                                """),
                none);
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
        assertTrue(ran.err().contains("is to be read, too; give --out another name"), ran.err());
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
