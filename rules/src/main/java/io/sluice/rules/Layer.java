package io.sluice.rules;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Shortfall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All rules for one operation in one scope, cut along three axes: the item, then the extra field, then the value. Along
 * the item axis the rules are constant within an <em>interval</em>; each interval leads to the slots of its extra field,
 * each of these to the slots of its value, and there stand the {@link Candidates}. Immutable; flat arrays; every lookup
 * costs two or three loads, or the logarithm of what meets in one place.
 */
final class Layer {
    /** Below that many intervals a binary search is as fast as the pages. */
    private static final int PAGED_FROM = 9;
    private static final int PAGE = 256;
    private static final int PAGES = 256;
    private static final int[] NO_PAGES = {};

    /** Without rules. Stands after the constants that its construction needs. */
    static final Layer EMPTY = new Layer(List.of(new Interval(Facts.UNTOLD, List.of(Slot.EMPTY))), false, false);

    final boolean denies;
    private final boolean allows;
    private final int[] intervalStart;
    /** The interval that holds {@link Facts#NO_ITEM}; {@link Facts#UNTOLD} is in the first. */
    private final int noItem;
    /** For items 0..65535: the interval in which each page of 256 items begins, and where its cells are. */
    private final int[] pageInterval;
    private final int[] pageCells;
    /** Intervals further, for each item of a page; the first 256 are zero and serve every page without a boundary. */
    private final byte[] cells;
    private final int[] slotFrom;
    private final int[] slotTo;
    private final int[] slotStart;
    private final boolean[] slotAllows;
    private final Candidates[] unknown;
    private final Candidates[] pending;
    private final int[] valueFrom;
    private final long[] valueStart;
    private final Candidates[] byValue;

    /** A run of items from {@code start} to the next interval; slots by extra field, the first from the very least. */
    record Interval(int start, List<Slot> slots) {}

    /**
     * A run of the extra field.
     *
     * @param allowsSome whether an allow matches here, whatever its value
     * @param unknown who matches a value that cannot be told, or none: allows that take any, and every deny
     * @param pending who may match a value that has not arrived: every allow, and denies that take any
     * @param values by value, the first from the very least
     */
    record Slot(int start, boolean allowsSome, Candidates unknown, Candidates pending, List<Value> values) {
        static final Slot EMPTY = new Slot(Integer.MIN_VALUE, false, Candidates.NONE, Candidates.NONE,
                List.of(new Value(Long.MIN_VALUE, Candidates.NONE)));
    }

    /** A run of values. */
    record Value(long start, Candidates candidates) {}

    Layer(List<Interval> intervals, boolean denies, boolean allows) {
        this.denies = denies;
        this.allows = allows;
        intervalStart = intervals.stream().mapToInt(Interval::start).toArray();
        // Intervals with the same rules share their slots.
        Map<List<Slot>, Integer> places = new HashMap<List<Slot>, Integer>();
        List<Slot> slots = new ArrayList<>();
        slotFrom = new int[intervals.size()];
        slotTo = new int[intervals.size()];
        for (int k = 0; k < slotFrom.length; k++) {
            List<Slot> own = intervals.get(k).slots();
            Integer place = places.putIfAbsent(own, slots.size());
            slotFrom[k] = place == null ? slots.size() : place;
            slotTo[k] = slotFrom[k] + own.size();
            if (place == null) {
                slots.addAll(own);
            }
        }
        slotStart = slots.stream().mapToInt(Slot::start).toArray();
        slotAllows = new boolean[slots.size()];
        unknown = slots.stream().map(Slot::unknown).toArray(Candidates[]::new);
        pending = slots.stream().map(Slot::pending).toArray(Candidates[]::new);
        List<Value> values = slots.stream().flatMap(s -> s.values().stream()).toList();
        valueStart = values.stream().mapToLong(Value::start).toArray();
        byValue = values.stream().map(Value::candidates).toArray(Candidates[]::new);
        valueFrom = new int[slots.size() + 1];
        for (int e = 0; e < slotAllows.length; e++) {
            slotAllows[e] = slots.get(e).allowsSome();
            valueFrom[e + 1] = valueFrom[e] + slots.get(e).values().size();
        }
        boolean paged = intervalStart.length >= PAGED_FROM;
        noItem = search(Facts.NO_ITEM);
        pageInterval = paged ? new int[PAGES] : NO_PAGES;
        pageCells = paged ? new int[PAGES] : NO_PAGES;
        cells = paged ? pages() : new byte[0];
    }

    private byte[] pages() {
        byte[] made = new byte[PAGE * (PAGES + 1)];
        int used = PAGE;
        for (int page = 0; page < PAGES; page++) {
            int base = search(page * PAGE);
            pageInterval[page] = base;
            int interval = base;
            for (int i = 0; i < PAGE; i++) {
                while (end(interval) < page * PAGE + i) {
                    interval++;
                }
                made[used + i] = (byte) (interval - base);
            }
            if (interval != base) {
                pageCells[page] = used;
                used += PAGE;
            }
        }
        return Arrays.copyOf(made, used);
    }

    /** The interval that holds an item. */
    int interval(int item) {
        if (item < 0) {
            return item == Facts.NO_ITEM ? noItem : 0;
        }
        if (item >>> 16 == 0 && pageInterval.length == PAGES) {
            int page = item >>> 8;
            return pageInterval[page] + (cells[pageCells[page] + (item & 255)] & 255);
        }
        return search(item);
    }

    private int search(int item) {
        int low = 0;
        int high = intervalStart.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (intervalStart[middle] <= item) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The last item of an interval. */
    int end(int interval) {
        return interval + 1 < intervalStart.length ? intervalStart[interval + 1] - 1 : Integer.MAX_VALUE;
    }

    /** The slot of an interval that holds a value of the extra field. */
    int slot(int interval, int extra) {
        int low = slotFrom[interval];
        int high = slotTo[interval] - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (slotStart[middle] <= extra) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** Whether the candidates of a slot depend on the value. */
    boolean needsValue(int slot) {
        return valueFrom[slot + 1] - valueFrom[slot] > 1;
    }

    /** Candidates for a value that cannot be told, for an item without one, and where values do not matter. */
    Candidates unknown(int slot) {
        return unknown[slot];
    }

    /** Candidates for a value that has not arrived. */
    Candidates pending(int slot) {
        return pending[slot];
    }

    Candidates valued(int slot, long value) {
        int low = valueFrom[slot];
        int high = valueFrom[slot + 1] - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (valueStart[middle] <= value) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return byValue[low];
    }

    /** What was missing where no allow stood among the candidates of a slot. */
    int shortfall(int slot) {
        return slotAllows[slot] ? Shortfall.VALUE : shortfall();
    }

    /** What was missing for an item that no rule can name. */
    int shortfall() {
        return allows ? Shortfall.ITEM : Shortfall.OPERATION;
    }
}
