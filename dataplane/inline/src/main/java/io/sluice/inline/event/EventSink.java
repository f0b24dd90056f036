package io.sluice.inline.event;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.Facts;
import io.sluice.dissect.Protocol;
import io.sluice.dissect.Protocols;
import io.sluice.dissect.Vocabulary;
import io.sluice.engine.Anomaly;
import io.sluice.engine.EngineListener;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Packet;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.PolicyChange;
import io.sluice.rules.Service;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Hears an engine on its packet thread: counts everything, and puts what is worth telling into rings. Refusals, and what
 * changes a device, have a ring of their own, so that no amount of other events crowds them out.
 */
public final class EventSink implements EngineListener {
    /** Operations of a protocol that change a device, by number; numbers beyond are taken to. */
    private static final boolean[][] WRITES = Protocols.ALL.stream().map(EventSink::writes).toArray(boolean[][]::new);

    /** Slots for flows whose reads are counted by rule, 64 bytes each; half of them can be taken. */
    private static final int COUNTED_FLOWS = 1 << 15;

    /** Flows that are told of before their time, since they read something new. */
    static final int EARLY_A_SECOND = 20;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final EventRing reserved;
    private final EventRing ordinary;
    private final boolean all;
    private final Tallies anomalies = new Tallies(Anomaly.values().length);
    private final Tallies dropped = new Tallies(Anomaly.values().length);
    private final ReadTallies reads;
    private volatile VerdictTallies verdicts;
    private MemorySegment memory = MemorySegment.NULL;
    private long at;
    private int length;
    private int port;
    private long nanos;
    private long earlySince;
    private int early;

    /** @param all also permitted reads and answers, one by one; else of these only where an end says what it is */
    public EventSink(EventRing reserved, EventRing ordinary, boolean all, CompiledPolicy policy) {
        this.reserved = reserved;
        this.ordinary = ordinary;
        this.all = all;
        reads = new ReadTallies(all ? 2 : COUNTED_FLOWS);
        verdicts = new VerdictTallies(policy);
    }

    /** What follows is judged by another policy; what was counted under the last one. Packet thread. */
    public VerdictTallies policy(PolicyChange change, VerdictTallies fresh) {
        VerdictTallies before = verdicts;
        reads.policy(change);
        verdicts = fresh;
        return before;
    }

    /** What follows is about this frame. Packet thread. */
    public void frame(MemorySegment bytes, long frameAt, int frameLength, int enteredAt, long epochNanos) {
        memory = bytes;
        at = frameAt;
        length = frameLength;
        port = enteredAt;
        nanos = epochNanos;
    }

    public VerdictTallies verdicts() {
        return verdicts;
    }

    /** By {@link Anomaly#ordinal}. */
    public Tallies anomalies() {
        return anomalies;
    }

    /** Those for which a frame did not go on, by {@link Anomaly#ordinal}. */
    public Tallies dropped() {
        return dropped;
    }

    /** Hears an engine that only watches: whatever it says of a message, nothing was done about it. */
    public EngineListener watching() {
        return new Watching();
    }

    @Override
    public void message(MessageEvent e) {
        message(e, e.enforced());
    }

    private void message(MessageEvent e, boolean enforced) {
        if (e.part() && e.allowed()) {
            return; // the verdict falls with the message's last piece
        }
        VerdictTallies counted = verdicts;
        counted.count(e, enforced);
        boolean reserve = !e.allowed() || e.notices() != 0 || (e.request() && changes(e));
        if (!reserve && !all && !introduces(e)) {
            if (e.request() && reads.add(e.flow(), e.rule(), e.facts()) && mayTellEarly(e.nanos())) {
                tell(Event.Kind.LIVES, e.flow());
            }
            return;
        }
        EventRing ring = reserve ? reserved : ordinary;
        Event event = ring.claim();
        if (event != null) {
            event.begin(Event.Kind.MESSAGE, counted.policy(), port, e.nanos());
            event.take(e);
            ring.publish();
        }
    }

