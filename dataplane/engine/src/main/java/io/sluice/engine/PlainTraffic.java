package io.sluice.engine;

import io.sluice.dissect.Facts;
import io.sluice.rules.DecisionTable;
import io.sluice.rules.Relation;
import io.sluice.rules.Situation;
import io.sluice.rules.Verdict;
import io.sluice.rules.policy.OnDeny;
import io.sluice.rules.policy.PlainVocabulary;
import java.lang.foreign.MemorySegment;

/** Decides about what is not looked into: flows as a whole, and frames beside IP. */
final class PlainTraffic {
    private final Gate gate;
    private final Neighbours neighbours;
    private final Situation situation;
    private final EngineListener listener;
    private final Facts facts = new Facts();
    private final Verdict verdict = new Verdict();

    PlainTraffic(Gate gate, Neighbours neighbours, Situation situation, EngineListener listener) {
        this.gate = gate;
        this.neighbours = neighbours;
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
        DecisionTable table = flow.relation().plain();
        if (flow.grant == null) {
            table.decide(facts, situation, verdict);
        } else {
            table.decide(facts, situation, verdict, flow.grant.plain());
        }
        situation.metered(true);
        flow.plainTold &= flow.plainAllowed == verdict.allowed() && flow.plainRule == verdict.rule();
        flow.plainDecided = true;
        flow.plainWindows = open;
        flow.plainTrusted = trusted;
        flow.plainAllowed = verdict.allowed();
        flow.plainRule = verdict.rule();
        return flow.plainAllowed;
    }

    /**
     * A datagram to a group: no flow, since nobody in particular answers. It passes by a rule from its sender to the zone
     * that it goes to; never on the port of an inspected service.
     */
    void group(Packet p) {
        listener.other(p);
        Relation relation = gate.policy.relation(gate.place(gate.sourceZone, p.sourceHigh(), p.sourceLow()),
                gate.destinationZone);
        facts.reset(MemorySegment.NULL);
        facts.add(PlainVocabulary.UDP, 0, p.destinationPort(), p.destinationPort());
        situation.at(gate.nanos, gate.age, gate.policy.windows());
        situation.source(p.sourceHigh(), p.sourceLow());
        relation.plain().decide(facts, situation, verdict);
        if (!verdict.allowed() || relation.service(Packet.PROTOCOL_UDP, p.destinationPort()) != null) {
            gate.deny(null);
        }
    }

    /** ARP passes beside the rules; other EtherTypes by rule, between zones and in both directions. */
    void link(Packet p) {
        listener.other(p);
        if (p.etherType() == Packet.ETHERTYPE_ARP) {
            neighbours.arp(p);
            return;
        }
        if (!gate.placed() || !etherTypeAllowed(p.etherType())) {
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
