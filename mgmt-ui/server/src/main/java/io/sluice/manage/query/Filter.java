package io.sluice.manage.query;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A filter of events: all terms have to hold. {@link #toString} is the one way to write it, which parses to an equal filter.
 */
public record Filter(List<Term> terms) {
    /** All events. */
    public static final Filter ALL = new Filter(List.of());

    /** What became of a text. */
    public sealed interface Result {
        record Parsed(Filter filter) implements Result {}

        /** Some of its words mean nothing; at least one problem, in the order of the text. */
        record Refused(List<FilterProblem> problems) implements Result {}
    }

    /** The keys that there are, each with what may stand behind it. */
    public static List<Field> keys() {
        return Arrays.stream(Field.values()).filter(f -> f != Field.TEXT).toList();
    }

    public static Result parse(String text) {
        return FilterParser.parse(text);
    }

    public Condition under(FilterContext context) {
        return new Condition(this, context);
    }

    @Override
    public String toString() {
        return terms.stream().map(Term::written).collect(Collectors.joining(" "));
    }
}
