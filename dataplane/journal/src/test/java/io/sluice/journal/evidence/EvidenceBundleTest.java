package io.sluice.journal.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.journal.JournalVerifier;
import io.sluice.journal.VerifierKey;
import io.sluice.journal.evidence.EvidenceCheck.Found;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvidenceBundleTest {
    @TempDir
    Path temporary;

    private Path journal = Path.of("");
    private Path bundle = Path.of("");
    private VerifierKey key;

    @BeforeEach
    void aSessionWithARecording() throws Exception {
        journal = temporary.resolve("journal");
        Path recordings = Files.createDirectory(temporary.resolve("recordings"));
        Files.write(recordings.resolve(RecordedSession.RECORDING), RecordedSession.RECORDED);
        Files.write(recordings.resolve("s-7f3c-20261128T094500.000Z.pcapng"), new byte[]{4});
        Files.write(recordings.resolve("s-7f3c-1-20261128T093000.000Z.pcapng"), new byte[]{1});
        RecordedSession.write(journal);
        key = JournalVerifier.keyIn(journal).orElseThrow();
        bundle = temporary.resolve("bundle.zip");
        EvidenceBundle.write(journal, key, "s-7f3c", recordings, bundle);
    }

    private Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                files.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        return files;
    }

    private Path zip(Map<String, byte[]> files) throws IOException {
        Path file = temporary.resolve("changed.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> one : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(one.getKey()));
                zip.write(one.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    private String problem(Path file) throws IOException {
        Found found = EvidenceCheck.check(file, key);
        assertFalse(found.problems().isEmpty(), "it was not noticed");
        found.problems().forEach(sentence -> assertTrue(sentence.length() > 20, sentence));
        return found.problems().getFirst();
    }

    @Test
    void whoHasTheKeyNeedsNeitherJournalNorNetwork() throws Exception {
        Found found = EvidenceCheck.check(bundle, key);
        assertEquals(List.of(), found.problems());
        assertEquals("s-7f3c", found.session());
        assertEquals(2, found.recordings());
        assertEquals(1, found.unsworn());
        assertTrue(EvidenceCheck.isBundle(bundle));
    }

    @Test
    void theReportTellsWhoAskedWhoApprovedAndWhatWasChanged() throws Exception {
        String report = EvidenceCheck.check(bundle, key).report();
        for (String line : List.of("Jump session s-7f3c\n", "asked by     carl, ",
                "reason       pump 3 stalls?forged line, ticket T-17",
                "approved by  erin, ", ", narrowed\n", "ended        ", "policy       00c0ffee\n",
                "changes      3 passed, 1 refused\n")) {
            assertTrue(report.contains(line), () -> line + " in " + report);
        }
        assertTrue(report.contains("unit 1 holding 120: (not seen) -> 7  passed"), report);
        assertTrue(report.contains("unit 1 holding 120: 7 -> 8  passed"), report);
        assertTrue(report.contains("unit 1 holding 121: (not seen) -> 9  passed"), report);
        assertTrue(report.contains("unit 1 holding 500: (not seen) -> 1  refused: default"), report);
        assertFalse(report.contains("dora"), report);
    }

    @Test
    void theSameJournalMakesTheSameBundle() throws Exception {
        Path again = temporary.resolve("again.zip");
        EvidenceBundle.write(journal, key, "s-7f3c", temporary.resolve("recordings"), again);
        assertArrayEquals(Files.readAllBytes(bundle), Files.readAllBytes(again));
    }

    @Test
    void noChangedByteOfAnyFileGoesUnnoticed() throws Exception {
        int changes = 0;
        for (String name : files().keySet()) {
            int length = files().get(name).length;
            for (int at = 0; at < length; at += Math.max(1, length / 12)) {
                Map<String, byte[]> changed = files();
                Objects.requireNonNull(changed.get(name))[at] ^= 1;
                String where = name + " at " + at;
                Found found = EvidenceCheck.check(zip(changed), key);
                assertFalse(found.problems().isEmpty(), where);
                changes++;
            }
        }
        assertTrue(changes > 100);
    }

    @Test
    void aFileThatIsTakenOutIsMissed() throws Exception {
        for (String name : files().keySet()) {
            Map<String, byte[]> fewer = files();
            fewer.remove(name);
            assertEquals("`" + name + "` is missing: it was taken out of the bundle", problem(zip(fewer)));
        }
    }

    // The manifest is signed by nobody: what makes a forged one worthless is that all it says follows from the proofs.
    @Test
    void aReportThatIsForgedTogetherWithItsDigestIsFound() throws Exception {
        Map<String, byte[]> forged = files();
        String report = text(forged, "report.txt").replace("approved by  erin", "approved by  fred");
        String manifest = text(forged, "manifest.json").replace(
                Digest.stored(Objects.requireNonNull(forged.get("report.txt"))).sha256(),
                Digest.stored(report.getBytes(StandardCharsets.UTF_8)).sha256());
        forged.put("report.txt", report.getBytes(StandardCharsets.UTF_8));
        forged.put("manifest.json", manifest.getBytes(StandardCharsets.UTF_8));
        String problem = problem(zip(forged));
        assertTrue(problem.startsWith("`report.txt` does not agree with the signed records: line "), problem);
        assertTrue(problem.contains("approved by  fred") && problem.contains("approved by  erin"), problem);
    }

    // Whoever makes the bundle makes its manifest, so only the digest that the journal has can speak for a recording.
    @Test
    void aRecordingThatWasExchangedBeforeTheBundleWasMadeIsFound() throws Exception {
        Path recordings = temporary.resolve("recordings");
        Files.write(recordings.resolve(RecordedSession.RECORDING), new byte[]{10, 13, 13, 10, 9, 9, 9});
        Path other = temporary.resolve("other.zip");
        EvidenceBundle.write(journal, key, "s-7f3c", recordings, other);
        String problem = problem(other);
        assertTrue(
                problem.startsWith("`recordings/" + RecordedSession.RECORDING + "` is not what was recorded: record "),
                problem);
    }

    private static String text(Map<String, byte[]> files, String name) {
        return new String(files.get(name), StandardCharsets.UTF_8);
    }

    @Test
    void anotherKeyProvesNothing() throws Exception {
        Path elsewhere = temporary.resolve("other");
        RecordedSession.write(elsewhere);
        VerifierKey other = JournalVerifier.keyIn(elsewhere).orElseThrow();
        String sentence = EvidenceCheck.check(bundle, other).problems().getFirst();
        assertTrue(sentence.contains("get the firewall's public key from the plant"), sentence);
        Map<String, byte[]> forged = files();
        forged.put("manifest.json", text(forged, "manifest.json").replace(key.toString(), other.toString())
                .getBytes(StandardCharsets.UTF_8));
        String forgery = EvidenceCheck.check(zip(forged), other).problems().getFirst();
        assertTrue(forgery.contains("is not signed by the key"), forgery);
    }

    @Test
    void namesThatLeadElsewhereAreRefused() throws Exception {
        for (String name : List.of("../../etc/cron.d/x", "/etc/passwd", "recordings/../../x.pcapng", "proofs/",
                "C:\\x", "recordings/s-7f3c\n.pcapng")) {
            Map<String, byte[]> more = files();
            more.put(name, new byte[]{1});
            String problem = problem(zip(more));
            assertTrue(problem.endsWith("which no bundle has: somebody else made it, do not unpack it"), problem);
        }
    }

    @Test
    void aFileThatUnpacksToGigabytesIsReadNoFurtherThanItMayBe() throws Exception {
        Path file = temporary.resolve("bomb.zip");
        byte[] zeros = new byte[1 << 20];
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> one : files().entrySet()) {
                zip.putNextEntry(new ZipEntry(one.getKey()));
                for (int i = 0; i < (one.getKey().equals("manifest.json") ? 80 : 0); i++) {
                    zip.write(zeros);
                }
                zip.write(one.getValue());
                zip.closeEntry();
            }
        }
        String problem = problem(file);
        assertTrue(problem.startsWith("`manifest.json` unpacks to more than "), problem);
    }

    @Test
    void aZipThatWasCutOrDamagedIsNoBundle() throws Exception {
        byte[] whole = Files.readAllBytes(bundle);
        Path cut = Files.write(temporary.resolve("cut.zip"), Arrays.copyOf(whole, whole.length / 2));
        assertTrue(problem(cut).contains("cannot be read as a zip file"));
    }

    @Test
    void aSessionThatTheJournalDoesNotKnowIsSaidToBe() {
        Path out = temporary.resolve("none.zip");
        String sentence = assertThrows(NoEvidence.class,
                () -> EvidenceBundle.write(journal, key, "s-7f3", null, out)).sentence();
        assertTrue(sentence.startsWith("the journal has no record of session `s-7f3`"), sentence);
        assertFalse(Files.exists(out));
    }
}
