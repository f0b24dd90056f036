package io.sluice.engine;

import io.sluice.rules.CompiledGrant;
import io.sluice.rules.CompiledPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Jump sessions: which grants are open, and which connections the broker has announced for them. Called by the worker's
 * thread, between two frames. From a broker's zone only a connection that was announced passes, and only what both the
 * policy and its grant allow; when the grant ends its connections end, see {@link Engine#ending}.
 */
public final class Grants {
    /** An announced connection has to begin within this time. */
    static final long BINDING_NANOS = 30_000_000_000L;
    private static final int MOST_BINDINGS = 4096;

    private final EngineClock clock;
    private final Map<String, OpenGrant> open = new HashMap<>();
    private final List<Binding> bindings = new ArrayList<>();
    private @Nullable FlowBook flows;
    private CompiledPolicy policy;
    private long earliest = Long.MAX_VALUE;

    /** What became of a request. */
    public enum Outcome {
        DONE,
        /** It was compiled for a policy that is not in force. */
        OTHER_POLICY,
        /** No grant of this id is open. */
        UNKNOWN,
        /** The time of the grant is over. */
        OVER,
        /** The server's address is not the grant's asset, or its port not the conduit's. */
        OTHER_TARGET,
        /** Too many connections are announced and have not begun. */
        FULL
    }

    /**
     * One end of a connection.
     *
     * @param high upper half of the address in 128-bit form; IPv4 as the engine's packets give it
     */
    public record Endpoint(long high, long low, int port) {}

    /** @param until an age */
    private record Binding(OpenGrant grant, Endpoint client, Endpoint server, long until) {}

    Grants(EngineClock clock, CompiledPolicy policy) {
        this.clock = clock;
        this.policy = policy;
    }

    /** The flows that end with their grants. Said once, since each needs the other. */
    void flows(FlowBook book) {
        flows = book;
    }

    /**
     * Opens a grant, or amends the one with its id: connections go on, and their next messages are judged by the new
     * rules.
     *
     * @param notAfterNanos when it ends, by the monotonic clock of {@link Engine#time}
     */
    public Outcome open(CompiledGrant grant, long notAfterNanos) {
        if (!grant.policy().equals(policy)) {
            return Outcome.OTHER_POLICY;
        }
        long end = clock.ageAt(notAfterNanos);
        if (end <= clock.age()) {
            return Outcome.OVER;
        }
        OpenGrant known = open.get(grant.grant().id());
        if (known == null) {
            open.put(grant.grant().id(), new OpenGrant(grant, end));
        } else {
            known.amend(grant, end);
            endUnfit(known);
        }
        earliest = Math.min(earliest, end);
        return Outcome.DONE;
    }

    /** Ends a grant now, and its connections with it. */
    public Outcome revoke(String id) {
        return close(id, Anomaly.GRANT_REVOKED) ? Outcome.DONE : Outcome.UNKNOWN;
    }

    /** Ends every grant: the switch that is on every page. */
    public void revokeAll() {
        for (String id : List.copyOf(open.keySet())) {
            revoke(id);
        }
    }

    /**
     * Announces a connection: the next SYN between these two ends is of this grant. It holds once and for thirty
     * seconds.
     */
    public Outcome bind(String id, Endpoint client, Endpoint server) {
        OpenGrant grant = open.get(id);
        if (grant == null) {
            return Outcome.UNKNOWN;
        }
        if (grant.end() <= clock.age()) {
            return Outcome.OVER;
        }
        CompiledGrant rules = grant.rules();
        boolean there = policy.place(server.high(), server.low()) == rules.target();
        if (!there || (rules.protocol().isPresent() && server.port() != rules.port())) {
            return Outcome.OTHER_TARGET;
        }
        forgetBindings();
        if (bindings.size() >= MOST_BINDINGS) {
            return Outcome.FULL;
        }
        bindings.removeIf(b -> b.client.equals(client) && b.server.equals(server));
        bindings.add(new Binding(grant, client, server, clock.age() + BINDING_NANOS));
        return Outcome.DONE;
    }

    /** Ids of the grants that are open, sorted. */
    public List<String> ids() {
        String[] ids = open.keySet().toArray(String[]::new);
        Arrays.sort(ids);
        return List.of(ids);
    }

    /** Takes the grant that was announced for a connection; null where none was. */
    @Nullable
    OpenGrant take(Packet syn) {
        for (int i = 0; i < bindings.size(); i++) {
            Binding b = bindings.get(i);
            if (b.client.port == syn.sourcePort() && b.client.low == syn.sourceLow()
                    && b.client.high == syn.sourceHigh() && b.server.port == syn.destinationPort()
                    && b.server.low == syn.destinationLow() && b.server.high == syn.destinationHigh()) {
                bindings.remove(i);
                return b.until - clock.age() > 0 && b.grant.end() > clock.age() ? b.grant : null;
            }
        }
        return null;
    }

    /** Another policy is in force: grants that were compiled for it go on, all others end. */
    void exchange(CompiledPolicy next, List<CompiledGrant> compiled) {
        policy = next;
        Map<String, CompiledGrant> renewed = new HashMap<>();
        compiled.stream().filter(g -> g.policy().equals(next)).forEach(g -> renewed.put(g.grant().id(), g));
        for (String id : List.copyOf(open.keySet())) {
            OpenGrant grant = open.get(id);
            CompiledGrant rules = renewed.get(id);
            if (grant != null && rules != null) {
                grant.amend(rules, grant.end());
            } else {
                close(id, Anomaly.GRANT_REVOKED);
            }
        }
    }

    /** Ends what is over by now. */
    void expire() {
        if (clock.age() < earliest) {
            return;
        }
        for (String id : List.copyOf(open.keySet())) {
            OpenGrant grant = open.get(id);
            if (grant != null && grant.end() <= clock.age()) {
                close(id, Anomaly.GRANT_EXPIRED);
            }
        }
        earliest = open.values().stream().mapToLong(OpenGrant::end).min().orElse(Long.MAX_VALUE);
        forgetBindings();
    }

    private void forgetBindings() {
        bindings.removeIf(b -> b.until - clock.age() <= 0);
    }

    private boolean close(String id, Anomaly why) {
        OpenGrant grant = open.remove(id);
        if (grant == null) {
            return false;
        }
        bindings.removeIf(b -> b.grant == grant);
        for (Flow flow = grant.first(); flow != null; flow = grant.next(flow)) {
            cut(flow, why);
        }
        return true;
    }

    /** After an amendment: connections to what is not its target any more. */
    private void endUnfit(OpenGrant grant) {
        for (Flow flow = grant.first(); flow != null; flow = grant.next(flow)) {
            if (!grant.fits(flow)) {
                cut(flow, Anomaly.GRANT_REVOKED);
            }
        }
    }

    private void cut(Flow flow, Anomaly why) {
        if (flows != null) {
            flows.cut(flow, why);
        }
    }
}