    /** So that many short connections, or a clock that jumps, do not fill the journal with flows that only began. */
    private boolean mayTellEarly(long now) {
        if (now - earlySince > SECOND_NANOS || now < earlySince) {
            earlySince = now;
            early = 0;
        }
        return ++early <= EARLY_A_SECOND;
    }

    @Override
    public void plain(Flow flow, Packet packet) {
        EventRing ring = flow.plainAllowed() ? ordinary : reserved;
        Event event = ring.claim();
        if (event != null) {
            event.begin(Event.Kind.PLAIN, verdicts.policy(), port, nanos);
            event.take(flow);
            ring.publish();
        }
    }

    @Override
    public void anomaly(Anomaly anomaly, Packet packet, @Nullable Flow flow, boolean enforced) {
        anomalies.add(anomaly.ordinal(), 1);
        if (enforced) {
            dropped.add(anomaly.ordinal(), 1);
        }
        if (!anomaly.blocks()) {
            return;
        }
        Event event = ordinary.claim();
        if (event != null) {
            event.begin(Event.Kind.ANOMALY, verdicts.policy(), port, nanos);
            event.anomaly(anomaly, enforced, memory, at, length);
            if (flow != null) {
                event.take(flow);
            }
            ordinary.publish();
        }
    }

    @Override
    public void lives(Flow flow) {
        tell(Event.Kind.LIVES, flow);
    }

    @Override
    public void ended(Flow flow) {
        tell(Event.Kind.ENDED, flow);
        reads.forget(flow);
    }

    private final class Watching implements EngineListener {
        @Override
        public void message(MessageEvent e) {
            EventSink.this.message(e, false);
        }

        @Override
        public void plain(Flow flow, Packet packet) {
            EventSink.this.plain(flow, packet);
        }

        @Override
        public void anomaly(Anomaly anomaly, Packet packet, @Nullable Flow flow, boolean enforced) {
            EventSink.this.anomaly(anomaly, packet, flow, false);
        }

        @Override
        public void lives(Flow flow) {
            EventSink.this.lives(flow);
        }

        @Override
        public void ended(Flow flow) {
            EventSink.this.ended(flow);
        }
    }

    private void tell(Event.Kind what, Flow flow) {
        Event event = ordinary.claim();
        if (event != null) {
            event.begin(what, verdicts.policy(), port, nanos);
            event.take(flow);
            reads.read(flow, event.reads());
            ordinary.publish();
        }
    }

    private static boolean introduces(MessageEvent e) {
        Service service = e.flow().service();
        return service != null && service.protocol().introduces(
                e.fromClient() ? Dissector.TO_SERVER : Dissector.TO_CLIENT, e.bytes(), e.at(), e.size());
    }

    private static boolean changes(MessageEvent e) {
        Service service = e.flow().service();
        boolean[] writes = service == null ? WRITES[0] : WRITES[number(service.protocol())];
        Facts facts = e.facts();
        for (int span = 0; span < facts.spans(); span++) {
            int operation = facts.operation(span);
            if (operation >= writes.length || writes[operation]) {
                return true;
            }
        }
        return false;
    }

    private static int number(Protocol protocol) {
        for (int i = 0; i < WRITES.length; i++) {
            if (Protocols.ALL.get(i).equals(protocol)) {
                return i;
            }
        }
        return 0;
    }

    private static boolean[] writes(Protocol protocol) {
        Vocabulary vocabulary = protocol.vocabulary();
        int most = 0;
        for (Vocabulary.Operation operation : vocabulary.operations()) {
            most = Math.max(most, operation.number());
        }
        for (Vocabulary.Operation operation : vocabulary.implied()) {
            most = Math.max(most, operation.number());
        }
        boolean[] writes = new boolean[most + 1];
        vocabulary.operations().forEach(o -> writes[o.number()] = o.writes());
        return writes;
    }
}
