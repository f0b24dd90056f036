package io.sluice.journal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Keeps a flood of the same refusals from washing the rest out of the journal: so many alike are told in an interval, the
 * others are counted, and the count is told when the interval is over. Nothing is lost but the wording.
 */
final class Repeats {
    /** The likenesses of one interval, from its first record on. */
    static final class Repeat {
        final Likeness likeness;
        private final long began;
        private int told;
        /** Records that were not written. */
        long untold;
        /** Time of the first and the last of these, nanoseconds since 1970-01-01T00:00Z. */
        long firstNanos;
        long lastNanos;
        /** Of the last. */
        Circumstances circumstances;

        private Repeat(Likeness likeness, long began, Circumstances circumstances) {
            this.likeness = likeness;
            this.began = began;
            this.circumstances = circumstances;
        }
    }

    private final int most;
    private final int mostLikenesses;
    private final long intervalNanos;
    /** In the order in which their intervals began. */
    private final Map<Likeness, Repeat> current = new LinkedHashMap<>();
    private final AtomicLong untold = new AtomicLong();

    Repeats(JournalLimits limits) {
        most = limits.alike();
        mostLikenesses = limits.likenesses();
        intervalNanos = limits.alikeEvery().toNanos();
    }

    /**
     * Whether such a record is to be written; if not, it is counted.
     *
     * @param now by a clock that only goes on
     * @param nanos when it happened, by the calendar
     */
    boolean mayTell(Likeness likeness, Circumstances c, long now, long nanos) {
        Repeat repeat = current.get(likeness);
        if (repeat == null) {
            repeat = begin(current.size() < mostLikenesses ? likeness : likeness.ofAnybody(), c, now);
        }
        if (repeat.told < most) {
            repeat.told++;
            return true;
        }
        if (repeat.untold++ == 0) {
            repeat.firstNanos = nanos;
        }
        repeat.lastNanos = nanos;
        repeat.circumstances = c;
        untold.incrementAndGet();
        return false;
    }

    private Repeat begin(Likeness likeness, Circumstances c, long now) {
        return current.computeIfAbsent(likeness, l -> new Repeat(l, now, c));
    }

    /** Ends the intervals that are over, and hands over those of which something was not told. */
    void settle(long now, Consumer<Repeat> tell) {
        end(now - intervalNanos, tell);
    }

    /** Ends all. */
    void close(Consumer<Repeat> tell) {
        end(Long.MAX_VALUE, tell);
    }

    private void end(long until, Consumer<Repeat> tell) {
        if (current.isEmpty()) {
            return;
        }
        List<Repeat> over = new ArrayList<>();
        for (Repeat repeat : current.values()) {
            if (until != Long.MAX_VALUE && repeat.began - until > 0) {
                break;
            }
            over.add(repeat);
        }
        for (Repeat repeat : over) {
            current.remove(repeat.likeness);
            if (repeat.untold > 0) {
                tell.accept(repeat);
            }
        }
    }

    /** All that were ever counted instead of written. Any thread. */
    long untold() {
        return untold.get();
    }
}
