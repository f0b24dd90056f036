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
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditVerifyCommandTest {
    @TempDir
    Path temporary;

    private Path folder = Path.of("");
    private String key = "";

    @BeforeEach
    void writeAJournal() throws IOException {
        folder = temporary.resolve("journal");
        try (Journal journal = Journal.open(JournalSettings.in(folder, "plant-3"))) {
            key = journal.key();
            journal.management("session.approved", Map.of("person", "ann"));
            journal.management("session.ended", Map.of("person", "ann"));
        }
    }

    private Path segment() {
        return folder.resolve("journal-0000000000000000.jsonl");
    }

    @Test
    void aSoundJournalIsSaidToBeSound() {
        Ran ran = sluice("audit", "verify", folder.toString());
        assertEquals("", ran.err());
        assertTrue(ran.out().contains("journal     " + folder + ", signed as `plant-3`\n"), ran.out());
        assertTrue(ran.out().contains("key         " + key + "  (the folder's own)\n"), ran.out());
        assertTrue(ran.out().contains("records     4, number 0 to 3, from 20"), ran.out());
        assertTrue(ran.out().endsWith("sound: nothing was changed, removed or added\n"), ran.out());
        assertEquals(0, ran.exitCode());
    }

    @Test
    void aChangedRecordIsNamedByFileAndLine() throws Exception {
        Files.writeString(segment(), Files.readString(segment()).replaceFirst("\"ann\"", "\"bob\""));
        Ran ran = sluice("audit", "verify", folder.toString(), "--key", key);
        assertTrue(ran.out().contains("BROKEN: journal-0000000000000000.jsonl, line 2: this record or one of the next"),
                ran.out());
        assertTrue(ran.out().endsWith("the records up to number 0 are as they were signed\n"), ran.out());
        assertEquals(1, ran.exitCode());
    }

    @Test
    void aBundleIsVerifiedLikeAFolder() throws Exception {
        Path bundle = temporary.resolve("evidence.zip");
        try (FileSystem zip = FileSystems.newFileSystem(bundle, Map.of("create", "true"));
                Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.copy(file, zip.getPath("/" + file.getFileName()));
            }
        }
        Ran ran = sluice("audit", "verify", bundle.toString());
        assertTrue(ran.out().endsWith("sound: nothing was changed, removed or added\n"), ran.out() + ran.err());
        assertEquals(0, ran.exitCode());
    }

    @Test
    void aKeyThatIsKnownFromElsewhereCounts() throws Exception {
        Path other = temporary.resolve("other");
        Journal.open(JournalSettings.in(other, "plant-3")).close();
        Ran ran = sluice("audit", "verify", folder.toString(), "--key", other.resolve("journal.pub").toString());
        assertTrue(ran.out().contains("is not signed by the key"), ran.out());
        assertEquals(1, ran.exitCode());
    }

    // Whoever runs the firewall knows its settings file, and not where its data lies.
    @Test
    void theSettingsSayWhereTheJournalAndItsKeyAre() throws Exception {
        Path config = SettingsFile.withDataIn(temporary);
        Ran ran = sluice("audit", "verify", "--config", config.toString());
        assertEquals("", ran.err());
        assertTrue(ran.out().contains("journal     " + folder + ", signed as `plant-3`\n"), ran.out());
        assertTrue(ran.out().contains("key         " + key + "  (the folder's own)\n"), ran.out());
        assertEquals(0, ran.exitCode());
        Ran both = sluice("audit", "verify", folder.toString(), "--config", config.toString());
        assertTrue(both.err().contains("both say which journal is meant"), both.err());
        assertEquals(2, both.exitCode());
        Files.writeString(config, "prots: {}\n");
        Ran broken = sluice("audit", "verify", "--config", config.toString());
        assertTrue(broken.err().contains("settings `" + config + "` have problems, the first of them: "), broken.err());
        assertEquals(3, broken.exitCode());
    }

    @Test
    void whatIsNoKeyIsWrongUsage() {
        Ran ran = sluice("audit", "verify", folder.toString(), "--key", "plant-3");
        assertTrue(ran.err().contains("`plant-3` is no public key and no file with one"), ran.err());
        assertTrue(ran.err().contains("try `sluice audit verify --help`"), ran.err());
        assertEquals(2, ran.exitCode());
    }

    @Test
    void whereThereIsNoJournalNothingCanBeSaid() throws Exception {
        Ran none = sluice("audit", "verify", temporary.resolve("missing").toString());
        assertEquals(3, none.exitCode());
        assertTrue(none.err().startsWith("sluice: there is no file "), none.err());
        Ran empty = sluice("audit", "verify", Files.createDirectory(temporary.resolve("empty")).toString(), "--key",
                key);
        assertEquals(3, empty.exitCode());
        assertTrue(empty.err().startsWith("sluice: there is no journal in "), empty.err());
        Ran noZip = sluice("audit", "verify", Files.writeString(temporary.resolve("text"), "no zip").toString());
        assertEquals(3, noZip.exitCode());
    }

    @Test
    void auditAloneIsWrongUsage() {
        assertEquals(new Ran(2, "", "sluice: no command was given\ntry `sluice audit --help`\n"), sluice("audit"));
    }
}
