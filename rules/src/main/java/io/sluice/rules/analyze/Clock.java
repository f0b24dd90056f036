package io.sluice.rules.analyze;

import io.sluice.rules.Term;
import io.sluice.rules.Windows;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Window;
import io.sluice.rules.space.Side;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The states in which the windows of two policies can be together, as an axis: which are open at some moment of a week,
 * and last, where there are windows, that the clock is not trusted. Where windows are of several time zones, the weeks of
 * two years are looked at, so that clocks are set forward and back in each.
 */
final class Clock {
    private static final LocalDate MONDAY = LocalDate.of(2026, 1, 5);
    private static final int WEEKS = 104;

    private final List<State> states = new ArrayList<>();
    /** By name, each hours once; the second policy's name counts. */
    private final Map<String, BitSet> open = new LinkedHashMap<>();
    private final int trusted;

    /**
     * A state.
     *
     * @param moment in nanoseconds since 1970-01-01T00:00Z, at which it is so
     */
    record State(long moment, boolean trusted, long openBefore, long openAfter) {}

    private record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime until,
            ZoneId timezone) {
        static Hours of(Window w) {
            return new Hours(w.days(), w.from(), w.until(), w.timezone());
        }
    }

    Clock(Policy before, Policy after) {
        List<Window> all = Stream.concat(after.windows().values().stream(), before.windows().values().stream())
                .toList();
        Windows windowsBefore = new Windows(List.copyOf(before.windows().values()));
        Windows windowsAfter = new Windows(List.copyOf(after.windows().values()));
        Set<List<Long>> seen = new HashSet<>();
        for (long moment : moments(all)) {
            long openBefore = windowsBefore.open(moment);
            long openAfter = windowsAfter.open(moment);
            if (seen.add(List.of(openBefore, openAfter))) {
                states.add(new State(moment, true, openBefore, openAfter));
            }
        }
        trusted = states.size();
        if (!all.isEmpty()) {
            states.add(new State(states.getFirst().moment(), false, 0, 0));
        }
        Set<Hours> named = new HashSet<>();
        name(after, true, named);
        name(before, false, named);
    }

    private void name(Policy policy, boolean after, Set<Hours> named) {
        int bit = 0;
        for (Window window : policy.windows().values()) {
            if (named.add(Hours.of(window))) {
                open.put(window.name() + (open.containsKey(window.name()) ? " (before)" : ""),
                        openStates(bit, after));
            }
            bit++;
        }
    }

    private BitSet openStates(int window, boolean after) {
        BitSet bits = new BitSet();
        for (int s = 0; s < trusted; s++) {
            long mask = after ? states.get(s).openAfter() : states.get(s).openBefore();
            bits.set(s, (mask >> window & 1) != 0);
        }
        return bits;
    }

    /** Moments between which nothing opens or closes. */
    private static Set<Long> moments(List<Window> windows) {
        Set<Long> moments = new TreeSet<>();
        moments.add(nanos(MONDAY.atStartOfDay(ZoneOffset.UTC).toInstant()));
        int weeks = windows.stream().map(Window::timezone).distinct().count() > 1 ? WEEKS : 1;
        for (int day = 0; day < 7 * weeks; day++) {
            LocalDate date = MONDAY.plusDays(day);
            for (Window window : windows) {
                moments.add(nanos(date.atTime(window.from()).atZone(window.timezone()).toInstant()));
                moments.add(nanos(date.atTime(window.until()).atZone(window.timezone()).toInstant()));
                moments.add(nanos(date.atStartOfDay(window.timezone()).toInstant()));
            }
        }
        return moments;
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L;
    }

    /** The states in which a rule applies. */
    Side side(Term term, boolean after) {
        if (term.window() == Term.ALWAYS) {
            return Side.EVERYTHING;
        }
        BitSet bits = openStates(term.window(), after);
        bits.set(trusted, term.deny());
        return Side.of(bits);
    }

    Side all() {
        return Side.of(0, states.size() - 1L);
    }

    State state(long number) {
        return states.get((int) number);
    }

    /** When it is so, as the end of a sentence; empty for always. */
    String text(Side side) {
        if (side.contains(all())) {
            return "";
        }
        BitSet bits = new BitSet();
        for (int s = 0; s < trusted; s++) {
            bits.set(s, side.contains(s));
        }
        boolean untrusted = side.contains(trusted);
        if (bits.cardinality() == trusted) {
            return "while the clock is synchronised";
        }
        if (bits.isEmpty()) {
            return "while the clock is not synchronised";
        }
        for (Map.Entry<String, BitSet> window : open.entrySet()) {
            BitSet closed = (BitSet) window.getValue().clone();
            closed.flip(0, trusted);
            if (bits.equals(closed)) {
                return untrusted
                        ? "unless `" + window.getKey() + "` is open"
                        : "while `" + window.getKey()
                                + "` is closed and the clock synchronised";
            }
            if (bits.equals(window.getValue())) {
                return "while `" + window.getKey() + "` is open" + (untrusted ? " or the clock not synchronised" : "");
            }
        }
        StringJoiner each = new StringJoiner(", or ", "while ", untrusted ? ", or the clock is not synchronised" : "");
        bits.stream().forEach(s -> each.add(text(s)));
        return each.toString();
    }

    private String text(int state) {
        String names = open.entrySet().stream().filter(w -> w.getValue().get(state)).map(w -> "`" + w.getKey() + "`")
                .collect(Collectors.joining(" and "));
        return names.isEmpty() ? "no window is open" : "only " + names + " of its windows is open";
    }
}
