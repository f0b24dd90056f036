package io.sluice.cli;

import static io.sluice.cli.Shell.sluice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditBundleCommandTest {
    @TempDir
    Path temporary;

    private String journal = "";
    private String key = "";
    private Path bundle = Path.of("");

    @BeforeEach
    void writeAJournal() throws IOException {
        journal = temporary.resolve("journal").toString();
        bundle = temporary.resolve("crane.zip");
        try (Journal writer = Journal.open(JournalSettings.in(Path.of(journal), "plant-3"))) {
            key = writer.key();
            writer.management("session-requested", Map.of("session", "s-7f3c", "person", "carl", "targets", "plc-3a"));
            writer.management("session-requested", Map.of("session", "s-0001", "person", "dora", "targets", "plc-9"));
            writer.management("session-approved", Map.of("session", "s-7f3c", "person", "erin", "targets", "plc-3a"));
        }
    }

    private Ran make(String session) {
        return sluice("audit", "bundle", "--session", session, journal, "--out", bundle.toString());
    }

    @Test
    void whoHasTheBundleAndTheKeyNeedsNothingElse() {
        Ran made = make("s-7f3c");
        assertEquals(0, made.exitCode(), made.err());
        assertTrue(made.out().startsWith("wrote 2 records and no recordings to `" + bundle + "`"), made.out());
        Ran checked = sluice("audit", "verify", bundle.toString(), "--key", key);
        assertEquals(0, checked.exitCode(), checked.out());
        assertTrue(checked.out().contains("approved by  erin, "), checked.out());
        assertTrue(checked.out().endsWith("proven: these records are in the journal as they were signed, and the report"
                + " says what they say\n"), checked.out());
        assertFalse(checked.out().contains("dora"), checked.out());
    }

    @Test
    void aBundleThatWasChangedProvesNothing() throws Exception {
        make("s-7f3c");
        try (FileSystem zip = FileSystems.newFileSystem(bundle)) {
            Path report = zip.getPath("/report.txt");
            Files.writeString(report, Files.readString(report).replace("erin", "fred"));
        }
        Ran ran = sluice("audit", "verify", bundle.toString(), "--key", key);
        assertEquals(1, ran.exitCode());
        assertTrue(ran.out().contains("NOT PROVEN: `report.txt` does not agree with the signed records: line 5 is"),
                ran.out());
    }

    @Test
    void whatCannotBePutTogetherIsSaidWhy() {
        Ran unknown = make("s-7f3d");
        assertEquals(3, unknown.exitCode());
        assertTrue(unknown.err().contains("the journal has no record of session `s-7f3d`"), unknown.err());
        assertFalse(Files.exists(bundle));
        Ran wrong = make("../x");
        assertEquals(2, wrong.exitCode());
        assertTrue(wrong.err().contains("`../x` names no session"), wrong.err());
        Ran nowhere = sluice("audit", "bundle", "--session", "s-7f3c", journal, "--recordings", bundle.toString());
        assertEquals(new Ran(3, "", "sluice: `" + bundle + "` is not a folder\n"), nowhere);
        make("s-7f3c");
        assertEquals(new Ran(3, "", "sluice: `" + bundle + "` exists already\n"), make("s-7f3c"));
    }
}
