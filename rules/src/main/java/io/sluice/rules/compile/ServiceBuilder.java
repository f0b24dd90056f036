package io.sluice.rules.compile;

import io.sluice.dissect.Protocol;
import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Operation;
import io.sluice.rules.Clause;
import io.sluice.rules.DecisionTable;
import io.sluice.rules.Service;
import io.sluice.rules.TableBuilder;
import io.sluice.rules.Term;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Conduit.Transport;
import io.sluice.rules.policy.OnDeny;
import io.sluice.rules.policy.PlainVocabulary;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Problem;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Compiles sets of conduits that count together: per inspected port, and for what is not inspected. */
final class ServiceBuilder {
    private final Policy policy;
    private final Places places;
    private final Map<Protocol, Dictionary> dictionaries;
    private final RuleBook rules;
    private final TableBuilder tables = new TableBuilder();
    private final Map<List<String>, Service> services = new HashMap<>();
    private final Map<List<String>, DecisionTable> plains = new HashMap<>();
    private final Map<String, Problem> problems = new LinkedHashMap<>();
    private final DemandsBuilder demands = new DemandsBuilder(problems);

    private record Port(Transport transport, int number) {}

    ServiceBuilder(Policy policy, Places places, Map<Protocol, Dictionary> dictionaries, RuleBook rules) {
        this.policy = policy;
        this.places = places;
        this.dictionaries = dictionaries;
        this.rules = rules;
    }

    List<Problem> problems() {
        return List.copyOf(problems.values());
    }

    static boolean speaksOfEthertypes(Conduit conduit) {
        return conduit.service().isEmpty() && conduit.rules().stream().flatMap(r -> r.acts().stream())
                .anyMatch(a -> a.operation().number() == PlainVocabulary.ETHERTYPE);
    }

    /** That of the most specific conduits; where these differ, the strictest. */
    OnDeny onDeny(List<Conduit> mostSpecificFirst) {
        int most = places.specificity(mostSpecificFirst.getFirst());
        return mostSpecificFirst.stream().filter(c -> places.specificity(c) == most).map(RuleBook::onDeny)
                .max(Comparator.naturalOrder()).orElse(OnDeny.REPLY);
    }

    /** The inspected services among conduits that match one pair, most specific first. */
    List<Service> services(List<Conduit> matching) {
        Map<Port, List<Conduit>> byPort = new LinkedHashMap<>();
        for (Conduit conduit : matching) {
            conduit.service().ifPresent(s -> byPort
                    .computeIfAbsent(new Port(s.transport(), s.port()), p -> new ArrayList<>()).add(conduit));
        }
        List<Conduit> plain = matching.stream().filter(c -> c.service().isEmpty()).toList();
        List<Service> made = new ArrayList<>();
        byPort.forEach((port, conduits) -> made.add(service(port, conduits, plain)));
        return made;
    }

    private Service service(Port port, List<Conduit> conduits, List<Conduit> plain) {
        Conduit first = conduits.getFirst();
        Conduit.Service service = first.service().orElseThrow();
        for (Conduit other : conduits) {
            refuseSecondProtocol(first, service, other);
        }
        List<Clause> denials = portDenials(port, plain, service.protocol().vocabulary());
        List<String> key = new ArrayList<>(List.of(port.toString()));
        conduits.forEach(c -> key.add(c.name()));
        denials.forEach(d -> key.add(Integer.toString(d.term().rule())));
        Service known = services.get(key);
        if (known == null) {
            List<Clause> clauses = new ArrayList<>(denials);
            conduits.forEach(c -> rules.entries(c).forEach(e -> clauses.addAll(e.clauses())));
            clauses.addAll(implied(conduits, service.protocol().vocabulary()));
            boolean fromBroker = places.isBroker(places.named(first.from()));
            known = new Service(service.protocol(), port.transport().number(), port.number(),
                    table(service.protocol().vocabulary(), clauses, first),
                    demands.demands(service.protocol().vocabulary(), conduits,
                            dictionaries.getOrDefault(service.protocol(), Dictionary.EMPTY)),
                    onDeny(conduits), Modes.of(policy, conduits, fromBroker),
                    conduits.stream().map(Conduit::name).toList());
            services.put(key, known);
        }
        return known;
    }

