package io.sluice.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.journal.RecordProof.NoProof;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordProofTest {
    private static final int RECORDS = 150;

    @TempDir(factory = InMemory.class)
    Path folder;

    private VerifierKey key;
    private List<String> lines = List.of();

    @BeforeEach
    void writeSomeSegments() throws IOException {
        try (Journal journal = Folders.open(folder)) {
            Folders.write(journal, RECORDS);
        }
        key = JournalVerifier.keyIn(folder).orElseThrow();
        lines = Lines.of(folder);
        assertTrue(Folders.segments(folder).size() >= 4);
    }

    private String sentence(long index) {
        return assertThrows(NoProof.class, () -> RecordProof.of(folder, key, index)).sentence();
    }

    @Test
    void eachRecordCanBeProvenToWhoHasOnlyTheKey() throws Exception {
        for (int i = 0; i < lines.size(); i++) {
            RecordProof read = RecordProof.parse(RecordProof.of(folder, key, i).text());
            assertEquals(Optional.empty(), read.problem(key));
            assertEquals(lines.get(i), read.record());
            assertEquals(i, read.index());
            assertEquals(lines.size(), read.covered());
        }
    }

    // https://c2sp.org/tlog-proof: the version, extra, index, hashes from the leaf up, an empty line, the checkpoint.
    @Test
    void itsTextIsWhatToolsOfTransparencyLogsRead() throws Exception {
        List<String> text = List.of(RecordProof.of(folder, key, 97).text().split("\n", -1));
        assertEquals("c2sp.org/tlog-proof@v1", text.get(0));
        assertEquals("extra " + Base64.getEncoder().encodeToString(lines.get(97).getBytes(StandardCharsets.UTF_8)),
                text.get(1));
        assertEquals("index 97", text.get(2));
        int empty = text.indexOf("");
        // 152 records: 128 + 16 + 8, so the way from record 97 is 7 up in the first and one to the rest.
        assertEquals(8, empty - 3);
        String neighbour = Base64.getEncoder()
                .encodeToString(new Hashes().leaf(lines.get(96).getBytes(StandardCharsets.UTF_8)));
        assertEquals(neighbour, text.get(3));
        assertEquals(List.of("test", Integer.toString(RECORDS + 2)), text.subList(empty + 1, empty + 3));
        assertEquals("", text.get(empty + 4));
        assertTrue(text.get(empty + 5).startsWith("— test "));
    }

    @Test
    void noChangeOfAProofGoesUnnoticed() throws Exception {
        String text = RecordProof.of(folder, key, 97).text();
        SplittableRandom random = new SplittableRandom(4);
        int changes = 0;
        for (int i = 0; i < text.length(); i += 1 + random.nextInt(3)) {
            char other = (char) (text.charAt(i) ^ 1);
            String changed = text.substring(0, i) + other + text.substring(i + 1);
            try {
                RecordProof proof = RecordProof.parse(changed);
                boolean holds = proof.problem(key).isEmpty();
                // The last character of base64 has bits that mean nothing.
                assertTrue(!holds || proof.text().equals(text), changed);
                changes++;
            } catch (NoProof noneAtAll) {
                changes++;
            }
        }
        assertTrue(changes > 300);
    }

    @Test
    void theSameRecordAtAnotherPlaceIsNotProven() throws Exception {
        String text = RecordProof.of(folder, key, 97).text().replace("\nindex 97\n", "\nindex 96\n");
        String problem = RecordProof.parse(text).problem(key).orElseThrow();
        assertTrue(problem.contains("do not lead from this record as number 96 to the root"), problem);
    }

    @Test
    void anotherKeyProvesNothing() throws Exception {
        RecordProof proof = RecordProof.of(folder, key, 3);
        Path elsewhere = folder.resolve("other");
        Folders.open(elsewhere).close();
        VerifierKey other = JournalVerifier.keyIn(elsewhere).orElseThrow();
        assertTrue(proof.problem(other).orElseThrow().startsWith("its checkpoint is not signed by the key `test+"));
        assertTrue(assertThrows(NoProof.class, () -> RecordProof.of(folder, other, 3)).sentence()
                .contains("is signed by the key"));
    }

    @Test
    void whatIsNotThereIsSaidToBe() {
        assertEquals("there is no record 152: the journal does not have so many", sentence(152));
    }

    @Test
    void aRecordThatNoCheckpointCoversIsNotProvenYet() throws Exception {
        Path inUse = folder.resolve("in-use");
        try (Journal journal = Folders.open(inUse, JournalLimits.DEFAULT)) {
            Folders.write(journal, 20);
            VerifierKey its = JournalVerifier.keyIn(inUse).orElseThrow();
            String sentence = assertThrows(NoProof.class, () -> RecordProof.of(inUse, its, 15)).sentence();
            assertTrue(sentence.startsWith("record 15 is not signed yet"), sentence);
            journal.checkpoint();
            assertEquals(Optional.empty(), RecordProof.of(inUse, its, 15).problem(its));
        }
    }

    // Retention deletes whole segments; a proof needs only what their successor says of them.
    @Test
    void whereEarlierSegmentsAreGoneTheOthersAreProven() throws Exception {
        Segment oldest = Folders.segments(folder).getFirst();
        long first = Folders.segments(folder).get(1).first();
        Files.delete(oldest.file());
        Files.delete(oldest.checkpoints());
        assertEquals(Optional.empty(), RecordProof.of(folder, key, first).problem(key));
        assertEquals("record 0 is deleted: the oldest that is there is number " + first, sentence(0));
    }

    @Test
    void aJournalThatWasChangedProvesNothing() throws Exception {
        Path file = Folders.segments(folder).get(1).file();
        Files.writeString(file, Files.readString(file).replaceFirst("\"number\":\"", "\"number\":\"9"));
        assertTrue(sentence(3).startsWith("the journal is not as it was signed"), sentence(3));
    }

    @Test
    void aLineOfASegmentIsARecord() {
        assertEquals(OptionalLong.of(1168), RecordProof.indexOf("journal-0000000000001166.jsonl:3"));
        assertEquals(OptionalLong.of(1166), RecordProof.indexOf("/var/lib/j/journal-0000000000001166.jsonl:1:"));
        for (String other : List.of("1166", "journal-1166.jsonl:3", "journal-0000000000001166.jsonl:0",
                "journal-0000000000001166.jsonl", "")) {
            assertEquals(OptionalLong.empty(), RecordProof.indexOf(other));
        }
    }

    @Test
    void whatIsNoProofIsSaidWhy() {
        for (String text : List.of("", "\n\n", "c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v1\n\n",
                "c2sp.org/tlog-proof@v1\nindex 1\n\n", "c2sp.org/tlog-proof@v1\nextra e30=\nindex 01\n\n",
                "c2sp.org/tlog-proof@v1\nextra ?\nindex 1\n\n", "c2sp.org/tlog-proof@v1\nextra e30=\nindex 1\ne30=\n\n",
                "c2sp.org/tlog-proof@v1\nextra e30=\nindex 1\n\ntest\n")) {
            assertFalse(assertThrows(NoProof.class, () -> RecordProof.parse(text), text).sentence().isEmpty());
        }
    }
}
