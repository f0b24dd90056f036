package io.sluice.inline.pipeline;

/**
 * Which station (MAC address within a VLAN) lives at which port, IEEE 802.1Q §8.7. Bounded: where there is no room the
 * station that was silent longest gives way.
 */
final class StationTable {
    static final int UNKNOWN = -1;
    /** IEEE 802.1Q table 8-6, recommended default. */
    private static final long AGE_NANOS = 300_000_000_000L;
    private static final int PROBES = 16;

    private final long[] stations;
    private final int[] ports;
    private final long[] heard;
    private final int mask;

    /** @param capacity a power of two, {@link #PROBES} at least */
    StationTable(int capacity) {
        stations = new long[capacity];
        ports = new int[capacity];
        heard = new long[capacity];
        mask = capacity - 1;
    }

    /** A station's name: never 0, since no station has the address 0 and group addresses are none. */
    static long station(long mac, int vlan) {
        return mac | (long) vlan << 48;
    }

    /** The port of a station, or {@link #UNKNOWN}. */
    int port(long station, long nanos) {
        int i = find(station);
        return i < 0 || nanos - heard[i] > AGE_NANOS ? UNKNOWN : ports[i];
    }

    /** For how long it has been silent; {@link Long#MAX_VALUE} for one that is not known. */
    long silent(long station, long nanos) {
        int i = find(station);
        return i < 0 ? Long.MAX_VALUE : nanos - heard[i];
    }

    /** A station spoke at a port. */
    void learn(long station, int port, long nanos) {
        int home = home(station);
        int oldest = home;
        for (int n = 0; n < PROBES; n++) {
            int i = home + n & mask;
            if (stations[i] == station || stations[i] == 0) {
                oldest = i;
                break;
            }
            if (heard[i] - heard[oldest] < 0) {
                oldest = i;
            }
        }
        stations[oldest] = station;
        ports[oldest] = port;
        heard[oldest] = nanos;
    }

    /** A port has lost its link: whoever lived there may turn up anywhere. */
    void forget(int port) {
        for (int i = 0; i <= mask; i++) {
            if (ports[i] == port) {
                // The place stays taken, so that probing still finds what lies behind it.
                heard[i] -= AGE_NANOS + 1;
            }
        }
    }

    private int find(long station) {
        int home = home(station);
        for (int n = 0; n < PROBES; n++) {
            int i = home + n & mask;
            if (stations[i] == station) {
                return i;
            }
            if (stations[i] == 0) {
                return -1;
            }
        }
        return -1;
    }

    private int home(long station) {
        long h = station * 0x9E37_79B9_7F4A_7C15L;
        return (int) (h >>> 32) & mask;
    }
}
