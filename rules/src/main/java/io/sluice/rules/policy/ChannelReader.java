package io.sluice.rules.policy;

import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Name;
import io.sluice.dissect.Vocabulary.Naming;
import io.sluice.dissect.Vocabulary.Trait;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a conduit's {@code channel}: what it demands of connections. */
final class ChannelReader {
    private static final String ANY = "any";
    private static final Map<String, Boolean> PINNED = Map.of("pinned", true);

    private final Values values;
    private final Problems problems;

    ChannelReader(Values values) {
        this.values = values;
        this.problems = values.problems();
    }

    List<Requirement> read(Yaml value, Vocabulary vocabulary) {
        if (vocabulary.traits().isEmpty()) {
            problems.error(value.position(), "`channel` has no meaning here; it goes with a protocol that secures its"
                    + " connections, such as `protocol: opcua`");
            return List.of();
        }
        Optional<Yaml.Mapping> map = values.map(value, "channel");
        if (map.isEmpty()) {
            return List.of();
        }
        Section section = new Section(map.get(), Keys.channel(vocabulary), "channel", problems);
        List<Requirement> requirements = new ArrayList<>();
        for (Trait trait : vocabulary.traits()) {
            section.find(trait.key()).filter(v -> !isAny(v)).flatMap(v -> requirement(v, trait))
                    .ifPresent(requirements::add);
        }
        return requirements;
    }

    /** A statement that nothing is demanded. */
    private static boolean isAny(Yaml value) {
        return value instanceof Yaml.Text text && text.value().equals(ANY);
    }

    private Optional<Requirement> requirement(Yaml value, Trait trait) {
        Position position = value.position();
        return switch (trait.how()) {
            case ONE_OF -> words(value, trait).map(n -> new Requirement(trait, n, List.of(), position));
            case AT_LEAST -> values.word(value, trait.key(), trait.words())
                    .map(n -> new Requirement(trait, Set.of(n), List.of(), position));
            case ONE_OF_NAMES -> trait.naming().flatMap(n -> names(value, trait, n))
                    .map(n -> new Requirement(trait, Set.of(), n, position));
            case PINNED_CLIENT, PINNED_SERVER -> values.word(value, trait.key(), PINNED)
                    .map(_ -> new Requirement(trait, Set.of(), List.of(), position));
        };
    }

    private Optional<Set<Integer>> words(Yaml value, Trait trait) {
        List<Yaml.Text> texts = values.oneOrMore(value, trait.key());
        Set<Integer> numbers = new LinkedHashSet<>();
        for (Yaml.Text text : texts) {
            Optional<Integer> number = values.word(text, trait.key(), trait.words());
            if (number.isPresent() && !numbers.add(number.get())) {
                problems.warning(text.position(), Problems.quote(text.value()) + " is listed twice");
            }
        }
        return numbers.isEmpty() ? Optional.empty() : Optional.of(numbers);
    }

    private Optional<List<Name>> names(Yaml value, Trait trait, Naming naming) {
        List<Name> names = new ArrayList<>();
        for (Yaml.Text text : values.oneOrMore(value, trait.key())) {
            values.name(text, naming).ifPresent(names::add);
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(names);
    }
}
