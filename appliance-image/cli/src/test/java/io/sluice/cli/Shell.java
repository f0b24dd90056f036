package io.sluice.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs {@code sluice} inside the test's JVM and keeps what it printed. */
final class Shell {
    /** What a run printed and returned. */
    record Ran(int exitCode, String out, String err) {}

    private Shell() {}

    static Ran sluice(String... arguments) {
        return sluiceReading("", arguments);
    }

    /** The same with something on standard input. */
    static Ran sluiceReading(String in, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Main.run(console(in, out, err, false), arguments);
        return new Ran(exitCode, text(out), text(err));
    }

    static Console console(String in, ByteArrayOutputStream out, ByteArrayOutputStream err, boolean terminal) {
        return new Console(new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, false, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal, terminal);
    }

    static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
