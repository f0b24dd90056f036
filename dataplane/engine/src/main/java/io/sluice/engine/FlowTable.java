package io.sluice.engine;

import org.jspecify.annotations.Nullable;

/**
 * Flows by 5-tuple and VLAN, in whichever direction; open addressing with linear probing, bounded. Owned by one worker.
 * Idle flows leave by expiry lists, one for each time-out, ordered by last use. Connections that have not been
 * established, and datagram flows, may each take half of the table: a flood of them meets its own kind.
 */
final class FlowTable {
    /** Which time-out applies. */
    static final int EMBRYONIC = 0;
    static final int IDLE = 1;
    static final int CLOSED = 2;
    static final int DATAGRAM = 3;
    private static final int LISTS = 4;
    /** A flow is moved to the young end of its list at most this often. */
    private static final long TOUCH_NANOS = 1_000_000_000L;

    /**
     * So far from its place a flow may be at most. The longest run of places in a table that is half full is about 70 for
     * 65 536 flows.
     */
    private static final int PROBES = 256;

    private final int limit;
    private final FlowKey key;
    private final int[] counts = new int[LISTS];
    private final long[] timeouts;
    private final BufferPool pool;
    private final @Nullable Flow[] oldest = new @Nullable Flow[LISTS];
    private final @Nullable Flow[] youngest = new @Nullable Flow[LISTS];
    private @Nullable Flow[] slots = new @Nullable Flow[1024];
    private @Nullable Flow spare;
    private int size;
    private long serials;
    private int sweepAt;
    private int sweepLeft;

    FlowTable(EngineLimits limits, FlowKey key, BufferPool pool) {
        limit = limits.flows();
        this.key = key;
        this.pool = pool;
        timeouts = new long[]{limits.embryonicNanos(), limits.idleNanos(), limits.closedNanos(),
                limits.datagramNanos()};
    }

    int size() {
        return size;
    }

    @Nullable
    Flow find(Packet p) {
        int hash = key.hash(p);
        int i = hash & slots.length - 1;
        for (int probe = 0; probe < PROBES; probe++) {
            Flow flow = slots[i];
            if (flow == null) {
                return null;
            }
            if (flow.hash == hash && matches(flow, p)) {
                return flow;
            }
            i = i + 1 & slots.length - 1;
        }
        return null;
    }

    private static boolean matches(Flow f, Packet p) {
        if (f.protocol != p.protocol() || f.vlan != p.vlan()) {
            return false;
        }
        if (f.clientPort == p.sourcePort() && f.clientLow == p.sourceLow() && f.clientHigh == p.sourceHigh()
                && f.serverPort == p.destinationPort() && f.serverLow == p.destinationLow()
                && f.serverHigh == p.destinationHigh()) {
            return true;
        }
        return f.clientPort == p.destinationPort() && f.clientLow == p.destinationLow()
                && f.clientHigh == p.destinationHigh() && f.serverPort == p.sourcePort()
                && f.serverLow == p.sourceLow() && f.serverHigh == p.sourceHigh();
    }

    /** A new flow whose client is the packet's source, or null when the table is full. */
    @Nullable
    Flow add(Packet p) {
        if (size == limit) {
            return null;
        }
        if (size * 2 >= slots.length) {
            enlarge();
        }
        int hash = key.hash(p);
        if (!hasPlace(hash)) {
            return null;
        }
        Flow flow = spare;
        if (flow == null) {
            flow = new Flow();
        } else {
            spare = flow.newer;
        }
        flow.reset(pool);
        flow.clientHigh = p.sourceHigh();
        flow.clientLow = p.sourceLow();
        flow.clientPort = p.sourcePort();
        flow.serverHigh = p.destinationHigh();
        flow.serverLow = p.destinationLow();
        flow.serverPort = p.destinationPort();
        flow.protocol = p.protocol();
        flow.vlan = p.vlan();
        flow.clientLink = p.ethernet ? p.linkSource() : -1;
        flow.serverLink = p.ethernet && !p.linkGroup() ? p.linkDestination() : -1;
        flow.hash = hash;
        flow.serial = ++serials;
        flow.expiry = -1;
        flow.older = flow.newer = null;
        insert(flow);
        size++;
        return flow;
    }

