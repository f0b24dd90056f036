package io.sluice.rules.policy;

import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Act;
import io.sluice.dissect.Vocabulary.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One allow or deny of a conduit.
 *
 * @param does what it is about, as written
 * @param acts the same, resolved by the conduit's vocabulary
 * @param fields by key, as far as the rule states them
 * @param because the reason a deny gives
 */
public record Rule(String id, boolean deny, List<String> does, List<Act> acts, Map<String, Matcher> fields,
        Optional<Rate> rate, Optional<String> window, Optional<String> because, Position position) {
    public Rule {
        does = List.copyOf(does);
        acts = List.copyOf(acts);
        fields = Map.copyOf(fields);
    }

    /** What the rule says of a field for one of its acts: what it states, or means where it states nothing. */
    public Matcher matcher(Vocabulary vocabulary, Act act, Field field) {
        Matcher stated = fields.get(field.name());
        if (stated != null && act.operation().fields().contains(field.name())) {
            return stated;
        }
        Set<Integer> assumed = vocabulary.assumed(act, deny).get(field.name());
        return assumed == null
                ? new Matcher.Any(position)
                : new Matcher.Words(assumed.stream().sorted().toList(), position);
    }
}
