package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs {@code sluice} inside the test's JVM and keeps what it printed. */
final class Shell {
    /** What a run printed and returned. Nobody is ever shown where in the program something went wrong. */
    record Ran(int exitCode, String out, String err) {
        Ran {
            assertFalse((out + err).contains("Exception") || (out + err).contains("\tat "), () -> out + err);
        }
    }

    private Shell() {}

    static Ran sluice(String... arguments) {
        return sluiceReading("", arguments);
    }

    /** The same with something on standard input. */
    static Ran sluiceReading(String in, String... arguments) {
        return sluiceReading(in.getBytes(StandardCharsets.UTF_8), arguments);
    }

    /** The same with a capture on standard input. */
    static Ran sluiceReading(byte[] in, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Main.run(console(in, out, err, false), arguments);
        return new Ran(exitCode, text(out), text(err));
    }

    static Console console(byte[] in, ByteArrayOutputStream out, ByteArrayOutputStream err, boolean terminal) {
        return new Console(new ByteArrayInputStream(in),
                new PrintStream(out, false, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal, terminal);
    }

    static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
