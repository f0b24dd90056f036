package io.sluice.inline.pipeline;

import io.sluice.capture.port.Memory;
import io.sluice.capture.port.PortException;
import io.sluice.capture.port.Sender;
import io.sluice.capture.port.VirtioHeader;
import io.sluice.engine.Anomaly;
import io.sluice.engine.Answer;
import io.sluice.engine.Emission;
import io.sluice.engine.Engine;
import io.sluice.engine.Flow;
import io.sluice.engine.LinkTypes;
import io.sluice.engine.Packet;
import io.sluice.inline.event.EventSink;
import io.sluice.inline.event.Tallies;
import io.sluice.inline.event.VerdictTallies;
import io.sluice.inline.pipeline.PortTallies.Counter;
import io.sluice.rules.CompiledGrant;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.PolicyChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has frames judged and does what the answers say. One for each judging thread, with an engine and senders of its own. */
final class Judge {
    private static final int NO_PORT = -1;

    private final List<LivePort> ports;
    private final Sender[] senders;
    private final Engine engine;
    /** For what mirror ports bring, where there are any. */
    private final @Nullable Engine observer;
    private final EventSink sink;
    private final PortTallies tallies;
    private final Latencies latencies;
    private final Tallies lostEarlier;
    private final Tallies resets = new Tallies(1);
    private final int[] zonesServed;
    /** Stands for a frame that was not looked into; the sink keeps the frame's own headers. */
    private final Packet unread = new Packet();
    private CompiledPolicy policy;
    private ZoneMap zones;
    private long frames;
    private long epoch;

    Judge(List<LivePort> ports, Engine engine, @Nullable Engine observer, EventSink sink, CompiledPolicy policy) {
        this.ports = ports;
        this.engine = engine;
        this.observer = observer;
        this.sink = sink;
        this.policy = policy;
        tallies = new PortTallies(ports.size());
        latencies = new Latencies(ports.size());
        lostEarlier = new Tallies(ports.size());
        zonesServed = new int[ports.size()];
        zones = new ZoneMap(policy, ports);
        senders = ports.stream().map(Judge::sender).toArray(Sender[]::new);
    }

    /** A port's interface was opened anew. */
    void reopened(LivePort port) {
        lostEarlier.add(port.number(), senders[port.number()].lost());
        senders[port.number()] = sender(port);
    }

