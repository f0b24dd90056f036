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
