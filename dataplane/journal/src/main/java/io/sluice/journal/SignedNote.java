package io.sluice.journal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text with signatures, as C2SP signed-note writes it: the text, an empty line, and a line for each signature. Files of
 * checkpoints hold one after another, with an empty line between.
 *
 * @param lines of the text, without line feeds
 */
record SignedNote(List<String> lines, List<String> signatures) {
    /** All notes of a file; the last may lack its signature. */
    static List<SignedNote> parse(String file) {
        List<SignedNote> notes = new ArrayList<>();
        List<String> text = new ArrayList<>();
        List<String> signatures = new ArrayList<>();
        for (String line : file.split("\n", -1)) {
            if (VerifierKey.isSignatureLine(line)) {
                signatures.add(line);
            } else if (!line.isEmpty()) {
                if (!signatures.isEmpty()) {
                    notes.add(new SignedNote(List.copyOf(text), List.copyOf(signatures)));
                    text.clear();
                    signatures.clear();
                }
                text.add(line);
            }
        }
        if (!text.isEmpty() || !signatures.isEmpty()) {
            notes.add(new SignedNote(List.copyOf(text), List.copyOf(signatures)));
        }
        return notes;
    }

    /** Bytes of a file's text up to the end of its last signature: what is behind it was not written to its end. */
    static long end(String file) {
        int end = 0;
        for (int start = 0, feed = file.indexOf('\n'); feed >= 0; start = feed + 1, feed = file.indexOf('\n', start)) {
            if (VerifierKey.isSignatureLine(file.substring(start, feed))) {
                end = feed + 1;
            }
        }
        return file.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
    }

    Optional<Checkpoint> checkpoint() {
        return Checkpoint.parse(lines);
    }

    boolean signedBy(VerifierKey key) {
        String text = String.join("\n", lines) + "\n";
        return signatures.stream().anyMatch(line -> key.signed(text, line));
    }
}
