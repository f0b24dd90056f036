package io.sluice.manage.firewall;

import io.sluice.dissect.Protocol;
import io.sluice.dissect.Protocols;
import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Notation;
import io.sluice.dissect.Vocabulary.Role;
import io.sluice.dissect.Vocabulary.Understood;
import io.sluice.manage.Refused;
import io.sluice.manage.event.Event;
import io.sluice.manage.firewall.Requested.Item;
import io.sluice.rules.Relation;
import io.sluice.rules.analyze.Explanation;
import io.sluice.rules.analyze.Question;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Conduit.Transport;
import io.sluice.rules.policy.PlainVocabulary;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A refused request, and what the policy that judges now says of it.
 *
 * @param protocol empty for what is not inspected
 */
record Wanted(PolicyText.Sound policy, Event event, ConduitEnd from, ConduitEnd to, Optional<Protocol> protocol) {
    static Wanted of(PolicyText.Sound policy, Event event) throws Refused {
        return new Wanted(policy, event, ConduitEnd.of(policy, event.source()),
                ConduitEnd.of(policy, event.destination()), Protocols.named(event.protocol()));
    }

    Vocabulary vocabulary() {
        return protocol.map(Protocol::vocabulary).orElse(PlainVocabulary.INSTANCE);
    }

    /** Whether values are whole numbers. */
    boolean wholeNumbers() {
        return vocabulary().fields().stream()
                .noneMatch(f -> f.role() == Role.VALUE && f.notation() instanceof Notation.Decimal);
    }

    Transport transport() {
        return event.transport().equals("UDP") ? Transport.UDP : Transport.TCP;
    }

    int port() {
        return event.destination().port();
    }

    List<Item> items() throws Refused {
        return switch (Requested.of(vocabulary(), event.deed().text())) {
            case Understood.Yes<List<Item>> yes -> yes.meaning();
            case Understood.No<List<Item>> no -> throw noWords(event, no.sentence());
        };
    }

    static Refused noWords(Event event, String why) {
        return Refused.of(422, "no-words", "no rule can say what this was: " + event.sentence() + "; " + why);
    }

    /** What the policy says of one item today. */
    Optional<Explanation> today(Item item) {
        return explain(policy, from.place(), to.place(), item);
    }

    /** What another policy, which knows names for both ends, says of it. */
    Optional<Explanation> then(PolicyText.Sound other, Item item) {
        return explain(other, from.name(), to.name(), item);
    }

    /** By now the port of an inspected request is not inspected any more. */
    boolean passesUninspected() {
        Question port = new Question(from.place(), to.place(), Optional.empty(),
                transport().name().toLowerCase(Locale.ROOT) + " port " + port());
        boolean inspected = relation(policy, from.place(), to.place()).service(transport().number(), port()) != null;
        return protocol.isPresent() && !inspected
                && Explanation.of(policy.compiled(), policy.policy(), port) instanceof Understood.Yes<Explanation> yes
                && yes.meaning().allowed();
    }

    private Optional<Explanation> explain(PolicyText.Sound by, String asks, String answers, Item item) {
        Question question = new Question(asks, answers, protocol.map(Protocol::name), item.words());
        return switch (Explanation.of(by.compiled(), by.policy(), question)) {
            case Understood.Yes<Explanation> yes -> Optional.of(yes.meaning());
            case Understood.No<Explanation> _ -> Optional.empty();
        };
    }

    /** The items that no rule allows; a deny that touches one ends it. */
    List<Item> missing(List<Item> items) throws Refused {
        List<Item> missing = new ArrayList<>();
        for (Item item : items) {
            Optional<Explanation> today = today(item);
            Optional<String> deny = today.filter(e -> !e.allowed()).flatMap(Explanation::rule);
            if (deny.isPresent()) {
                throw denied(deny.get());
            }
            if (today.filter(Explanation::allowed).isEmpty()) {
                missing.add(item);
            }
        }
        return missing;
    }

    Refused denied(String deny) {
        int line = Explainer.rule(policy.policy(), deny).map(r -> r.position().line()).orElse(0);
        return Refused.conflict("denied-by-rule", "deny `" + deny + "` in line " + line
                + " refuses this, and a deny always wins; if it is too wide, change it by hand");
    }

    /** All that conduits say about the two today. */
    Relation relation(PolicyText.Sound by, String asks, String answers) {
        return by.compiled().relation(place(by, asks), place(by, answers));
    }

    private static int place(PolicyText.Sound by, String name) {
        for (int place = 1; place < by.compiled().places(); place++) {
            if (by.compiled().nameOf(place).equals(name)) {
                return place;
            }
        }
        return 0;
    }

    /** A conduit between just these two, in these words; one that allows something before one that does not. */
    Optional<Conduit> conduit() {
        Policy all = policy.policy();
        return all.conduits().values().stream()
                .filter(c -> c.from().equals(from.name()) && c.to().equals(to.name()))
                .filter(c -> c.service().isPresent() == protocol.isPresent())
                .filter(c -> c.service().isEmpty() || (c.service().get().protocol().name().equals(event.protocol())
                        && c.service().get().port() == port() && c.service().get().transport() == transport()))
                .max(Comparator.comparing(c -> c.rules().stream().anyMatch(r -> !r.deny())));
    }

    /** What would be inspected on the port of a connection that nothing permits yet. */
    Optional<Protocol> inspectable() {
        if (protocol.isPresent() || !event.transport().equals("TCP")) {
            return Optional.empty();
        }
        return policy.policy().conduits().values().stream().flatMap(c -> c.service().stream())
                .filter(s -> s.port() == port() && s.transport() == Transport.TCP).map(Conduit.Service::protocol)
                .findFirst()
                .or(() -> Protocols.ALL.stream().filter(p -> p.defaultPort() == port()).findFirst());
    }

    /** The rule that allows it in words. */
    Optional<Rule> allowing(List<Item> items) {
        return items.stream().flatMap(i -> today(i).stream()).flatMap(e -> e.rule().stream())
                .flatMap(id -> Explainer.rule(policy.policy(), id).stream())
                .max(Comparator.comparing(r -> r.rate().isPresent()));
    }
}
