package io.sluice.rules.analyze;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Names;
import io.sluice.dissect.OrderedNumber;
import io.sluice.dissect.Protocol;
import io.sluice.dissect.Protocols;
import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Field;
import io.sluice.dissect.Vocabulary.Request;
import io.sluice.dissect.Vocabulary.Role;
import io.sluice.dissect.Vocabulary.Understood;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.DecisionTable;
import io.sluice.rules.RateBuckets;
import io.sluice.rules.Relation;
import io.sluice.rules.RuleInfo;
import io.sluice.rules.Service;
import io.sluice.rules.Situation;
import io.sluice.rules.Verdict;
import io.sluice.rules.Windows;
import io.sluice.rules.policy.PlainVocabulary;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Window;
import java.lang.foreign.MemorySegment;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * One request in words, judged by the tables that judge packets. Every window counts as open and every bucket as full.
 *
 * @param service the inspected service whose words were spoken; empty for plain words, or where none is inspected
 * @param names texts of the names that the policy uses in these words, by number
 */
record Judgement(Relation relation, Optional<Service> service, Vocabulary vocabulary, IntFunction<String> names,
        Facts facts, Outcome verdict, Optional<RuleInfo> rule) {

    /** What a {@link Verdict} says, kept: see there. */
    record Outcome(boolean allowed, int shortfall, int span, int index) {}

    /** One set of words the request may be in, and the table that judges it. */
    private record Way(Vocabulary vocabulary, Optional<Protocol> protocol, DecisionTable table,
            Optional<Service> service) {}

    static Understood<Judgement> of(CompiledPolicy compiled, Policy policy, Question question) {
        int from = place(compiled, question.from());
        int to = place(compiled, question.to());
        if (from < 0 || to < 0) {
            return new Understood.No<>("`" + (from < 0 ? question.from() : question.to())
                    + "` is neither a zone nor an asset of this policy");
        }
        Relation relation = compiled.relation(from, to);
        List<Way> ways = ways(relation, question.protocol());
        List<String> sentences = new ArrayList<>();
        for (Way way : ways) {
            switch (way.vocabulary.request(question.does())) {
                case Understood.Yes<Request> yes -> {
                    return judge(compiled, policy, relation, way, yes.meaning());
                }
                case Understood.No<Request> no -> sentences.add(no.sentence());
            }
        }
        return new Understood.No<>(sentences.isEmpty()
                ? "protocol `" + question.protocol().orElse("") + "` is not known"
                : sentences.getFirst());
    }

    /** Words to try: those of the services of the pair, plain words, and those of protocols that nothing permits here. */
    private static List<Way> ways(Relation relation, Optional<String> protocol) {
        List<Way> ways = new ArrayList<>();
        for (Service service : relation.services()) {
            ways.add(new Way(service.protocol().vocabulary(), Optional.of(service.protocol()), service.table(),
                    Optional.of(service)));
        }
        List<Protocol> others = Protocols.ALL.stream().filter(p -> relation.services().stream()
                .noneMatch(s -> s.protocol().name().equals(p.name()))).toList();
        if (protocol.isPresent()) {
            ways.removeIf(w -> !w.service.orElseThrow().protocol().name().equals(protocol.get()));
        } else {
            ways.add(new Way(PlainVocabulary.INSTANCE, Optional.empty(), relation.plain(), Optional.empty()));
        }
        others.stream().filter(p -> protocol.isEmpty() || p.name().equals(protocol.get()))
                .forEach(p -> ways
                        .add(new Way(p.vocabulary(), Optional.of(p), DecisionTable.NOTHING, Optional.empty())));
        return ways;
    }

    private static Understood<Judgement> judge(CompiledPolicy compiled, Policy policy, Relation relation, Way way,
            Request request) {
        Facts facts = new Facts();
        facts.reset(MemorySegment.NULL);
        request.fill(facts, way.protocol.map(compiled::names).orElse(Names.NONE));
        Optional<Service> inspected = way.vocabulary.equals(PlainVocabulary.INSTANCE)
                ? inspected(relation, facts)
                : Optional.empty();
        if (inspected.isPresent()) {
            Service service = inspected.get();
            return new Understood.No<>("port " + service.port() + " is inspected as `" + service.protocol().name()
                    + "` here, message by message; say what a message does");
        }
        Situation situation = new Situation(new RateBuckets(1_024));
        situation.at(0, new Windows(policy.windows().values().stream().map(Judgement::alwaysOpen).toList()));
        Verdict verdict = new Verdict();
        way.table.decide(facts, situation, verdict);
        Optional<RuleInfo> rule = verdict.rule() == Verdict.DEFAULT
                ? Optional.empty()
                : Optional.of(compiled.rules().get(verdict.rule()));
        return new Understood.Yes<>(new Judgement(relation, way.service, way.vocabulary,
                n -> way.protocol.map(p -> compiled.nameText(p, n)).orElse("?"), facts,
                new Outcome(verdict.allowed(), verdict.shortfall(), verdict.span(), verdict.index()), rule));
    }

    /** What became of a message that was judged at its time. */
    static Judgement of(CompiledPolicy compiled, Judged judged) {
        Optional<Protocol> protocol = judged.service().map(Service::protocol);
        return new Judgement(judged.relation(), judged.service(),
                protocol.map(Protocol::vocabulary).orElse(PlainVocabulary.INSTANCE),
                n -> protocol.map(p -> compiled.nameText(p, n)).orElse("?"), judged.facts(),
                new Outcome(judged.allowed(), judged.shortfall(), judged.span(), judged.index()),
                judged.rule() == Verdict.DEFAULT ? Optional.empty() : Optional.of(compiled.rules().get(judged.rule())));
    }

    private static Optional<Service> inspected(Relation relation, Facts facts) {
        int transport = switch (facts.operation(0)) {
            case PlainVocabulary.TCP -> 6;
            case PlainVocabulary.UDP -> 17;
            default -> -1;
        };
        return Optional.ofNullable(relation.service(transport, facts.low(0)));
    }

    private static Window alwaysOpen(Window window) {
        return new Window(window.name(), EnumSet.allOf(DayOfWeek.class), LocalTime.MIDNIGHT, LocalTime.MIDNIGHT,
                window.timezone(), window.position());
    }

    /** The place of a zone or asset by name; -1 where there is none. */
    static int place(CompiledPolicy compiled, String name) {
        for (int place = 1; place < compiled.places(); place++) {
            if (compiled.nameOf(place).equals(name)) {
                return place;
            }
        }
        return -1;
    }

    /** What the refused item has in a field that is no selector, as people write it. */
    Optional<String> text(Field field) {
        return vocabulary.text(field, facts, verdict.span(), verdict.index());
    }

    /** The name of the policy that a number in the facts stands for, if it does. */
    Optional<String> name(Field field, long number) {
        int name = field.role() == Role.VALUE ? OrderedNumber.nameAt(number) : (int) number;
        return name < 0 ? Optional.empty() : Optional.of(names.apply(name));
    }

    /** The item that was refused, or the whole request where it was allowed, in the protocol's words. */
    String described() {
        return verdict.allowed()
                ? vocabulary.describe(facts)
                : vocabulary.describe(facts, verdict.span(), verdict.index());
    }
}
