package io.sluice.rules.policy;

import io.sluice.dissect.Vocabulary.Act;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
}
