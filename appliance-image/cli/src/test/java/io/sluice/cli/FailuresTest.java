package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One sentence for each way in which a run can end early; a stack trace only for those who ask. */
class FailuresTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aMistakeOfTheUserIsTheSentenceAlone() {
        assertEquals(3, end(new CouldNotRun("`x.yaml` is a folder; give the policy's file"), null));
        assertEquals("sluice: `x.yaml` is a folder; give the policy's file\n", Shell.text(err));
    }

    @Test
    void contradictingOptionsAreWrongUsage() {
        assertEquals(2, end(new WrongUsage("--port 0 is not a port"), null));
        assertEquals("sluice: --port 0 is not a port\ntry `sluice check --help`\n", Shell.text(err));
    }

    @Test
    void fileProblemsNameTheFileNotTheException() {
        assertEquals(3, end(new NoSuchFileException("a"), null));
        assertEquals(3, end(new AccessDeniedException("b"), null));
        assertEquals(3, end(new FileSystemException("c", null, "Is a directory"), null));
        assertEquals(3, end(new IOException("Stream closed"), null));
        assertEquals("""
                sluice: there is no file `a`
                sluice: permission is missing for `b`
                sluice: `c`: Is a directory
                sluice: reading or writing failed: Stream closed
                """, Shell.text(err));
    }

    @Test
    void aUsedUpMemorySaysHowToAllowMore() {
        assertEquals(3, end(new OutOfMemoryError("Java heap space"), null));
        assertTrue(Shell.text(err).contains("SLUICE_JAVA_OPTIONS=-Xmx1g"), Shell.text(err));
    }

    @Test
    void aBugIsOneSentenceAndItsDetailsAreInAFile() throws IOException {
        assertEquals(3, end(new IllegalStateException("boom"), null));
        String said = Shell.text(err);
        assertEquals(1, said.lines().count(), said);
        Matcher file = Pattern.compile("details in (\\S+)").matcher(said);
        assertTrue(file.find(), said);
        Path details = Path.of(file.group(1));
        String text = Files.readString(details);
        assertTrue(text.contains("IllegalStateException: boom") && text.contains("FailuresTest"), text);
        assertTrue(text.startsWith("sluice ") && text.contains("command: check"), text);
        Files.delete(details);
    }

    @Test
    void developersMayAskForTheTrace() {
        assertEquals(3, end(new IllegalStateException("boom"), "1"));
        assertTrue(Shell.text(err).contains("at io.sluice.cli.FailuresTest"), Shell.text(err));
    }

    @Test
    void zeroIsNotAskingForTheTrace() {
        end(new NoSuchFileException("a"), "0");
        assertFalse(Shell.text(err).contains("at io.sluice"), Shell.text(err));
    }

    private int end(Throwable e, @Nullable String debug) {
        Console console = Shell.console(new byte[0], new ByteArrayOutputStream(), err, false);
        return new Failures(console, debug).of(e, "check");
    }
}
