package io.sluice.rules;

import io.sluice.rules.policy.Window;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The windows of a policy as bits: which are open at a moment. Immutable but for a cached period between two changes, so
 * that asking is mostly two comparisons; workers may share it, since the period is one immutable object.
 *
 * <p>Hours are local wall time: when clocks are set back an hour that comes twice counts twice, and when they are set
 * forward the hour that does not exist does not count.
 */
public final class Windows {
    /** Bits of a {@code long}. */
    public static final int MOST = 64;

    private final List<Window> windows;
    private Period current = new Period(0, 0, 0);

    /** From a moment to another, the latter excluded, during which no window opens or closes. */
    private record Period(long from, long until, long open) {}

    /** @param windows at most {@link #MOST}; the first is bit 0 */
    public Windows(List<Window> windows) {
        if (windows.size() > MOST) {
            throw new IllegalArgumentException("more than " + MOST + " windows");
        }
        this.windows = List.copyOf(windows);
    }

    /** A bit for each open window. */
    public long open(long epochNanos) {
        return at(epochNanos).open;
    }

    /** A moment, at most a day later, before which no window opens or closes. */
    public long until(long epochNanos) {
        return at(epochNanos).until;
    }

    private Period at(long epochNanos) {
        Period period = current;
        if (epochNanos < period.from || epochNanos >= period.until) {
            period = period(epochNanos);
            current = period;
        }
        return period;
    }

    private Period period(long epochNanos) {
        Instant now = Instant.ofEpochSecond(Math.floorDiv(epochNanos, 1_000_000_000L),
                Math.floorMod(epochNanos, 1_000_000_000L));
        Changes changes = new Changes(epochNanos);
        long open = 0;
        for (int i = 0; i < windows.size(); i++) {
            Window window = windows.get(i);
            ZoneRules rules = window.timezone().getRules();
            LocalDateTime local = LocalDateTime.ofInstant(now, rules.getOffset(now));
            open |= isOpen(window, local) ? 1L << i : 0;
            for (int day = -1; day <= 1; day++) {
                LocalDate date = local.toLocalDate().plusDays(day);
                changes.at(rules, date.atTime(window.from()));
                changes.at(rules, date.atTime(window.until()));
                // A day begins and ends too: the window may be of one day and not of the next.
                changes.at(rules, date.atStartOfDay());
            }
            changes.at(rules.previousTransition(now.plusNanos(1)));
            changes.at(rules.nextTransition(now));
        }
        return new Period(changes.before, changes.after, open);
    }

    /** Whether a window is open at a local wall time. */
    static boolean isOpen(Window window, LocalDateTime local) {
        LocalTime time = local.toLocalTime();
        boolean today = window.days().contains(local.getDayOfWeek());
        if (window.from().isBefore(window.until())) {
            return today && !time.isBefore(window.from()) && time.isBefore(window.until());
        }
        // Across midnight it belongs to the day on which it starts.
        boolean yesterday = window.days().contains(local.getDayOfWeek().minus(1));
        return (today && !time.isBefore(window.from())) || (yesterday && time.isBefore(window.until()));
    }

    /** The moments nearest to now, on both sides, at which a window may change. */
    private static final class Changes {
        private final long now;
        private long before;
        private long after;

        Changes(long now) {
            this.now = now;
            before = now - 86_400_000_000_000L;
            after = now + 86_400_000_000_000L;
        }

        void at(ZoneRules rules, LocalDateTime local) {
            ZoneOffsetTransition transition = rules.getTransition(local);
            if (transition != null) {
                at(transition);
            }
            for (ZoneOffset offset : rules.getValidOffsets(local)) {
                at(local.toInstant(offset));
            }
        }

        void at(@Nullable ZoneOffsetTransition transition) {
            if (transition != null) {
                at(transition.getInstant());
            }
        }

        private void at(Instant instant) {
            long moment = nanos(instant);
            if (moment <= now) {
                before = Math.max(before, moment);
            } else {
                after = Math.min(after, moment);
            }
        }
    }

    /** Nanoseconds since 1970-01-01T00:00Z, at the ends of the range of a {@code long} where they would not fit. */
    static long nanos(Instant instant) {
        long seconds = Math.clamp(instant.getEpochSecond(), -9_000_000_000L, 9_000_000_000L);
        return seconds * 1_000_000_000L + instant.getNano();
    }
}
