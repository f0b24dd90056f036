package io.sluice.journal;

import io.sluice.engine.Flow;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The counts of flows that go on, by {@link FlowId}. Open addressing with linear probing; bounded. */
final class FlowCounts {
    private final int most;
    private @Nullable FlowCount[] slots = new @Nullable FlowCount[1024];
    private int size;

    FlowCounts(int most) {
        this.most = most;
    }

    int size() {
        return size;
    }

    boolean full() {
        return size >= most;
    }

    /** The flow's counts, begun now if there are none. Make room first: see {@link #full}. */
    FlowCount of(Flow flow, Circumstances now) {
        long id = FlowId.of(flow);
        int slot = find(id);
        FlowCount there = slots[slot];
        if (there == null) {
            there = new FlowCount(id, flow, now);
            slots[slot] = there;
            if (++size * 2 > slots.length) {
                enlarge();
            }
        }
        return there;
    }

    /** The flow's counts, or null. */
    @Nullable
    FlowCount find(Flow flow) {
        return slots[find(FlowId.of(flow))];
    }

    /** The flow's counts, or null; they are forgotten here. */
    @Nullable
    FlowCount remove(Flow flow) {
        int slot = find(FlowId.of(flow));
        FlowCount there = slots[slot];
        if (there != null) {
            remove(slot);
        }
        return there;
    }

    private void remove(int slot) {
        size--;
        int gap = slot;
        int mask = slots.length - 1;
        for (int i = gap + 1 & mask;; i = i + 1 & mask) {
            FlowCount next = slots[i];
            if (next == null) {
                slots[gap] = null;
                return;
            }
            int home = (int) next.id & mask;
            if ((i - home & mask) >= (i - gap & mask)) { // it may not lie before its home
                slots[gap] = next;
                gap = i;
            }
        }
    }

    private int find(long id) {
        int mask = slots.length - 1;
        int i = (int) id & mask;
        for (FlowCount there = slots[i]; there != null && there.id != id; there = slots[i]) {
            i = i + 1 & mask;
        }
        return i;
    }

    private void enlarge() {
        @Nullable
        FlowCount[] before = slots;
        slots = new @Nullable FlowCount[before.length * 2];
        for (FlowCount count : before) {
            if (count != null) {
                slots[find(count.id)] = count;
            }
        }
    }

    void forEach(Consumer<FlowCount> action) {
        for (FlowCount count : slots) {
            if (count != null) {
                action.accept(count);
            }
        }
    }

    void clear() {
        slots = new @Nullable FlowCount[1024];
        size = 0;
    }
}
