package io.sluice.journal;

import io.sluice.engine.Anomaly;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Packet;
import io.sluice.engine.words.Words;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.RuleInfo;
import io.sluice.rules.Service;
import io.sluice.rules.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What records of refusals have in common that would say the same again: who, under which conduit, by which rule or for
 * which reason. To whom does not count, so that one who looks for open doors is one source and not a thousand alerts.
 *
 * @param alert what it is about; null: a packet that is unfit to pass
 * @param anomaly what is wrong with that packet; null: an alert
 * @param notices what is worth a look, in words
 * @param conduit the rule's, else {@link #conduit(Flow)}
 * @param rule that decided; null: none did
 * @param from the sender's place, as the policy calls it; empty where that is not known
 * @param sourced whether the sender's address counts and is known
 */
record Likeness(@Nullable Alert alert, @Nullable Anomaly anomaly, String notices, String conduit,
        @Nullable RuleInfo rule, boolean enforced, String from, boolean sourced, long high, long low,
        @Nullable String person, @Nullable String grant) {

    static Likeness of(MessageEvent e, Circumstances c) {
        Flow flow = e.flow();
        RuleInfo rule = rule(e.rule(), c.policy());
        return new Likeness(Alert.of(e.reason()), null, Words.notices(e), conduit(rule, flow),
                rule, e.enforced() && c.carried(),
                c.policy().nameOf(e.fromClient() ? flow.clientPlace() : flow.serverPlace()), true,
                e.fromClient() ? flow.clientHigh() : flow.serverHigh(),
                e.fromClient() ? flow.clientLow() : flow.serverLow(), c.person(), c.grant());
    }

    /** Of a flow that is refused as a whole. */
    static Likeness of(Flow refused, boolean enforced, Circumstances c) {
        RuleInfo rule = rule(refused.plainRule(), c.policy());
        return new Likeness(Alert.of(refused), null, "", conduit(rule, refused), rule, enforced,
                c.policy().nameOf(refused.clientPlace()), true, refused.clientHigh(), refused.clientLow(), c.person(),
                c.grant());
    }

    static Likeness of(Anomaly anomaly, Packet packet, Circumstances c) {
        boolean addressed = packet.kind() != Packet.Kind.NOTHING && packet.kind() != Packet.Kind.LINK;
        return new Likeness(null, anomaly, "", "", null, true, "", addressed, addressed ? packet.sourceHigh() : 0,
                addressed ? packet.sourceLow() : 0, c.person(), c.grant());
    }

    /** What is left of it where there are too many to tell apart. */
    Likeness ofAnybody() {
        return new Likeness(alert, anomaly, "", "", null, enforced, "", false, 0, 0, null, null);
    }

    private static @Nullable RuleInfo rule(int number, CompiledPolicy policy) {
        List<RuleInfo> rules = policy.rules();
        return number == Verdict.DEFAULT || number >= rules.size() ? null : rules.get(number);
    }

    private static String conduit(@Nullable RuleInfo rule, Flow flow) {
        return rule != null ? rule.conduit() : conduit(flow);
    }

    /**
     * The most specific conduit between the ends of a flow, of those that speak its protocol where it is inspected; empty
     * where none relates them.
     */
    static String conduit(Flow flow) {
        Service service = flow.service();
        List<String> conduits = service == null ? flow.relation().conduits() : service.conduits();
        return conduits.isEmpty() ? "" : conduits.getFirst();
    }
}
