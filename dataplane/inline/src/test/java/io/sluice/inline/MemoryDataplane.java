package io.sluice.inline;

import io.sluice.engine.Grants.Outcome;
import io.sluice.rules.CompiledGrant;
import io.sluice.rules.CompiledPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;

/** A packet path without packets: remembers what it was told, and says what it is told to say. */
public final class MemoryDataplane implements Dataplane {
    /** Names of the policies it was swapped to, in order. */
    public final List<String> swaps = new ArrayList<>();
    /** Open ones by id. */
    public final Map<String, CompiledGrant> grants = new HashMap<>();
    public volatile CompiledPolicy policy;
    public volatile boolean draining;
    /** How many more swaps it will not hear. */
    public int deaf;
    public volatile boolean stopped;
    public volatile int flows = 3;
    public volatile Counters counters = counters(100);

    public MemoryDataplane(CompiledPolicy policy) {
        this.policy = policy;
    }

    /** Counters with a number of frames and a latency of that many microseconds. */
    public static Counters counters(long frames) {
        Histogram latency = new Histogram(3);
        for (long i = 1; i <= frames; i++) {
            latency.recordValue(i * 1000);
        }
        return new Counters(
                List.of(new Counters.Port("cell", frames, frames * 66, frames - 2, frames * 66 - 132, 5, 1, 2),
                        new Counters.Port("plant", frames - 2, frames * 66 - 132, frames, frames * 66, 0, 0, 0)),
                List.of(new Counters.Verdicts("hmi-setpoints", "allowed", true, true, frames),
                        new Counters.Verdicts("hmi-setpoints", "denied", false, true, 7),
                        new Counters.Verdicts("-", "default", false, false, 2)),
                List.of(new Counters.Drops("checksum", 4), new Counters.Drops("spoofed", 0)),
                List.of(new Counters.Ring("events-0", 12, 4096)), new Counters.Flows(3, 10, 7, 1, 0),
                new Counters.Events(frames, 0), List.of(new Counters.Latency("plant", "cell", latency)));
    }

    @Override
    public synchronized OptionalLong swap(CompiledPolicy next, List<CompiledGrant> going) {
        if (deaf > 0) {
            deaf--;
            throw new IllegalStateException("a packet thread did not answer");
        }
        grants.clear();
        going.forEach(grant -> grants.put(grant.grant().id(), grant));
        policy = next;
        swaps.add(next.name());
        return OptionalLong.of(1);
    }

    @Override
    public DataplaneStatus status() {
        return new DataplaneStatus(
                List.of(new DataplaneStatus.Port("cell", "enp2s0", false, DataplaneStatus.Link.UP, "af_packet",
                        "no zero-copy for this card"),
                        new DataplaneStatus.Port("plant", "enp3s0", false, DataplaneStatus.Link.DOWN, "af_packet",
                                "no zero-copy for this card")),
                "direct", new DataplaneStatus.Clock(false, "not synchronised for 41 s"), flows, 65_536, 1 << 20,
                96 << 20, draining);
    }

    @Override
    public Counters counters() {
        return counters;
    }

    @Override
    public synchronized Outcome open(CompiledGrant grant, long notAfterNanos) {
        if (!grant.policy().equals(policy)) {
            return Outcome.OTHER_POLICY;
        }
        grants.put(grant.grant().id(), grant);
        return Outcome.DONE;
    }

    @Override
    public synchronized Outcome revoke(String grant) {
        return grants.remove(grant) == null ? Outcome.UNKNOWN : Outcome.DONE;
    }

    @Override
    public synchronized Outcome bind(String grant, FlowBinding flow) {
        CompiledGrant rules = grants.get(grant);
        if (rules == null) {
            return Outcome.UNKNOWN;
        }
        boolean there = policy.place(flow.targetHigh(), flow.targetLow()) == rules.target()
                && flow.targetPort() == rules.port();
        return there ? Outcome.DONE : Outcome.OTHER_TARGET;
    }

    @Override
    public void drain() {
        draining = true;
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
