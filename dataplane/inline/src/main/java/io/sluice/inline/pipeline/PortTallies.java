package io.sluice.inline.pipeline;

import io.sluice.inline.event.Tallies;

/** What one thread counts by port. */
final class PortTallies {
    /** What is counted. */
    enum Counter {
        FRAMES_IN,
        BYTES_IN,
        FRAMES_OUT,
        BYTES_OUT,
        /** For a station at the port they came in at: nothing to do. */
        LOCAL,
        /** No station and no asset tells where they belong. */
        UNKNOWN_DESTINATION,
        /** No zone has this port and VLAN. */
        WITHOUT_ZONE,
        /** From a station that lives at another zone's port. */
        STATION_MOVED,
        /** The worker's ring was full. */
        OVERLOAD
    }

    private static final int COUNTERS = Counter.values().length;

    private final Tallies tallies;

    PortTallies(int ports) {
        tallies = new Tallies(ports * COUNTERS);
    }

    void add(int port, Counter counter, long n) {
        tallies.add(port * COUNTERS + counter.ordinal(), n);
    }

    long get(int port, Counter counter) {
        return tallies.get(port * COUNTERS + counter.ordinal());
    }
}
