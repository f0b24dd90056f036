package io.sluice.rules;

import io.sluice.rules.policy.Matcher.Range;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a rule demands of an item once its operation and scope match.
 *
 * @param rule index into {@link CompiledPolicy#rules}
 * @param items ascending and apart; {@link #ANY} covers the absent item too
 * @param extras likewise
 * @param values likewise; only {@link #ANY} covers a value that cannot be told
 * @param window bit of the window, or {@link #ALWAYS}
 */
public record Term(int rule, boolean deny, List<Range> items, List<Range> extras, List<Range> values, int window,
        Optional<Meter> meter) {
    /** Everything, the absent included: what a field that a rule leaves out means. */
    public static final List<Range> ANY = List.of(new Range(Long.MIN_VALUE, Long.MAX_VALUE));
    /** {@link #window} of a rule without one. */
    public static final int ALWAYS = -1;

    /**
     * The order in which rules decide: those that nothing limits, then those with a window, then those with a rate;
     * among equals the lower rule index.
     */
    static final Comparator<Term> ORDER = Comparator.comparing(Term::isMetered).thenComparing(t -> t.window != ALWAYS)
            .thenComparingInt(Term::rule);

    public Term {
        items = List.copyOf(items);
        extras = List.copyOf(extras);
        values = List.copyOf(values);
    }

    boolean isMetered() {
        return meter.isPresent();
    }

    boolean unlimited() {
        return window == ALWAYS && meter.isEmpty();
    }

    long windowMask() {
        return window == ALWAYS ? 0 : 1L << window;
    }

    boolean anyValue() {
        return values.equals(ANY);
    }
}
