package io.sluice.rules.compile;

import io.sluice.dissect.Names;
import io.sluice.dissect.Protocol;
import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Name;
import io.sluice.rules.Clause;
import io.sluice.rules.CompiledGrant;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Grant;
import io.sluice.rules.Meter;
import io.sluice.rules.TableBuilder;
import io.sluice.rules.Term;
import io.sluice.rules.policy.Asset;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.GrantReader;
import io.sluice.rules.policy.Matcher;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Position;
import io.sluice.rules.policy.Problem;
import io.sluice.rules.policy.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compiles grants for a policy. A grant only narrows: what no allow of its conduit covers is refused here, and what it
 * permits still has to pass all rules of the policy, so that a deny, a window or a rate holds for it as for everybody.
 */
public final class GrantCompiler {
    private final Policy policy;
    private final CompiledPolicy compiled;
    private final Places places;
    private final Map<Protocol, Dictionary> dictionaries;
    private final RuleBook rules;
    private final Map<String, Integer> windows = new HashMap<>();

    /**
     * For one policy.
     *
     * @param compiled what the policy was compiled to
     */
    public GrantCompiler(Policy policy, CompiledPolicy compiled) {
        this.policy = policy;
        this.compiled = compiled;
        places = new Places(policy, List.of());
        dictionaries = Dictionary.all(policy, places);
        rules = new RuleBook(policy, dictionaries);
        policy.windows().keySet().forEach(name -> windows.put(name, windows.size()));
    }

    /** Either a grant ready to decide, or what stands in the way. */
    public sealed interface Result {
        record Compiled(CompiledGrant grant) implements Result {}

        record Refused(List<Problem> problems) implements Result {}
    }

    public Result compile(Grant grant) {
        Position position = new Position("grant " + grant.id(), 1, 1);
        Optional<String> misplaced = misplaced(grant);
        if (misplaced.isPresent()) {
            return new Result.Refused(List.of(Problem.error(position, misplaced.get())));
        }
        Conduit conduit = conduit(grant);
        List<Clause> ceiling = rules.entries(conduit).stream().filter(e -> !e.rule().deny())
                .flatMap(e -> e.clauses().stream()).toList();
        if (grant.rules().isEmpty()) {
            return table(grant, conduit, ceiling, position);
        }
        return switch (GrantReader.read(position.file(), grant.rules().get(), policy, conduit)) {
            case GrantReader.Result.Refused refused -> new Result.Refused(refused.problems());
            case GrantReader.Result.Read read -> narrowed(grant, conduit, ceiling, read.rules());
        };
    }

    private Conduit conduit(Grant grant) {
        Conduit conduit = policy.conduits().get(grant.conduit());
        if (conduit == null) {
            throw new IllegalStateException("checked before: " + grant.conduit());
        }
        return conduit;
    }

    /** What is wrong with the grant whatever its rules say. */
    private Optional<String> misplaced(Grant grant) {
        Conduit conduit = policy.conduits().get(grant.conduit());
        Asset target = policy.assets().get(grant.target());
        if (grant.id().isBlank() || grant.person().isBlank()) {
            return Optional.of("a grant needs an id and a person, to whom what is done can be attributed");
        }
        if (conduit == null) {
            return Optional.of("the policy has no conduit `" + grant.conduit() + "`; name one that comes from a"
                    + " zone with `broker: true`");
        }
        if (!places.isBroker(places.named(conduit.from()))) {
            return Optional.of("conduit `" + conduit.name() + "` comes from `" + conduit.from()
                    + "`, which is no zone with `broker: true`; only such a conduit can be granted");
        }
        if (target == null) {
            return Optional.of("the policy has no asset `" + grant.target() + "`; name the device to be reached");
        }
        if (!places.within(places.named(target.name()), places.named(conduit.to()))) {
            return Optional.of("asset `" + target.name() + "` is not where conduit `" + conduit.name() + "` leads, to `"
                    + conduit.to() + "`");
        }
        return conduit.service().filter(s -> s.transport() != Conduit.Transport.TCP)
                .map(s -> "conduit `" + conduit.name() + "` speaks over UDP; sessions carry TCP only");
    }

    private Result narrowed(Grant grant, Conduit conduit, List<Clause> allows, List<Rule> granted) {
        Dictionary dictionary = dictionary(conduit);
        Ceiling ceiling = new Ceiling(conduit.vocabulary(), dictionary, allows);
        RuleClauses reader = new RuleClauses(conduit.vocabulary(), windows, dictionary);
        List<Clause> clauses = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (Rule rule : granted) {
            Optional<String> unnamed = unnamed(rule, dictionary);
            if (unnamed.isPresent()) {
                problems.add(Problem.error(rule.position(), "`" + rule.id() + "` names `" + unnamed.get()
                        + "`, which the policy does not; a grant can only name what some rule of the policy names,"
                        + " or `any`"));
                continue;
            }
            if (rule.rate().filter(r -> !Meter.countable(r)).isPresent()) {
                problems.add(Problem.error(rule.position(), "the rate of `" + rule.id()
                        + "` is outside what can be counted; use a smaller burst or a shorter period"));
                continue;
            }
            List<Clause> own = reader.clauses("grant " + grant.id(), rule, clauses.size());
            own.stream().map(ceiling::objection).flatMap(Optional::stream).findFirst()
                    .ifPresent(why -> problems.add(Problem.error(rule.position(), "`" + rule.id()
                            + "` goes beyond conduit `" + conduit.name() + "`: " + why)));
            clauses.addAll(own);
        }
        return problems.isEmpty()
                ? table(grant, conduit, clauses, granted.getFirst().position())
                : new Result.Refused(List.copyOf(problems));
    }

    private Dictionary dictionary(Conduit conduit) {
        return conduit.service().map(s -> dictionaries.get(s.protocol())).orElse(Dictionary.EMPTY);
    }

    /** A name without a number: in the tables it would stand for everything that has none. */
    private static Optional<String> unnamed(Rule rule, Dictionary dictionary) {
        return rule.fields().values().stream()
                .flatMap(m -> m instanceof Matcher.Names stated ? stated.names().stream() : Stream.of())
                .filter(n -> dictionary.number(n) == Names.UNKNOWN).map(Name::text).findFirst();
    }

    private Result table(Grant grant, Conduit conduit, List<Clause> allows, Position position) {
        Vocabulary vocabulary = conduit.vocabulary();
        List<Clause> clauses = new ArrayList<>(allows);
        if (!allows.isEmpty()) {
            // What a connection needs to work comes with any allow.
            Term always = new Term(0, false, Term.ANY, Term.ANY, Term.ANY, Term.ALWAYS, Optional.empty());
            vocabulary.implied()
                    .forEach(o -> clauses.add(new Clause(o.number(), ServiceBuilder.everything(vocabulary), always)));
        }
        TableBuilder tables = new TableBuilder();
        var table = tables.build(RuleClauses.selectorSizes(vocabulary), clauses);
        Optional<String> excess = tables.excess();
        if (excess.isPresent()) {
            return new Result.Refused(List.of(Problem.error(position, "the grant cannot be compiled: "
                    + excess.get())));
        }
        return new Result.Compiled(new CompiledGrant(grant, compiled, places.named(grant.target()),
                conduit.service().map(Conduit.Service::protocol),
                conduit.service().map(Conduit.Service::port).orElse(0), table));
    }
}
