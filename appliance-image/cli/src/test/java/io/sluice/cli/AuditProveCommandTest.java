package io.sluice.cli;

import static io.sluice.cli.Shell.sluice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell.Ran;
import io.sluice.journal.Journal;
import io.sluice.journal.JournalSettings;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditProveCommandTest {
    private static final String SEGMENT = "journal-0000000000000000.jsonl";

    @TempDir
    Path temporary;

    private Path folder = Path.of("");
    private String key = "";
    private Path proof = Path.of("");

    @BeforeEach
    void writeAJournal() throws IOException {
        folder = temporary.resolve("journal");
        proof = temporary.resolve("ann.tlog-proof");
        try (Journal journal = Journal.open(JournalSettings.in(folder, "plant-3"))) {
            key = journal.key();
            journal.management("session.approved", Map.of("person", "ann"));
            journal.management("session.ended", Map.of("person", "ann"));
        }
    }

    private String line(int number) throws IOException {
        return Files.readAllLines(folder.resolve(SEGMENT)).get(number - 1);
    }

    @Test
    void whoHasTheProofAndTheKeyNeedsNothingElse() throws Exception {
        Ran wrote = sluice("audit", "prove", SEGMENT + ":2", folder.toString(), "--out", proof.toString());
        assertEquals(new Ran(0, "wrote a proof of record 1 to `" + proof + "`; it shows this:\n" + line(2) + "\n", ""),
                wrote);
        Path pub = Files.copy(folder.resolve("journal.pub"), temporary.resolve("plant-3.pub"));
        String record = line(2);
        deleteTheJournal();
        Ran checked = sluice("audit", "verify", proof.toString(), "--key", pub.toString());
        assertEquals(new Ran(0, "proof       " + proof + "\nkey         " + key + "\ncheckpoint  4 records\n"
                + "record      number 1:\n" + record + "\n"
                + "proven: this record is in the journal, at this place, as it was signed\n", ""), checked);
    }

    private void deleteTheJournal() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    @Test
    void aProofOnStandardOutputIsTheSame() {
        Ran byNumber = sluice("audit", "prove", "1", folder.toString());
        assertEquals(0, byNumber.exitCode());
        assertTrue(byNumber.out().startsWith("c2sp.org/tlog-proof@v1\nextra "), byNumber.out());
        assertEquals(byNumber, sluice("audit", "prove", "/elsewhere/" + SEGMENT + ":2", folder.toString()));
    }

    @Test
    void aProofThatWasChangedProvesNothing() throws Exception {
        Ran one = sluice("audit", "prove", "1", folder.toString());
        Files.writeString(proof, one.out().replace("\nindex 1\n", "\nindex 2\n"));
        Ran ran = sluice("audit", "verify", proof.toString(), "--key", key);
        assertTrue(ran.out().contains("NOT PROVEN: the hashes do not lead from this record as number 2"), ran.out());
        assertEquals(1, ran.exitCode());
        Files.writeString(proof, one.out().substring(0, 100));
        Ran cut = sluice("audit", "verify", proof.toString(), "--key", key);
        assertTrue(cut.err().contains("cannot be read as a proof"), cut.err());
        assertEquals(3, cut.exitCode());
    }

    @Test
    void aProofIsCheckedByTheKeyOfTheJournalHereUnlessOneIsGiven() throws Exception {
        sluice("audit", "prove", "1", folder.toString(), "--out", proof.toString());
        Path config = SettingsFile.withDataIn(temporary);
        Ran here = sluice("audit", "verify", proof.toString(), "--config", config.toString());
        assertTrue(here.out().contains("key         " + key + "  (of the journal on this machine)\n"), here.out());
        assertEquals(0, here.exitCode());
        deleteTheJournal();
        Ran none = sluice("audit", "verify", proof.toString(), "--config", config.toString());
        assertTrue(none.err().contains("give the public key of the firewall that it comes from with --key"),
                none.err());
        assertEquals(3, none.exitCode());
    }

    @Test
    void theJournalMayBeThatOfTheSettingsOrABundle() throws Exception {
        Ran plain = sluice("audit", "prove", "2", folder.toString());
        assertEquals(plain, sluice("audit", "prove", "2", "--config", SettingsFile.withDataIn(temporary).toString()));
        Path bundle = temporary.resolve("evidence.zip");
        try (FileSystem zip = FileSystems.newFileSystem(bundle, Map.of("create", "true"));
                Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, zip.getPath("/" + file.getFileName()));
            }
        }
        assertEquals(plain, sluice("audit", "prove", "2", bundle.toString()));
    }

    @Test
    void whatCannotBeProvenIsSaidWhy() throws Exception {
        for (String wrong : List.of("ann", "-1", SEGMENT, SEGMENT + ":0", "1e3")) {
            Ran ran = sluice("audit", "prove", "--", wrong, folder.toString());
            assertTrue(ran.err().contains("`" + wrong + "` names no record"), ran.err());
            assertEquals(2, ran.exitCode());
        }
        Ran beyond = sluice("audit", "prove", "4", folder.toString());
        assertEquals(new Ran(3, "", "sluice: there is no record 4: the journal does not have so many\n"), beyond);
        Files.writeString(folder.resolve(SEGMENT),
                Files.readString(folder.resolve(SEGMENT)).replaceFirst("\"ann\"", "\"bob\""));
        Ran broken = sluice("audit", "prove", "2", folder.toString());
        assertTrue(broken.err().contains("the journal is not as it was signed, so it proves nothing"), broken.err());
        assertEquals(3, broken.exitCode());
    }
}
