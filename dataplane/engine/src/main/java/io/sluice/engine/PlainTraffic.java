package io.sluice.engine;

import io.sluice.dissect.Facts;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Relation;
import io.sluice.rules.Situation;
import io.sluice.rules.Verdict;
import io.sluice.rules.policy.OnDeny;
import io.sluice.rules.policy.PlainVocabulary;
import java.lang.foreign.MemorySegment;

/** Decides about what is not looked into: flows as a whole, and frames beside IP. */
final class PlainTraffic {
    private final Gate gate;
    private final Situation situation;
    private final EngineListener listener;
    private final Facts facts = new Facts();
    private final Verdict verdict = new Verdict();

    PlainTraffic(Gate gate, Situation situation, EngineListener listener) {
        this.gate = gate;
        this.situation = situation;
        this.listener = listener;
    }

    /** A flow that is not inspected is allowed or refused as a whole, and again when a window opens or closes. */
    void flow(Flow flow, Packet p) {
        decide(flow);
        if (!flow.plainTold) {
            flow.plainTold = true;
            listener.plain(flow, p);
        }
        if (!flow.plainAllowed && !gate.lenient(flow)) {
            gate.answer.action = Answer.Action.DROP;
            OnDeny action = flow.plainRule == Verdict.DEFAULT
                    ? flow.relation().onDeny()
                    : gate.policy.rules().get(flow.plainRule).onDeny();
            gate.answer.reset = action != OnDeny.DROP && flow.protocol == Packet.PROTOCOL_TCP;
        }
    }

    /** Whether a flow that is not inspected may pass now. What was allowed before is not metered again. */
    boolean decide(Flow flow) {
        situation.at(gate.nanos, gate.age, gate.policy.windows());
        long open = situation.openWindows();
        boolean trusted = situation.clockTrusted();
        if (flow.plainDecided && flow.plainWindows == open && flow.plainTrusted == trusted) {
            return flow.plainAllowed;
        }
        facts.reset(MemorySegment.NULL);
        int operation = flow.protocol == Packet.PROTOCOL_TCP
                ? PlainVocabulary.TCP
                : flow.protocol == Packet.PROTOCOL_UDP ? PlainVocabulary.UDP : PlainVocabulary.PING;
        int item = operation == PlainVocabulary.PING ? Facts.NO_ITEM : flow.serverPort;
        facts.add(operation, 0, item, item);
        situation.source(flow.clientHigh, flow.clientLow);
        situation.metered(!flow.plainAllowed);
        flow.relation().plain().decide(facts, situation, verdict);
        situation.metered(true);
        flow.plainTold &= flow.plainAllowed == verdict.allowed() && flow.plainRule == verdict.rule();
        flow.plainDecided = true;
        flow.plainWindows = open;
        flow.plainTrusted = trusted;
        flow.plainAllowed = verdict.allowed();
        flow.plainRule = verdict.rule();
        return flow.plainAllowed;
    }

    /** ARP passes beside the rules; other EtherTypes by rule, between zones and in both directions. */
    void link(Packet p) {
        listener.other(p);
        if (p.etherType() == Packet.ETHERTYPE_ARP) {
            return;
        }
        boolean placed = gate.sourceZone != CompiledPolicy.NOWHERE && gate.destinationZone != CompiledPolicy.NOWHERE;
        if (!placed || !etherTypeAllowed(p.etherType())) {
            gate.deny(null);
        }
    }

    private boolean etherTypeAllowed(int etherType) {
        Relation relation = gate.policy.relation(gate.sourceZone, gate.destinationZone);
        facts.reset(MemorySegment.NULL);
        facts.add(PlainVocabulary.ETHERTYPE, 0, etherType, etherType);
        situation.at(gate.nanos, gate.age, gate.policy.windows());
        relation.plain().decide(facts, situation, verdict);
        return verdict.allowed();
    }
}
