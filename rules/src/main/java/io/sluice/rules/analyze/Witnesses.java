package io.sluice.rules.analyze;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Names;
import io.sluice.dissect.Vocabulary.Request;
import io.sluice.dissect.Vocabulary.Understood;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.DecisionTable;
import io.sluice.rules.RateBuckets;
import io.sluice.rules.Relation;
import io.sluice.rules.Service;
import io.sluice.rules.Situation;
import io.sluice.rules.Verdict;
import io.sluice.rules.analyze.RefusalComparison.Refusal;
import io.sluice.rules.analyze.RefusalComparison.Turn;
import io.sluice.rules.analyze.RelationComparison.Shift;
import io.sluice.rules.analyze.Witness.Outcome;
import io.sluice.rules.policy.PlainVocabulary;
import io.sluice.rules.space.Box;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Finds one request for each difference, and has both policies judge it by the tables that judge packets: a difference
 * that they do not confirm is a bug, and never shown.
 */
final class Witnesses {
    private final Version before;
    private final Version after;

    Witnesses(Version before, Version after) {
        this.before = before;
        this.after = after;
    }

    Witness of(Spoken spoken, Shift shift, Box box, RequestSpace space, Endpoint from, Endpoint to, String when) {
        Point point = Point.of(space, box);
        Outcome old = outcome(before, false, spoken, point, from.before(), to.before());
        Outcome now = outcome(after, true, spoken, point, from.after(), to.after());
        if (old.allowed() != shift.before().allowed() || now.allowed() != shift.after().allowed()) {
            throw new IllegalStateException("the policies say " + old + " and " + now + " of " + point.phrase()
                    + " from " + from + " to " + to + ", where " + shift + " was found in " + box);
        }
        return new Witness(from.placeName(before, after), to.placeName(before, after), point.phrase(), when, old, now);
    }

    /** The same for a request that both refuse, and tell so in different ways. */
    Witness of(Spoken spoken, Turn turn, Box box, RequestSpace space, Endpoint from, Endpoint to, String when) {
        Ruling denied = Ruling.DENIED;
        Witness witness = of(spoken, new Shift(denied, denied), box, space, from, to, when);
        if (!tells(before, witness.before(), turn.before()) || !tells(after, witness.after(), turn.after())) {
            throw new IllegalStateException("the policies say " + witness + ", where " + turn + " was found in " + box);
        }
        return witness;
    }

    private static boolean tells(Version version, Outcome outcome, Refusal refusal) {
        return outcome.rule().isPresent() == refusal.byRule() && outcome.rule().stream().allMatch(id -> version
                .compiled().rules().stream().anyMatch(r -> r.id().equals(id) && r.onDeny() == refusal.told()));
    }

    /** What a policy says of a request between two places; of one that can be said in words, also if it is. */
    private static Outcome outcome(Version version, boolean after, Spoken spoken, Point point, int from, int to) {
        CompiledPolicy policy = version.compiled();
        Outcome outcome = outcome(version, spoken, point.facts(after), point.moment(), from, to);
        point.phrase().ifPresent(phrase -> {
            Facts said = new Facts();
            said.reset(MemorySegment.NULL);
            if (spoken.vocabulary().request(phrase) instanceof Understood.Yes<Request> yes) {
                yes.meaning().fill(said, spoken.protocol().map(policy::names).orElse(Names.NONE));
            }
            Outcome other = outcome(version, spoken, said, point.moment(), from, to);
            if (!outcome.equals(other)) {
                throw new IllegalStateException("`" + phrase + "` is judged " + other + ", but " + outcome
                        + " as a message");
            }
        });
        return outcome;
    }

    /** A place that is nowhere has no relations: such a frame is refused before any rule is asked. */
    static Outcome outcome(Version version, Spoken spoken, Facts facts, Clock.State moment, int from,
            int to) {
        CompiledPolicy policy = version.compiled();
        Relation relation = policy.relation(from, to);
        Service service = spoken.on(relation);
        Facts judged = facts;
        DecisionTable table = DecisionTable.NOTHING;
        if (spoken.speaks(service) && service != null) {
            table = isBarred(version, service, from, to) ? DecisionTable.NOTHING : service.table();
        } else if (service == null) {
            table = relation.plain();
            if (spoken.protocol().isPresent()) {
                judged = new Facts(1);
                judged.add(spoken.transport() == Spoken.TCP ? PlainVocabulary.TCP : PlainVocabulary.UDP, 0,
                        spoken.port(), spoken.port());
            }
        }
        Situation situation = new Situation(new RateBuckets(1_024));
        situation.at(moment.moment(), policy.windows());
        situation.clockTrusted(moment.trusted());
        Verdict verdict = new Verdict();
        table.decide(judged, situation, verdict);
        return new Outcome(verdict.allowed(), verdict.rule() == Verdict.DEFAULT
                ? Optional.empty()
                : Optional.of(policy.rules().get(verdict.rule()).id()));
    }

    /** Whether no connection between two assets can show the certificates that are pinned. */
    static boolean isBarred(Version version, Service service, int from, int to) {
        CompiledPolicy policy = version.compiled();
        return (service.demands().pinsClient() && isUnknown(policy, service, from))
                || (service.demands().pinsServer() && isUnknown(policy, service, to));
    }

    private static boolean isUnknown(CompiledPolicy policy, Service service, int place) {
        return policy.zone(place) != place && policy.certificate(place, service.protocol()) < 0;
    }
}
