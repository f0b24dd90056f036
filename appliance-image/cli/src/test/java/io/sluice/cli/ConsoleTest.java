package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    // A log file full of "12 %\r13 %" helps nobody.
    @Test
    void progressIsSilentUnlessMessagesReachAScreen() {
        Shell.console(new byte[0], out, err, false).progress("12 %");
        assertEquals("", Shell.text(err));
    }

    // The first line comes after a quarter of a second: a short run shows none.
    @Test
    void progressOfALongRunIsForTerminalsOnly() throws InterruptedException {
        ProgressLine screen = new ProgressLine(Shell.console(new byte[0], out, err, true));
        screen.at(1, 1, 10);
        assertEquals("", Shell.text(err));
        Thread.sleep(300);
        screen.at(65_536, 5, 10);
        assertTrue(Shell.text(err).matches("\\r\u001B\\[K65,536 packets, 50 %, \\d+ s"), Shell.text(err));
        err.reset();
        ProgressLine pipe = new ProgressLine(Shell.console(new byte[0], out, err, false));
        Thread.sleep(300);
        pipe.at(65_536, 5, 10);
        assertEquals("", Shell.text(err));
    }

    // A full disk loses the end of a report; a pipe whose reader has seen enough loses nothing that anybody wants.
    @Test
    void anAnswerThatDoesNotArriveIsSaidOnlyWhereAFileShouldHaveIt() {
        PrintStream full = new PrintStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        });
        full.println("a report");
        PrintStream said = new PrintStream(err, true, StandardCharsets.UTF_8);
        Optional<Path> file = Optional.of(Path.of("/var/report.txt"));
        assertEquals(file, new Console(System.in, full, said, false, false, file).undelivered());
        assertEquals(Optional.empty(), new Console(System.in, full, said, false, false).undelivered());
    }

    @Test
    void progressIsErasedBeforeAnythingElseIsSaid() {
        Console console = Shell.console(new byte[0], out, err, true);
        console.progress("12 %");
        console.err().print("done");
        console.clearProgress();
        assertEquals("\r\u001B[K12 %\r\u001B[Kdone", Shell.text(err));
    }
}
