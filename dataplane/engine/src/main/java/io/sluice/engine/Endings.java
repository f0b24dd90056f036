package io.sluice.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Flows that the engine ended without a packet of theirs at hand, until the host asks for them. */
final class Endings {
    private @Nullable Flow[] flows = new @Nullable Flow[64];
    private long[] serials = new long[64];
    private int head;
    private int count;

    void add(Flow flow) {
        if (flow.ending) {
            return;
        }
        if (count == flows.length) {
            enlarge();
        }
        int slot = head + count++ & flows.length - 1;
        flows[slot] = flow;
        serials[slot] = flow.serial;
        flow.ending = true;
    }

    private void enlarge() {
        int mask = flows.length - 1;
        @Nullable
        Flow[] more = new @Nullable Flow[2 * flows.length];
        long[] moreSerials = new long[2 * flows.length];
        for (int i = 0; i < count; i++) {
            more[i] = flows[head + i & mask];
            moreSerials[i] = serials[head + i & mask];
        }
        flows = more;
        serials = moreSerials;
        head = 0;
    }

    /** The next flow whose peers have not been told yet, or null. A flow that is gone since needs nothing any more. */
    @Nullable
    Flow next() {
        while (count > 0) {
            Flow flow = flows[head];
            long serial = serials[head];
            flows[head] = null;
            head = head + 1 & flows.length - 1;
            count--;
            if (flow != null && flow.serial == serial && flow.ending) {
                flow.ending = false;
                return flow;
            }
        }
        return null;
    }

    void clear() {
        Arrays.fill(flows, null);
        count = 0;
    }
}
