package io.sluice.archive;

import java.util.List;

/**
 * What became of one capture.
 *
 * @param packets judged
 * @param firstNanos time of its earliest packet, nanoseconds since 1970-01-01T00:00Z; 0 without packets
 * @param troubles what is wrong with it, the first of them; the rest of it was used
 * @param troubleCount all of them
 */
public record FileOutcome(String name, long packets, long firstNanos, long lastNanos, List<String> troubles,
        long troubleCount) {
    public FileOutcome {
        troubles = List.copyOf(troubles);
    }
}
