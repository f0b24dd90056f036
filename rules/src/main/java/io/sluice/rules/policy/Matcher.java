package io.sluice.rules.policy;

import io.sluice.dissect.Vocabulary.Name;
import java.util.List;

/** What a rule says of one field. */
public sealed interface Matcher {
    /** The key's value stands here. */
    Position position();

    /** {@code any}: a statement, not an omission. */
    record Any(Position position) implements Matcher {}

    /** Numbers and ranges, both ends included, in the form in which facts give them. */
    record Ranges(List<Range> ranges, Position position) implements Matcher {
        public Ranges {
            ranges = List.copyOf(ranges);
        }
    }

    /** Words of the field's vocabulary, already known to exist in it, as their numbers. */
    record Words(List<Integer> numbers, Position position) implements Matcher {
        public Words {
            numbers = List.copyOf(numbers);
        }
    }

    /** Names, and beside them numbers and ranges: a value may be either. */
    record Names(List<Name> names, List<Range> ranges, Position position) implements Matcher {
        public Names {
            names = List.copyOf(names);
            ranges = List.copyOf(ranges);
        }
    }

    /** From {@code low} to {@code high}, both included. */
    record Range(long low, long high) {}
}
