package io.sluice.rules.learn;

import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Act;
import io.sluice.dissect.Vocabulary.Demand;
import io.sluice.dissect.Vocabulary.Trait;
import io.sluice.dissect.Vocabulary.Understood;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a conduit may demand of connections: what they all had, as far as it goes together with the rules. */
final class ChannelDraft {
    private final Vocabulary vocabulary;
    private final Traffic traffic;
    private final List<Act> acts = new ArrayList<>();

    ChannelDraft(Vocabulary vocabulary, Traffic traffic, List<RuleDraft> rules) {
        this.vocabulary = vocabulary;
        this.traffic = traffic;
        rules.stream().map(r -> r.keys().get("do")).filter(d -> d != null).flatMap(List::stream).forEach(word -> {
            if (vocabulary.act(word) instanceof Understood.Yes<List<Act>> yes) {
                acts.addAll(yes.meaning());
            }
        });
    }

    /** As the policy states it; empty where nothing is demanded. */
    Optional<String> text() {
        List<String> demands = new ArrayList<>();
        Map<String, Set<Integer>> accepted = new HashMap<>();
        for (Trait trait : vocabulary.traits()) {
            Set<Integer> values = traffic.traits().getOrDefault(trait.number(), Set.of());
            boolean stable = values.size() == 1 && !trait.late();
            if (!stable || (trait.how() != Demand.ONE_OF && trait.how() != Demand.AT_LEAST)) {
                continue;
            }
            int value = values.iterator().next();
            Set<Integer> meant = trait.how() == Demand.ONE_OF ? Set.of(value) : atLeast(trait, value);
            accepted.put(trait.key(), meant);
            Optional<String> word = trait.words().entrySet().stream().filter(e -> e.getValue() == value)
                    .map(Map.Entry::getKey).sorted().findFirst();
            if (word.isEmpty() || vocabulary.objection(acts, accepted).isPresent()
                    || vocabulary.objection(List.of(), accepted).isPresent()) {
                accepted.remove(trait.key());
            } else {
                demands.add(trait.key() + ": " + (trait.how() == Demand.ONE_OF ? "[" + word.get() + "]" : word.get()));
            }
        }
        return demands.isEmpty() ? Optional.empty() : Optional.of("{" + String.join(", ", demands) + "}");
    }

    private static Set<Integer> atLeast(Trait trait, int value) {
        Set<Integer> values = new TreeSet<>(trait.words().values());
        values.removeIf(v -> v < value);
        return values;
    }
}
