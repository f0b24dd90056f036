package io.sluice.replay;

import io.sluice.capture.CaptureTrouble;
import java.util.List;

/**
 * What became of one capture.
 *
 * @param octets bytes on the wire
 * @param firstNanos time of the earliest packet, nanoseconds since 1970-01-01T00:00Z; 0 without packets
 * @param troubles what was wrong with the file, the first of them; the rest of the file was used
 * @param troubleCount all of them
 */
public record InputSummary(String name, long packets, long octets, long firstNanos, long lastNanos,
        List<CaptureTrouble> troubles, long troubleCount) {
    public InputSummary {
        troubles = List.copyOf(troubles);
    }
}
