package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class ConsoleTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    // A log file full of "12 %\r13 %" helps nobody.
    @Test
    void progressIsSilentUnlessMessagesReachAScreen() {
        Shell.console("", out, err, false).progress("12 %");
        assertEquals("", Shell.text(err));
    }

    @Test
    void progressIsErasedBeforeAnythingElseIsSaid() {
        Console console = Shell.console("", out, err, true);
        console.progress("12 %");
        console.err().print("done");
        console.clearProgress();
        assertEquals("\r\u001B[K12 %\r\u001B[Kdone", Shell.text(err));
    }
}
