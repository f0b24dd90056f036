package io.sluice.engine;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Puts IP fragments together before anything is judged. RFC 815 in spirit; stricter: fragments that overlap condemn the
 * datagram (RFC 5722 for IPv6, Linux since 2018 for IPv4), an exact duplicate is only ignored. Bounded in datagrams,
 * bytes and time.
 */
final class Fragments {
    static final int MAX_DATAGRAM = 65_535;
    private static final int MAX_PIECES = 64;

    /** One datagram in the making. */
    private static final class Datagram {
        boolean used;
        boolean condemned;
        long sourceHigh;
        long sourceLow;
        long destinationHigh;
        long destinationLow;
        int protocol;
        int id;
        int vlan;
        long zones;
        long since;
        int total;
        int gathered;
        int pieces;
        int longest;
        final int[] from = new int[MAX_PIECES];
        final int[] to = new int[MAX_PIECES];
        final StreamBuffer buffer = new StreamBuffer();
    }

    private final Datagram[] table;
    private final BufferPool pool;
    private final long timeout;
    private @Nullable Datagram whole;
    private @Nullable Anomaly problem;
    private long timedOut;

    Fragments(EngineLimits limits, BufferPool pool) {
        this.pool = pool;
        timeout = limits.fragmentNanos();
        table = new Datagram[limits.fragmentedDatagrams()];
        for (int i = 0; i < table.length; i++) {
            table[i] = new Datagram();
        }
    }

    /** What was wrong with the last fragment, or null. */
    @Nullable
    Anomaly problem() {
        return problem;
    }

    /** How many datagrams were given up since the last call. */
    long takeTimedOut() {
        long n = timedOut;
        timedOut = 0;
        return n;
    }

    /**
     * Takes a fragment.
     *
     * @param zones between which zones it travels: fragments of other ways are not its own
     * @return whether the datagram is whole now: then {@link #memory}, {@link #at} and {@link #length} tell where it is,
     *     until {@link #release}
     */
    boolean add(Packet p, long zones, long nanos) {
        problem = null;
        int from = p.fragmentOffset();
        int length = p.transportCaptured();
        int to = from + length;
        // All but the last fragment are multiples of 8 (RFC 791, RFC 8200 §4.5).
        boolean uneven = p.moreFragments() && (length & 7) != 0;
        if (length < p.transportLength() || length == 0 || to > MAX_DATAGRAM || uneven) {
            problem = length < p.transportLength() ? Anomaly.FRAME_TRUNCATED : Anomaly.FRAGMENT_SHAPE;
            return false;
        }
        Datagram d = find(p, zones, nanos);
        if (d == null) {
            problem = Anomaly.FRAGMENT_TABLE_FULL;
            return false;
        }
        if (d.condemned) {
            problem = Anomaly.FRAGMENT_OVERLAP;
            return false;
        }
        return insert(d, p, from, to);
    }

    private boolean insert(Datagram d, Packet p, int from, int to) {
        int i = 0;
        while (i < d.pieces && d.to[i] <= from) {
            i++;
        }
        if (i < d.pieces && d.from[i] < to) {
            boolean duplicate = d.from[i] == from && d.to[i] == to
                    && d.buffer.same(from, p.bytes(), p.transportAt(), to - from);
            if (!duplicate) {
                condemn(d);
            }
            return false;
        }
        boolean behindEnd = p.moreFragments() && d.total >= 0 && to > d.total;
        boolean otherEnd = !p.moreFragments() && (d.total >= 0 || (d.pieces > 0 && d.to[d.pieces - 1] > to));
        boolean contradicts = behindEnd || otherEnd;
        if (contradicts || d.pieces == MAX_PIECES) {
            condemn(d);
            return false;
        }
        int keep = d.pieces == 0 ? 0 : d.to[d.pieces - 1];
        if (!d.buffer.reserve(pool, 1 << 17, 0, keep, to)) {
            problem = Anomaly.BUFFER_FULL;
            return false;
        }
        d.buffer.put(from, p.bytes(), p.transportAt(), to - from);
        System.arraycopy(d.from, i, d.from, i + 1, d.pieces - i);
        System.arraycopy(d.to, i, d.to, i + 1, d.pieces - i);
        d.from[i] = from;
        d.to[i] = to;
        d.pieces++;
        d.gathered += to - from;
        d.longest = p.moreFragments() ? Math.max(d.longest, to - from) : d.longest;
        d.total = p.moreFragments() ? d.total : to;
        whole = d.gathered == d.total ? d : null;
        return whole != null;
    }

    /** The datagram is refused, and what still comes of it too, until its time is over. */
    private void condemn(Datagram d) {
        problem = Anomaly.FRAGMENT_OVERLAP;
        d.condemned = true;
        d.buffer.release(pool);
    }

    private @Nullable Datagram find(Packet p, long zones, long nanos) {
        Datagram spare = null;
        for (Datagram d : table) {
            if (d.used && nanos - d.since > timeout) {
                timedOut += d.condemned ? 0 : 1;
                free(d);
            }
            if (!d.used) {
                spare = spare == null ? d : spare;
            } else if (d.id == p.fragmentId() && d.protocol == p.protocol() && d.vlan == p.vlan() && d.zones == zones
                    && d.sourceLow == p.sourceLow() && d.sourceHigh == p.sourceHigh()
                    && d.destinationLow == p.destinationLow() && d.destinationHigh == p.destinationHigh()) {
                return d;
            }
        }
        if (spare != null) {
            begin(spare, p, nanos);
            spare.zones = zones;
        }
        return spare;
    }

    private static void begin(Datagram d, Packet p, long nanos) {
        d.used = true;
        d.condemned = false;
        d.id = p.fragmentId();
        d.protocol = p.protocol();
        d.vlan = p.vlan();
        d.sourceHigh = p.sourceHigh();
        d.sourceLow = p.sourceLow();
        d.destinationHigh = p.destinationHigh();
        d.destinationLow = p.destinationLow();
        d.since = nanos;
        d.total = -1;
        d.gathered = 0;
        d.pieces = 0;
        d.longest = 0;
    }

    private void free(Datagram d) {
        d.used = false;
        d.buffer.release(pool);
    }

    /** Forgets all that is not whole. */
    void clear() {
        for (Datagram d : table) {
            free(d);
        }
    }

    MemorySegment memory() {
        return whole == null ? MemorySegment.NULL : whole.buffer.memory();
    }

    long at() {
        return whole == null ? 0 : whole.buffer.offset(0);
    }

    int length() {
        return whole == null ? 0 : whole.total;
    }

    /** Bytes of the longest of its fragments but the last: a multiple of eight. */
    int longest() {
        return whole == null ? 0 : whole.longest;
    }

    /** Gives the whole datagram's memory back; its bytes stay until the next fragment comes. */
    void release() {
        if (whole != null) {
            free(whole);
            whole = null;
        }
    }
}
