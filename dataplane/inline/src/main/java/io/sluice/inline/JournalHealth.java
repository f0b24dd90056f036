package io.sluice.inline;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the journal is.
 *
 * @param folder where it lies; empty: there is none
 * @param entries written since it began
 * @param bytes written by this run
 * @param lost entries of this run that could not be written
 * @param repeats refusals of this run that were like others and were counted instead of written
 * @param trouble what is wrong, in a sentence; empty: nothing
 */
public record JournalHealth(Optional<Path> folder, long entries, long bytes, long lost, long repeats,
        Optional<String> trouble) {
    /** There is no journal. */
    public static final JournalHealth OFF = new JournalHealth(Optional.empty(), 0, 0, 0, 0, Optional.empty());
}
