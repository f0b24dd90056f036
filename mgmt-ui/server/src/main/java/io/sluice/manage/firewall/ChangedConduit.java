package io.sluice.manage.firewall;

import io.sluice.rules.Relation;
import io.sluice.rules.analyze.Statement;
import io.sluice.rules.analyze.Witness;
import io.sluice.rules.policy.Policy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the conduit to whom people would ascribe a difference. */
final class ChangedConduit {
    private static final String REST = "other addresses of ";

    private ChangedConduit() {}

    /**
     * Of a request the conduit of the rule that decides it now, or, where only the absence of one does, of the one that decided
     * before; of all else the most specific conduit of the two. Empty where there is none.
     */
    static String of(Statement s, PolicyText.Sound before, PolicyText.Sound after) {
        return s.witness().flatMap(w -> ofRule(w, before, after)).or(() -> first(s, after)).or(() -> first(s, before))
                .orElse("");
    }

    private static Optional<String> ofRule(Witness w, PolicyText.Sound before, PolicyText.Sound after) {
        return w.after().rule().flatMap(id -> conduit(after.policy(), id))
                .or(() -> w.before().rule().flatMap(id -> conduit(before.policy(), id)));
    }

    private static Optional<String> conduit(Policy policy, String rule) {
        return policy.conduits().values().stream()
                .filter(c -> c.rules().stream().anyMatch(r -> r.id().equals(rule))).map(c -> c.name()).findFirst();
    }

    private static Optional<String> first(Statement s, PolicyText.Sound by) {
        return places(s.from(), by).flatMap(from -> places(s.to(), by).flatMap(to -> conduits(s, by, from, to)))
                .findFirst();
    }

    /** Those that speak of the statement's service, then all. */
    private static Stream<String> conduits(Statement s, PolicyText.Sound by, int from, int to) {
        Relation relation = by.compiled().relation(from, to);
        String protocol = s.service().split(" ", -1)[0];
        return Stream.concat(relation.services().stream().filter(v -> v.protocol().name().equals(protocol))
                .flatMap(v -> v.conduits().stream()), relation.conduits().stream());
    }

    private static Stream<Integer> places(List<String> texts, PolicyText.Sound by) {
        return texts.stream().map(t -> t.startsWith(REST) ? t.substring(REST.length()) : t)
                .flatMap(name -> java.util.stream.IntStream.range(1, by.compiled().places())
                        .filter(p -> by.compiled().nameOf(p).equals(name)).boxed());
    }
}
