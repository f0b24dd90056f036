package io.sluice.cli;

import io.sluice.testdata.Captures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The project's own recording of a filling line, described frame by frame in its README, and its policy. */
final class Line3 {
    static final Path CAPTURE = Captures.project("testdata/modbus/line-3/capture.pcap");
    static final Path POLICY = Captures.project("testdata/modbus/line-3/policy.yaml");
    static final int FRAMES = 559;

    private Line3() {}

    /** A copy of the policy with another piece of text in place of one. */
    static Path policyWith(Path folder, String text, String other) throws IOException {
        String policy = Files.readString(POLICY);
        if (!policy.contains(text)) {
            throw new AssertionError("the policy has no `" + text + "`");
        }
        return Files.writeString(folder.resolve("changed.yaml"), policy.replace(text, other));
    }

    static byte[] bytes() {
        try {
            return Files.readAllBytes(CAPTURE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
