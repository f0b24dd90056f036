package io.sluice.engine;

import io.sluice.rules.CompiledGrant;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.PolicyChange;
import io.sluice.rules.Service;
import org.jspecify.annotations.Nullable;

/** A connection of a {@link Relay}: what is known of it, and by which rules it is judged. */
public final class RelayedConnection {
    final Flow flow;
    private final OpenGrant grant;
    private CompiledPolicy policy;
    /** How often bytes of it were looked at: what a frame's number is to packets. */
    long pieces;

    RelayedConnection(Flow flow, CompiledGrant rules) {
        this.flow = flow;
        policy = rules.policy();
        grant = new OpenGrant(rules, Long.MAX_VALUE);
        grant.add(flow);
    }

    /** Its ends, counters and conduits, as listeners are told. */
    public Flow flow() {
        return flow;
    }

    CompiledPolicy policy() {
        return policy;
    }

    /** Finds its conduit; false where policy and grant do not permit it. */
    boolean begin(int zone, Gate gate, Inspector inspector, PlainTraffic plain) {
        Service service = place(zone, gate, inspector);
        if (service != null) {
            inspector.attach(flow, service);
        }
        return permitted(plain);
    }

    /** Goes on under other rules; false where they do not permit it, or look into it as another protocol. */
    boolean amend(CompiledGrant rules, int zone, Gate gate, Inspector inspector, PlainTraffic plain) {
        CompiledPolicy before = policy;
        policy = rules.policy();
        grant.amend(rules, Long.MAX_VALUE);
        if (before.equals(policy)) {
            gate.policy = policy;
            return permitted(plain);
        }
        PolicyChange change = PolicyChange.between(before, policy);
        Service was = flow.service;
        Service now = place(zone, gate, inspector);
        flow.plainRule = change.rule(flow.plainRule);
        if (was == null || now == null) {
            return was == null && now == null && permitted(plain);
        }
        if (!was.protocol().equals(now.protocol())) {
            return false;
        }
        inspector.carry(flow, now, change);
        return permitted(plain);
    }

    private @Nullable Service place(int zone, Gate gate, Inspector inspector) {
        gate.policy = policy;
        inspector.policy(policy);
        flow.clientZone = zone;
        flow.serverZone = policy.zone(grant.rules().target());
        flow.clientPlace = gate.place(zone, flow.clientHigh, flow.clientLow);
        flow.serverPlace = gate.place(flow.serverZone, flow.serverHigh, flow.serverLow);
        flow.relation = policy.relation(flow.clientPlace, flow.serverPlace);
        return flow.relation().service(flow.protocol, flow.serverPort);
    }

    private boolean permitted(PlainTraffic plain) {
        return grant.fits(flow) && (flow.service != null || plain.decide(flow));
    }
}