    /** Whether a free place is near enough to be found again; without the key nobody can see to it that none is. */
    private boolean hasPlace(int hash) {
        for (int probe = 0; probe < PROBES; probe++) {
            if (slots[hash + probe & slots.length - 1] == null) {
                return true;
            }
        }
        return false;
    }

    /** The list that is as long as its share allows: flows of it have to make way for others of it. */
    boolean isCrowded(int expiry) {
        return counts[expiry] >= Math.max(1, limit / 2);
    }

    /** The flow of a list that was used least lately, or null. */
    @Nullable
    Flow oldest(int expiry) {
        return oldest[expiry];
    }

    boolean isFull() {
        return size == limit;
    }

    private void insert(Flow flow) {
        int i = flow.hash & slots.length - 1;
        while (slots[i] != null) {
            i = i + 1 & slots.length - 1;
        }
        slots[i] = flow;
    }

    private void enlarge() {
        @Nullable
        Flow[] before = slots;
        slots = new @Nullable Flow[before.length * 2];
        sweepLeft = sweepLeft > 0 ? slots.length : 0;
        for (Flow flow : before) {
            if (flow != null) {
                insert(flow);
            }
        }
    }

    /** Takes a flow out and keeps the object for the next. */
    void remove(Flow flow) {
        int mask = slots.length - 1;
        int i = flow.hash & mask;
        while (slots[i] != flow) {
            i = i + 1 & mask;
        }
        // Knuth 6.4 R: close the gap so that probing needs no tombstones.
        for (int j = i;;) {
            slots[i] = null;
            Flow moved;
            do {
                j = j + 1 & mask;
                moved = slots[j];
                if (moved == null) {
                    unlink(flow);
                    flow.reset(pool);
                    flow.newer = spare;
                    spare = flow;
                    size--;
                    return;
                }
            } while (between(i, moved.hash & mask, j));
            slots[i] = moved;
            i = j;
        }
    }

    private static boolean between(int gap, int home, int at) {
        return gap <= at ? gap < home && home <= at : gap < home || home <= at;
    }

    /** The flow was used now; which time-out applies from here on. */
    void touch(Flow flow, int expiry, long nanos) {
        if (flow.expiry == expiry && nanos - flow.touched < TOUCH_NANOS) {
            return;
        }
        unlink(flow);
        flow.expiry = expiry;
        counts[expiry]++;
        flow.touched = nanos;
        flow.older = youngest[expiry];
        if (flow.older != null) {
            flow.older.newer = flow;
        } else {
            oldest[expiry] = flow;
        }
        youngest[expiry] = flow;
    }

    private void unlink(Flow flow) {
        int e = flow.expiry;
        if (e < 0) {
            return;
        }
        if (flow.older != null) {
            flow.older.newer = flow.newer;
        } else {
            oldest[e] = flow.newer;
        }
        if (flow.newer != null) {
            flow.newer.older = flow.older;
        } else {
            youngest[e] = flow.older;
        }
        flow.older = flow.newer = null;
        flow.expiry = -1;
        counts[e]--;
    }

    /** A flow whose time is over, or null. The caller ends it. */
    @Nullable
    Flow expired(long nanos) {
        for (int e = 0; e < LISTS; e++) {
            Flow flow = oldest[e];
            if (flow != null && nanos - flow.touched > timeouts[e]) {
                return flow;
            }
        }
        return null;
    }

    /** From here on {@link #sweep} passes all flows. One that moves up meanwhile may be missed. */
    void startSweep() {
        sweepLeft = slots.length;
    }

    boolean sweeping() {
        return sweepLeft > 0;
    }

    /** Looks at one more place; the flow that is there, or null. */
    @Nullable
    Flow sweep() {
        sweepLeft--;
        sweepAt = sweepAt + 1 & slots.length - 1;
        return slots[sweepAt];
    }

    int slots() {
        return slots.length;
    }

    /** Any flow, or null when there is none. For the end of a capture: oldest flow first. */
    @Nullable
    Flow any() {
        Flow found = null;
        for (int e = 0; e < LISTS; e++) {
            Flow flow = oldest[e];
            if (flow != null && (found == null || flow.firstFrame < found.firstFrame)) {
                found = flow;
            }
        }
        return found;
    }
}
