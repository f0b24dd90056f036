package io.sluice.inline.pipeline;

import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.FlowKey;
import io.sluice.engine.Profile;
import io.sluice.inline.event.EventRing;
import io.sluice.inline.event.EventSink;
import io.sluice.rules.CompiledPolicy;
import java.lang.foreign.Arena;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** What a pipeline is made of: ports, and for each judging thread an engine, event rings and senders. */
final class Switchboard {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RESERVED_EVENTS = 2048;
    private static final int ORDINARY_EVENTS = 2048;

    private final List<LivePort> ports;
    private final CompiledPolicy policy;
    private final EngineLimits limits;
    private final boolean everyMessage;
    private final List<EventRing> reserved = new ArrayList<>();
    private final List<EventRing> ordinary = new ArrayList<>();
    private final PortTallies received;

    /** @param everyMessage permitted reads and answers are told one by one too */
    Switchboard(List<LivePort> ports, CompiledPolicy policy, EngineLimits limits, boolean everyMessage) {
        this.ports = List.copyOf(ports);
        this.policy = policy;
        this.limits = limits;
        this.everyMessage = everyMessage;
        received = new PortTallies(ports.size());
    }

    List<LivePort> ports() {
        return ports;
    }

    PortTallies received() {
        return received;
    }

    Bridge bridge() {
        return new Bridge(ports, policy, new ZoneMap(policy, ports), received);
    }

    /** A judge with its share of the memory, when there are so many of them. */
    Judge judge(int of) {
        EventRing first = new EventRing(RESERVED_EVENTS);
        EventRing second = new EventRing(ORDINARY_EVENTS);
        reserved.add(first);
        ordinary.add(second);
        EventSink sink = new EventSink(first, second, everyMessage, policy);
        EngineLimits share = limits.withFlows(limits.flows() / of)
                .withBuffers(Math.max(limits.bufferBytes() / of, limits.streamBytes()), limits.streamBytes());
        Engine engine = new Engine(policy, Profile.INLINE, share, key(), sink, Arena.ofShared());
        boolean mirrors = ports.stream().anyMatch(port -> !port.forwards());
        Engine observer = mirrors
                ? new Engine(policy, Profile.OBSERVE, share, key(), sink.watching(), Arena.ofShared())
                : null;
        return new Judge(ports, engine, observer, sink, policy);
    }

    /** A secret that no two engines share. */
    private static FlowKey key() {
        return new FlowKey(RANDOM.nextLong(), RANDOM.nextLong());
    }

    /** All rings, in the order in which they are to be read: what must not be lost first. */
    List<EventRing> rings() {
        List<EventRing> all = new ArrayList<>(reserved);
        all.addAll(ordinary);
        return all;
    }
}
