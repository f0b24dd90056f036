package io.sluice.inline.service;

import io.sluice.control.v1.BoundFlow;
import io.sluice.control.v1.Grant;
import io.sluice.inline.policy.Timer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/** A grant that is open, as the registry remembers it. */
final class OpenedGrant {
    /** Connections shown of a grant, the latest ones. */
    private static final int MOST_SHOWN = 64;

    final io.sluice.rules.Grant grant;
    final String session;
    final long openedNanos;
    /** Both by the monotonic clock. */
    final long openedAt;
    final long deadline;
    final Timer.Alarm alarm;
    private final Deque<Bound> flows = new ArrayDeque<>();

    private record Bound(BoundFlow flow, long at) {}

    /** @param openedNanos since 1970-01-01T00:00Z */
    OpenedGrant(io.sluice.rules.Grant grant, String session, long openedNanos, Life life) {
        this.grant = grant;
        this.session = session;
        this.openedNanos = openedNanos;
        openedAt = life.openedAt();
        deadline = life.deadline();
        alarm = life.alarm();
    }

    /** By the monotonic clock. */
    record Life(long openedAt, long deadline, Timer.Alarm alarm) {}

    /** The same connections, under other rules or with another end. */
    OpenedGrant amended(io.sluice.rules.Grant other, Life life) {
        OpenedGrant fresh = new OpenedGrant(other, session, openedNanos, life);
        fresh.flows.addAll(flows);
        return fresh;
    }

    void bound(BoundFlow flow, long at) {
        if (flows.size() == MOST_SHOWN) {
            flows.removeFirst();
        }
        flows.addLast(new Bound(flow, at));
    }

    /** Whether a connection was bound to it after {@code since}. */
    boolean waitsFor(BoundFlow flow, long since) {
        return flows.stream().anyMatch(b -> b.at() - since > 0 && Objects.equals(b.flow(), flow));
    }

    Grant message(long now) {
        List<BoundFlow> shown = new ArrayList<>();
        flows.forEach(b -> shown.add(b.flow()));
        return Grant.newBuilder().setId(grant.id()).setSession(session).setPerson(grant.person())
                .setConduit(grant.conduit()).setTarget(grant.target()).setRulesYaml(grant.rules().orElse(""))
                .setOpenedNanos(openedNanos).setSecondsLeft(Math.max(0, deadline - now) / 1e9).addAllFlows(shown)
                .build();
    }
}
