package io.sluice.rules.policy;

import io.sluice.dissect.Vocabulary.Demand;
import io.sluice.dissect.Vocabulary.Name;
import io.sluice.dissect.Vocabulary.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a conduit demands of one trait of a connection.
 *
 * @param numbers the accepted values, or the least of them; empty for names and pins
 * @param names the accepted names; empty otherwise
 */
public record Requirement(Trait trait, Set<Integer> numbers, List<Name> names, Position position) {
    public Requirement {
        numbers = Set.copyOf(numbers);
        names = List.copyOf(names);
    }

    /** The values of the trait that have words and are accepted; empty for names and pins. */
    public Set<Integer> accepted() {
        return trait.how() == Demand.AT_LEAST
                ? trait.words().values().stream().filter(n -> n >= least()).collect(Collectors.toSet())
                : numbers;
    }

    private int least() {
        return numbers.stream().mapToInt(n -> n).max().orElse(0);
    }

    /** This and another requirement of the same trait as one; empty where nothing meets both. */
    public Optional<Requirement> and(Requirement other) {
        return switch (trait.how()) {
            case ONE_OF -> {
                Set<Integer> both = new TreeSet<>(numbers);
                both.retainAll(other.numbers);
                yield both.isEmpty() ? Optional.empty() : Optional.of(with(both, names));
            }
            case AT_LEAST -> Optional.of(with(Set.of(Math.max(least(), other.least())), names));
            case ONE_OF_NAMES -> {
                List<Name> both = names.stream().filter(other.names::contains).toList();
                yield both.isEmpty() ? Optional.empty() : Optional.of(with(numbers, both));
            }
            case PINNED_CLIENT, PINNED_SERVER -> Optional.of(this);
        };
    }

    private Requirement with(Set<Integer> otherNumbers, List<Name> otherNames) {
        return new Requirement(trait, otherNumbers, otherNames, position);
    }

    /** As in a policy: {@code mode sign}, {@code client_certificate pinned}. */
    public String text() {
        return trait.key() + " " + switch (trait.how()) {
            case ONE_OF -> words(numbers);
            case AT_LEAST -> word(least());
            case ONE_OF_NAMES -> names.stream().map(Name::text).collect(Collectors.joining(" or "));
            case PINNED_CLIENT, PINNED_SERVER -> "pinned";
        };
    }

    private String words(Set<Integer> values) {
        return values.stream().sorted().map(this::word).collect(Collectors.joining(" or "));
    }

    private String word(int number) {
        return trait.words().entrySet().stream().filter(e -> e.getValue() == number).map(e -> e.getKey()).findFirst()
                .orElse(Integer.toString(number));
    }
}
