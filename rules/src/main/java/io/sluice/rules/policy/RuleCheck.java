package io.sluice.rules.policy;

import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Act;
import io.sluice.dissect.Vocabulary.Field;
import io.sluice.dissect.Vocabulary.Role;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks that what a rule does and the fields it states go together. */
final class RuleCheck {
    private final Problems problems;

    RuleCheck(Problems problems) {
        this.problems = problems;
    }

    /** @param acts by the word they were written with */
    record Draft(Section section, boolean deny, Vocabulary vocabulary, Map<String, List<Act>> acts,
            Map<String, Matcher> fields) {
        String words() {
            return acts.keySet().stream().map(Problems::quote).reduce((a, b) -> a + " and " + b).orElse("this");
        }
    }

    void check(Draft draft) {
        meaningless(draft);
        if (!draft.deny()) {
            missing(draft);
        }
        objections(draft);
    }

    /** A field that none of the acts has constrains nothing: the rule would be wider than it reads. */
    private void meaningless(Draft draft) {
        Set<String> known = new HashSet<>();
        draft.acts().values().forEach(acts -> acts.forEach(act -> known.addAll(act.operation().fields())));
        for (Field field : draft.vocabulary().fields()) {
            if (!known.contains(field.name())) {
                draft.section().find(field.name()).ifPresent(value -> problems.error(value.position(),
                        "`" + field.name() + "` has no meaning for " + draft.words() + "; leave it out"));
            }
        }
    }

    private void missing(Draft draft) {
        Map<String, Set<Integer>> selectors = selectors(draft);
        Set<String> required = new HashSet<>();
        draft.acts().values().stream().flatMap(List::stream)
                .forEach(act -> required.addAll(draft.vocabulary().required(act, selectors)));
        Set<String> missing = new LinkedHashSet<>();
        for (Field field : draft.vocabulary().fields()) {
            if (required.contains(field.name()) && draft.section().find(field.name()).isEmpty()) {
                missing.add(field.name());
            }
        }
        if (!missing.isEmpty()) {
            problems.error(draft.section().position(), "an allow of " + draft.words() + " must state `"
                    + String.join("`, `", missing) + "`; write `any` where every value is meant");
        }
    }

    private void objections(Draft draft) {
        Map<String, Set<Integer>> selectors = selectors(draft);
        draft.acts().forEach((word, acts) -> {
            List<Optional<String>> objections = acts.stream().map(a -> draft.vocabulary().objection(a, selectors))
                    .toList();
            if (!acts.isEmpty() && objections.stream().allMatch(Optional::isPresent)) {
                problems.error(draft.section().find("do").map(Yaml::position).orElse(draft.section().position()),
                        objections.getFirst().orElseThrow());
            }
        });
    }

    private static Map<String, Set<Integer>> selectors(Draft draft) {
        Map<String, Set<Integer>> selectors = new HashMap<>();
        for (Field field : draft.vocabulary().fields()) {
            Matcher matcher = draft.fields().get(field.name());
            if (field.role() == Role.SELECTOR && matcher != null) {
                stated(matcher).ifPresent(numbers -> selectors.put(field.name(), numbers));
            }
        }
        return selectors;
    }

    private static Optional<Set<Integer>> stated(Matcher matcher) {
        return switch (matcher) {
            case Matcher.Any _ -> Optional.empty();
            case Matcher.Names _ -> Optional.empty();
            case Matcher.Words words -> Optional.of(Set.copyOf(words.numbers()));
            case Matcher.Ranges ranges -> {
                Set<Integer> numbers = new HashSet<>();
                for (Matcher.Range range : Set.copyOf(ranges.ranges())) {
                    for (long n = range.low(); n <= range.high(); n++) {
                        numbers.add((int) n);
                    }
                }
                yield Optional.of(numbers);
            }
        };
    }
}