    private void refuseSecondProtocol(Conduit first, Conduit.Service service, Conduit other) {
        String name = other.service().orElseThrow().protocol().name();
        if (!name.equals(service.protocol().name())) {
            problems.putIfAbsent(first.name() + '\n' + other.name(), Problem.error(other.position(), "conduit `"
                    + other.name() + "` inspects port " + service.port() + " as `" + name + "`, but conduit `"
                    + first.name() + "`, which matches the same places, as `" + service.protocol().name()
                    + "`; give one of them another port"));
        }
    }

    static List<BitSet> everything(Vocabulary vocabulary) {
        return RuleClauses.selectorSizes(vocabulary).stream().map(size -> {
            BitSet all = new BitSet();
            all.set(0, size);
            return all;
        }).toList();
    }

    /** What a connection needs to work comes with any allow, whatever its window and rate; the first by id is named. */
    private List<Clause> implied(List<Conduit> conduits, Vocabulary vocabulary) {
        OptionalInt first = conduits.stream().flatMap(c -> rules.entries(c).stream()).filter(e -> !e.rule().deny())
                .mapToInt(RuleBook.Entry::number).min();
        if (first.isEmpty()) {
            return List.of();
        }
        Term always = new Term(first.getAsInt(), false, Term.ANY, Term.ANY, Term.ANY, Term.ALWAYS, Optional.empty());
        return vocabulary.implied().stream().map(o -> new Clause(o.number(), everything(vocabulary), always)).toList();
    }

    /** A plain deny of an inspected port refuses every message on it. */
    private List<Clause> portDenials(Port port, List<Conduit> plain, Vocabulary vocabulary) {
        int operation = port.transport() == Transport.TCP ? PlainVocabulary.TCP : PlainVocabulary.UDP;
        List<BitSet> everything = everything(vocabulary);
        List<Operation> operations = new ArrayList<>(vocabulary.operations());
        operations.addAll(vocabulary.implied());
        List<Clause> made = new ArrayList<>();
        plain.stream().flatMap(c -> rules.entries(c).stream()).flatMap(e -> e.clauses().stream())
                .filter(c -> c.operation() == operation && c.term().deny() && c.term().items().stream()
                        .anyMatch(r -> r.low() <= port.number() && port.number() <= r.high()))
                .map(Clause::term)
                .map(t -> new Term(t.rule(), true, Term.ANY, Term.ANY, Term.ANY, t.window(), t.meter()))
                .forEach(t -> operations.forEach(o -> made.add(new Clause(o.number(), everything, t))));
        return made;
    }

    /** What passes uninspected: rules of the conduits that match; frames by EtherType from zone to zone, both ways. */
    DecisionTable plain(List<Conduit> matching, List<Conduit> ethertypes) {
        List<Conduit> plain = matching.stream().filter(c -> c.service().isEmpty()).toList();
        if (plain.isEmpty() && ethertypes.isEmpty()) {
            return DecisionTable.NOTHING;
        }
        List<String> key = new ArrayList<>(plain.stream().map(Conduit::name).toList());
        key.add("");
        ethertypes.forEach(c -> key.add(c.name()));
        DecisionTable known = plains.get(key);
        if (known == null) {
            List<Clause> clauses = new ArrayList<>();
            plain.forEach(c -> clauses.addAll(clauses(c, false)));
            ethertypes.forEach(c -> clauses.addAll(clauses(c, true)));
            known = table(PlainVocabulary.INSTANCE, clauses,
                    plain.isEmpty() ? ethertypes.getFirst() : plain.getFirst());
            plains.put(key, known);
        }
        return known;
    }

    private List<Clause> clauses(Conduit conduit, boolean ethertypes) {
        return rules.entries(conduit).stream().flatMap(e -> e.clauses().stream())
                .filter(c -> (c.operation() == PlainVocabulary.ETHERTYPE) == ethertypes).toList();
    }

    private DecisionTable table(Vocabulary vocabulary, List<Clause> clauses, Conduit conduit) {
        DecisionTable table = tables.build(RuleClauses.selectorSizes(vocabulary), clauses);
        tables.excess().ifPresent(why -> problems.putIfAbsent("", Problem.error(conduit.position(),
                "the policy cannot be compiled: with conduit `" + conduit.name() + "`, " + why)));
        return table;
    }
}
