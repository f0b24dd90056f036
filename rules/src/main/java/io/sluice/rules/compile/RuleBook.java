package io.sluice.rules.compile;

import io.sluice.dissect.Protocol;
import io.sluice.rules.Clause;
import io.sluice.rules.RuleInfo;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.OnDeny;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All rules, numbered by id and conduit, so that neither the order of the file nor that of the conduits shows in a
 * verdict; and their clauses.
 */
final class RuleBook {
    private final List<RuleInfo> infos = new ArrayList<>();
    private final Map<String, List<Entry>> byConduit = new HashMap<>();

    /** A rule with its number and what it was turned into. */
    record Entry(int number, Conduit conduit, Rule rule, List<Clause> clauses) {}

    private record Written(Conduit conduit, Rule rule) {}

    RuleBook(Policy policy, Map<Protocol, Dictionary> dictionaries) {
        Map<String, Integer> windows = new HashMap<>();
        policy.windows().keySet().forEach(name -> windows.put(name, windows.size()));
        List<Written> written = new ArrayList<>();
        for (Conduit conduit : policy.conduits().values()) {
            conduit.rules().forEach(rule -> written.add(new Written(conduit, rule)));
        }
        written.sort(Comparator.comparing((Written w) -> w.rule.id()).thenComparing(w -> w.conduit.name()));
        for (Written w : written) {
            Conduit conduit = w.conduit;
            Dictionary dictionary = conduit.service().map(s -> dictionaries.get(s.protocol())).orElse(Dictionary.EMPTY);
            List<Clause> clauses = new RuleClauses(conduit.vocabulary(), windows, dictionary).clauses(conduit.name(),
                    w.rule, infos.size());
            byConduit.computeIfAbsent(conduit.name(), n -> new ArrayList<>())
                    .add(new Entry(infos.size(), conduit, w.rule, clauses));
            infos.add(new RuleInfo(w.rule.id(), conduit.name(), w.rule.deny(), onDeny(conduit), w.rule.because()));
        }
    }

    static OnDeny onDeny(Conduit conduit) {
        return conduit.onDeny().orElse(OnDeny.REPLY);
    }

    List<RuleInfo> infos() {
        return infos;
    }

    /** The rules of a conduit, by number. */
    List<Entry> entries(Conduit conduit) {
        return byConduit.getOrDefault(conduit.name(), List.of());
    }
}
