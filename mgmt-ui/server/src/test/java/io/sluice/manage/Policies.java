package io.sluice.manage;

import io.sluice.testdata.Captures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The project's own recording of a filling line and its policy. */
final class Policies {
    static final Path CAPTURE = Captures.project("testdata/modbus/line-3/capture.pcap");
    static final String LINE_3 = text(Captures.project("testdata/modbus/line-3/policy.yaml"));

    private Policies() {}

    /** The policy with another piece of text in place of one. */
    static String with(String text, String other) {
        if (!LINE_3.contains(text)) {
            throw new AssertionError("the policy has no `" + text + "`");
        }
        return LINE_3.replace(text, other);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
