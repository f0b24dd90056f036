package io.sluice.rules;

import io.sluice.dissect.Shortfall;
import java.util.List;

/**
 * The rules that match one item as far as its place, its file and its value go; what remains is windows and rates. One
 * rule without either ends a list, since no later one could decide. Immutable, shared wherever the same rules meet.
 */
final class Candidates {
    private static final int[] NO_RULES = {};
    private static final Meter UNMETERED = new Meter(0, 0, 0, 0);
    static final Candidates NONE = new Candidates(List.of(), List.of());
    private static final int NO_RULE = Verdict.DEFAULT;

    /** A deny without a window, or {@link Verdict#DEFAULT}. */
    private final int deny;
    private final int[] windowDenies;
    private final long[] denyWindows;
    /** An allow without window and rate, or {@link Verdict#DEFAULT}. */
    private final int allow;
    private final int[] limitedAllows;
    private final long[] allowWindows;
    private final Meter[] meters;
    private final boolean[] metered;

    /** Both lists in the order in which rules decide; a rule without window and rate stands last or not at all. */
    Candidates(List<Term> denies, List<Term> allows) {
        deny = unlimited(denies);
        List<Term> windowed = denies.stream().filter(t -> !t.unlimited()).toList();
        // Almost all lists are empty: one empty array for all stays in the cache.
        windowDenies = windowed.isEmpty() ? NO_RULES : windowed.stream().mapToInt(Term::rule).toArray();
        denyWindows = windowed.stream().mapToLong(Term::windowMask).toArray();
        allow = unlimited(allows);
        List<Term> limited = allows.stream().filter(t -> !t.unlimited()).toList();
        limitedAllows = limited.isEmpty() ? NO_RULES : limited.stream().mapToInt(Term::rule).toArray();
        allowWindows = limited.stream().mapToLong(Term::windowMask).toArray();
        meters = limited.stream().map(t -> t.meter().orElse(UNMETERED)).toArray(Meter[]::new);
        metered = new boolean[meters.length];
        for (int i = 0; i < metered.length; i++) {
            metered[i] = limited.get(i).isMetered();
        }
    }

    private static int unlimited(List<Term> terms) {
        return terms.stream().filter(Term::unlimited).mapToInt(Term::rule).findFirst().orElse(NO_RULE);
    }

    /** The deny that applies, or {@link Verdict#DEFAULT}. */
    int touched(long open) {
        if (deny >= 0) {
            return deny;
        }
        for (int i = 0; i < windowDenies.length; i++) {
            if ((denyWindows[i] & open) != 0) {
                return windowDenies[i];
            }
        }
        return NO_RULE;
    }

    /** The allow that applies, its token picked if it is rated; or {@link Verdict#DEFAULT}. */
    int covering(long open, Situation situation) {
        if (allow >= 0) {
            return allow;
        }
        for (int i = 0; i < limitedAllows.length; i++) {
            if (isOpen(i, open)
                    && (!metered[i] || !situation.metered || situation.buckets.pick(meters[i], situation.sourceHigh,
                            situation.sourceLow, situation.meterNanos))) {
                return limitedAllows[i];
            }
        }
        return NO_RULE;
    }

    /** After {@link #covering} found nothing: what kept its allows from applying; NONE when there are none. */
    int shortfall(long open) {
        for (int i = 0; i < limitedAllows.length; i++) {
            if (isOpen(i, open)) {
                return Shortfall.RATE;
            }
        }
        return limitedAllows.length == 0 ? Shortfall.NONE : Shortfall.WINDOW;
    }

    private boolean isOpen(int i, long open) {
        return allowWindows[i] == 0 || (allowWindows[i] & open) != 0;
    }
}
