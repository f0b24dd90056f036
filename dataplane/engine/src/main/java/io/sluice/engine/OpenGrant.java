package io.sluice.engine;

import io.sluice.dissect.Protocol;
import io.sluice.rules.CompiledGrant;
import io.sluice.rules.DecisionTable;
import io.sluice.rules.Service;
import org.jspecify.annotations.Nullable;

/** A grant that is open, and the flows that it carries, linked through {@link Flow#grantNext}. */
final class OpenGrant {
    private CompiledGrant rules;
    private long end;
    private @Nullable Flow first;

    OpenGrant(CompiledGrant rules, long end) {
        this.rules = rules;
        this.end = end;
    }

    CompiledGrant rules() {
        return rules;
    }

    /** When it ends; an age. */
    long end() {
        return end;
    }

    void amend(CompiledGrant other, long itsEnd) {
        rules = other;
        end = itsEnd;
        for (Flow flow = first; flow != null; flow = flow.grantNext) {
            flow.plainDecided = false;
        }
    }

    /** Whether a flow leads where the grant does, and is looked into as its conduit is. */
    boolean fits(Flow flow) {
        Service service = flow.service;
        Protocol spoken = service == null ? null : service.protocol();
        return flow.serverPlace == rules.target() && rules.protocol().map(p -> p.equals(spoken))
                .orElse(spoken == null);
    }

    /** What a flow that is not looked into may do. */
    DecisionTable plain() {
        return rules.protocol().isPresent() ? DecisionTable.NOTHING : rules.table();
    }

    void add(Flow flow) {
        flow.grant = this;
        flow.grantNext = first;
        flow.grantBefore = null;
        if (first != null) {
            first.grantBefore = flow;
        }
        first = flow;
    }

    /** A flow is over. */
    void remove(Flow flow) {
        if (flow.grantBefore != null) {
            flow.grantBefore.grantNext = flow.grantNext;
        } else {
            first = flow.grantNext;
        }
        if (flow.grantNext != null) {
            flow.grantNext.grantBefore = flow.grantBefore;
        }
        flow.grant = null;
        flow.grantNext = flow.grantBefore = null;
    }

    @Nullable
    Flow first() {
        return first;
    }

    @Nullable
    Flow next(Flow flow) {
        return flow.grantNext;
    }
}
