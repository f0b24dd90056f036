package io.sluice.journal;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the verifier saw.
 *
 * @param key with which signatures were checked
 * @param first the number of the oldest record that is there; more than 0 where retention deleted earlier ones
 * @param records how many are there, from {@code first} on, up to the first finding
 * @param signed records since the journal began that the newest sound checkpoint covers
 * @param checkpoints that were compared
 * @param from timestamp of the oldest record
 * @param until timestamp of the newest
 * @param unfinished whether a half-written record follows the last: one is being written, or a crash cut it
 * @param broken the first thing that is not as it was written
 */
public record Verification(VerifierKey key, long first, long records, int segments, long signed, int checkpoints,
        String from, String until, boolean unfinished, Optional<Finding> broken) {
    /**
     * Something that is not as it was written.
     *
     * @param line in the file, from 1; 0: none in particular
     * @param sentence what differs
     */
    public record Finding(Path file, long line, String sentence) {
        @Override
        public String toString() {
            return file.getFileName() + (line > 0 ? ", line " + line : "") + ": " + sentence;
        }
    }

    public boolean sound() {
        return broken.isEmpty();
    }
}
