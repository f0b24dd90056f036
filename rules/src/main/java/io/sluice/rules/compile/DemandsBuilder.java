package io.sluice.rules.compile;

import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Act;
import io.sluice.rules.Demands;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Problem;
import io.sluice.rules.policy.Requirement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Joins what several conduits of one service demand of a connection: the strictest of all counts. */
final class DemandsBuilder {
    private final Map<String, Problem> problems;

    /** @param problems to which what stands in the way is added, each once */
    DemandsBuilder(Map<String, Problem> problems) {
        this.problems = problems;
    }

    /** @param conduits that match one pair and speak of one service, most specific first */
    Demands demands(Vocabulary vocabulary, List<Conduit> conduits, Dictionary dictionary) {
        Map<Integer, Requirement> joined = new LinkedHashMap<>();
        Map<Integer, Conduit> first = new HashMap<>();
        for (Conduit conduit : conduits) {
            for (Requirement requirement : conduit.channel()) {
                int trait = requirement.trait().number();
                Conduit other = first.putIfAbsent(trait, conduit);
                if (other == null) {
                    joined.put(trait, requirement);
                } else {
                    join(joined, requirement, conduit, other);
                }
            }
        }
        List<Requirement> all = new ArrayList<>();
        vocabulary.traits().forEach(t -> Optional.ofNullable(joined.get(t.number())).ifPresent(all::add));
        if (conduits.size() > 1) {
            check(vocabulary, conduits, all);
        }
        return Demands.of(vocabulary, all, dictionary::number);
    }

    private void join(Map<Integer, Requirement> joined, Requirement requirement, Conduit conduit, Conduit other) {
        int trait = requirement.trait().number();
        Requirement before = joined.getOrDefault(trait, requirement);
        Optional<Requirement> both = before.and(requirement);
        both.ifPresent(b -> joined.put(trait, b));
        if (both.isEmpty()) {
            problems.putIfAbsent(key("join" + trait, other, conduit), Problem.error(requirement.position(),
                    "conduit `" + conduit.name() + "` demands `" + requirement.text() + "` and conduit `"
                            + other.name() + "`, which matches the same places, `" + before.text()
                            + "`; no connection can be both, so let them agree"));
        }
    }

    /** What is sound in each conduit may not be so together: a client would choose by which of them it is judged. */
    private void check(Vocabulary vocabulary, List<Conduit> conduits, List<Requirement> joined) {
        Map<String, Set<Integer>> demands = new HashMap<>();
        joined.forEach(r -> demands.put(r.trait().key(), r.accepted()));
        vocabulary.objection(List.of(), demands)
                .ifPresent(why -> refuse(conduits.getFirst(), conduits.getLast(), why));
        List<Act> acts = new ArrayList<>();
        for (Conduit conduit : conduits) {
            conduit.rules().forEach(r -> acts.addAll(r.acts()));
            Optional<String> why = acts.isEmpty() ? Optional.empty() : vocabulary.objection(acts, demands);
            if (why.isPresent()) {
                Conduit other = conduit.equals(conduits.getFirst()) ? conduits.getLast() : conduit;
                refuse(conduits.getFirst(), other, why.get());
                return;
            }
        }
    }

    private void refuse(Conduit first, Conduit second, String why) {
        problems.putIfAbsent(key("check", first, second), Problem.error(second.position(), "conduit `" + second.name()
                + "` together with conduit `" + first.name() + "`, which matches the same places, " + why));
    }

    private static String key(String kind, Conduit first, Conduit second) {
        return kind + '\n' + first.name() + '\n' + second.name();
    }
}