    private static Sender sender(LivePort port) {
        try {
            return port.forwards() ? port.port().openSender() : new NoSender();
        } catch (PortException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    PortTallies tallies() {
        return tallies;
    }

    Latencies latencies() {
        return latencies;
    }

    /** A frame left so long after it had come in. */
    void latency(int from, int to, long nanos) {
        latencies.record(from, to, nanos);
    }

    Engine engine() {
        return engine;
    }

    EventSink sink() {
        return sink;
    }

    /** Frames that a port did not take from this thread. */
    long lost(int port) {
        return lostEarlier.get(port) + senders[port].lost();
    }

    /** Connections that were reset. */
    long resets() {
        return resets.get(0);
    }

    /** The frames that follow arrived about now; what is due by then is done. */
    void time(long monotonicNanos, long epochNanos) {
        epoch = epochNanos;
        engine.time(monotonicNanos, epochNanos);
        if (observer != null) {
            observer.time(monotonicNanos, epochNanos);
        }
        for (Answer ending = engine.ending(); ending != null; ending = engine.ending()) {
            reset(ending.flow());
        }
    }

    /** Both ends of a connection are told that it is over, without a frame at hand. */
    private void reset(@Nullable Flow flow) {
        if (flow == null) {
            return;
        }
        resets.add(0, 1);
        int vlan = Ethernet.outerTag(flow.vlan());
        int client = policy.zone(flow.clientPlace());
        int server = policy.zone(flow.serverPlace());
        Emission emission = engine.resets(flow);
        for (int i = 0; i < emission.count(); i++) {
            toZone(NO_PORT, emission.back(i) ? client : server, vlan, emission.at(i), emission.length(i));
        }
        flush();
    }

    /**
     * Judges a frame and queues what is to be sent; the frame's memory stays in use until {@link #flush}.
     *
     * @param at offset in {@link Memory#ALL}
     * @param route what {@link Bridge#route} found
     */
    void frame(LivePort in, long at, int length, int route) {
        if (route == Bridge.NOWHERE) {
            return;
        }
        sink.frame(Memory.ALL, at, length, in.number(), epoch);
        if (route == Bridge.MOVED) {
            sink.anomaly(Anomaly.SPOOFED, unread, null, true);
            return;
        }
        if (route == Bridge.MIRRORED) {
            mirrored(at, length);
            return;
        }
        int vlan = length < Ethernet.HEADER ? Ethernet.UNTAGGED : Ethernet.vlan(at, length);
        int from = zones.zone(in.number(), vlan);
        if (from == CompiledPolicy.NOWHERE) {
            tallies.add(in.number(), Counter.WITHOUT_ZONE, 1);
            return;
        }
        if (route >= 0) {
            crossing(in, from, zones.zone(route, vlan), route, vlan, at, length);
        } else if (length >= Ethernet.HEADER && !Ethernet.isGroup(at)) {
            unknown(in, from, vlan, at, length);
        } else {
            everywhere(in, from, vlan, at, length);
        }
    }

    /** Looked at and told, whatever it is. */
    private void mirrored(long at, int length) {
        if (observer != null) {
            observer.zones(CompiledPolicy.NOWHERE, CompiledPolicy.NOWHERE);
            observer.accept(Memory.ALL, at, length, length, LinkTypes.ETHERNET, ++frames);
        }
    }

    /** A group address: each other zone is asked once, for all of its ports. */
    private void everywhere(LivePort in, int from, int vlan, long at, int length) {
        int served = 0;
        for (int i = 0; i < ports.size(); i++) {
            int zone = zones.zone(i, vlan);
            if (i != in.number() && ports.get(i).forwards() && zone != CompiledPolicy.NOWHERE
                    && !contains(zonesServed, served, zone)) {
                zonesServed[served++] = zone;
                crossing(in, from, zone, Bridge.EVERYWHERE, vlan, at, length);
            }
        }
    }

    private static boolean contains(int[] values, int count, int value) {
        for (int i = 0; i < count; i++) {
            if (values[i] == value) {
                return true;
            }
        }
        return false;
    }

    /** A station that has not spoken yet: where its address tells the zone, or there is only one other, it is sought there. */
    private void unknown(LivePort in, int from, int vlan, long at, int length) {
        int asset = Ends.receiver(policy, at, length);
        int zone = asset != CompiledPolicy.NOWHERE ? policy.zone(asset) : onlyOtherZone(in, vlan);
        if (zone == CompiledPolicy.NOWHERE) {
            tallies.add(in.number(), Counter.UNKNOWN_DESTINATION, 1);
            return;
        }
        crossing(in, from, zone, Bridge.EVERYWHERE, vlan, at, length);
    }

    private int onlyOtherZone(LivePort in, int vlan) {
        int found = CompiledPolicy.NOWHERE;
        for (int i = 0; i < ports.size(); i++) {
            int zone = zones.zone(i, vlan);
            if (i != in.number() && ports.get(i).forwards() && zone != CompiledPolicy.NOWHERE) {
                if (found != CompiledPolicy.NOWHERE && found != zone) {
                    return CompiledPolicy.NOWHERE;
                }
                found = zone;
            }
        }
        return found;
    }

    /** @param out a port, or {@link Bridge#EVERYWHERE}: all ports of the zone */
    private void crossing(LivePort in, int from, int to, int out, int vlan, long at, int length) {
        engine.zones(from, to);
        if (VirtioHeader.needsChecksum(at)) {
            engine.checksumToCome();
        }
        Answer answer = engine.accept(Memory.ALL, at, length, length, LinkTypes.ETHERNET, ++frames);
        if (answer.asItIs()) {
            send(in, to, out, vlan, at, length);
            return;
        }
        if (answer.reset()) {
            resets.add(0, 1);
        }
        Emission emission = engine.emit();
        for (int i = 0; i < emission.count(); i++) {
            if (emission.back(i)) {
                queue(in.number(), emission.at(i), emission.length(i));
            } else {
                send(in, to, out, vlan, emission.at(i), emission.length(i));
            }
        }
        if (emission.count() > 0) {
            flush(); // the engine's memory is its own again with the next frame
        }
    }

    private void send(LivePort in, int zone, int out, int vlan, long at, int length) {
        if (out >= 0) {
            queue(out, at, length);
            return;
        }
        toZone(in.number(), zone, vlan, at, length);
    }

    private void toZone(int except, int zone, int vlan, long at, int length) {
        for (int i = 0; i < ports.size(); i++) {
            if (i != except && ports.get(i).forwards() && zones.zone(i, vlan) == zone) {
                queue(i, at, length);
            }
        }
    }

    private void queue(int port, long at, int length) {
        Sender sender = senders[port];
        if (!sender.send(at, length)) {
            sender.flush();
            sender.send(at, length);
        }
        tallies.add(port, Counter.FRAMES_OUT, 1);
        tallies.add(port, Counter.BYTES_OUT, length);
    }

    /** Sends what is queued. */
    void flush() {
        for (Sender sender : senders) {
            sender.flush();
        }
    }

    /** Judges by another policy from the next frame on; what was counted under the last one. */
    VerdictTallies policy(PolicyChange change, List<CompiledGrant> grants, ZoneMap freshZones,
            VerdictTallies counted) {
        policy = change.after();
        zones = freshZones;
        engine.policy(change, grants);
        if (observer != null) {
            observer.policy(change, List.of());
        }
        return sink.policy(change, counted);
    }

    /** The clock can be relied on, so that windows count. */
    void clockTrusted(boolean trusted) {
        engine.clockTrusted(trusted);
        if (observer != null) {
            observer.clockTrusted(trusted);
        }
    }

    /** No flow begins any more. */
    void drain() {
        engine.drain();
    }

    /** Ends all flows and gives the memory back. */
    void close() {
        engine.finish();
        engine.close();
        if (observer != null) {
            observer.finish();
            observer.close();
        }
    }
}
