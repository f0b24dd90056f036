package io.sluice.cli;

import static io.sluice.cli.Shell.sluice;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with the names of files shows before the run, not after it, and destroys nothing. */
class ReplayFilesTest {
    private static final String CAPTURE = Line3.CAPTURE.toString();
    private static final String POLICY = Line3.POLICY.toString();

    @TempDir
    Path folder;

    @Test
    void aWrongNameAmongManyShowsBeforeAnythingIsWritten() {
        Path log = folder.resolve("log.json");
        assertEquals(new Ran(3, "", "sluice: nowhere.pcap: there is no such file; check the name and the folder\n"),
                sluice("replay", CAPTURE, "nowhere.pcap", "--policy", POLICY, "--log", log.toString()));
        assertFalse(Files.exists(log));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--log", "--annotate", "--expect-out"})
    void aFolderThatIsNotThereIsNamed(String option) {
        Path nowhere = folder.resolve("nowhere");
        Ran ran = sluice("replay", CAPTURE, "--policy", POLICY, option, nowhere.resolve("out").toString());
        assertEquals(new Ran(3, "", "sluice: there is no folder `" + nowhere
                + "` in which to write `out`; make it, or give another name\n"), ran);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--log", "--annotate", "--expect-out"})
    void aFolderIsNotWritten(String option) {
        assertEquals(
                new Ran(3, "",
                        "sluice: `" + folder + "` is a folder and cannot be written as a file; give a file's name\n"),
                sluice("replay", CAPTURE, "--policy", POLICY, option, folder.toString()));
    }

    // The evidence of an incident may exist once; a slip of the keyboard must not overwrite it.
    @ParameterizedTest
    @ValueSource(strings = {"--log", "--annotate", "--expect-out"})
    void theCaptureItselfIsNeverOverwritten(String option) throws IOException {
        Path capture = Files.copy(Line3.CAPTURE, folder.resolve("incident.pcap"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), capture);
        for (Path name : new Path[]{capture, link}) {
            Ran ran = sluice("replay", capture.toString(), "--policy", POLICY, option, name.toString());
            assertEquals(3, ran.exitCode(), ran.out());
            assertTrue(ran.err().contains("which would destroy it"), ran.err());
            assertArrayEquals(Line3.bytes(), Files.readAllBytes(capture));
        }
    }

    @Test
    void thePolicyIsNotOverwrittenEither() throws IOException {
        Path policy = Files.copy(Line3.POLICY, folder.resolve("policy.yaml"));
        Ran ran = sluice("replay", CAPTURE, "--policy", policy.toString(), "--log", policy.toString());
        assertEquals(3, ran.exitCode(), ran.out());
        assertEquals(-1, Files.mismatch(Line3.POLICY, policy));
    }

    @Test
    void logAndCopyAreTwoFiles() {
        String out = folder.resolve("out").toString();
        Ran ran = sluice("replay", CAPTURE, "--policy", POLICY, "--log", out, "--annotate", out);
        assertEquals(new Ran(3, "", "sluice: --log and --annotate name the same file, `" + out + "`; give two\n"),
                ran);
    }
}
