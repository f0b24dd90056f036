package io.sluice.engine;

import static io.sluice.engine.MessageTape.I32;
import static io.sluice.engine.MessageTape.I64;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sluice.dissect.Limits;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Service;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has a {@link MessageTape} judged by another policy: the same dissectors, sessions, tables, rates and windows as in an
 * {@link Engine}, with the same times, in the same order. Its listener hears what that of an observing engine would hear
 * of messages, of flows that are not looked into, and of ends of flows.
 *
 * <p>That holds as long as the policy looks into the same flows, by the same protocols, and takes the same sides for
 * clients. Where it does not, {@link #play} says so, and the recording has to be read again.
 */
public final class TapePlayer implements AutoCloseable {
    private final MessageTape tape;
    private final CompiledPolicy policy;
    private final EngineListener listener;
    private final Arena arena = Arena.ofConfined();
    private final BufferPool pool = new BufferPool(0, arena);
    private final Inspector inspector;
    private final Gate gate;
    private final PlainTraffic plain;
    /** By the numbers that the tape gives them, from 1; null once they have ended. */
    private @Nullable Flow[] flows;
    private final List<Flow> spare = new ArrayList<>();
    private MemorySegment chunk;
    private int chunks;
    private int at;
    private long frame;
    private @Nullable Flow whole;
    private boolean same = true;

    /** A player at the beginning of a tape that is {@link MessageTape#whole}. */
    public TapePlayer(MessageTape tape, CompiledPolicy policy, EngineListener listener) {
        if (!tape.whole()) {
            throw new IllegalArgumentException("the tape has not all");
        }
        this.tape = tape;
        this.policy = policy;
        this.listener = listener;
        flows = new @Nullable Flow[tape.flows() + 1];
        inspector = new Inspector(policy, Profile.OBSERVE, Limits.DEFAULT, EngineLimits.DEFAULT, listener);
        gate = new Gate(policy, Profile.OBSERVE, listener, inspector, new Answer(MemorySegment.NULL));
        plain = new PlainTraffic(gate, new Neighbours(gate), inspector.situation(), listener);
        chunk = tape.chunks().getFirst();
    }

    /**
     * Goes to the next frame of which something is on the tape.
     *
     * @return false at the end
     */
    public boolean next() {
        if (!same || kind() != MessageTape.GROUP) {
            return false;
        }
        at++;
        frame = i64();
        gate.nanos = i64();
        gate.age = i64();
        gate.frame = frame;
        whole = null;
        return true;
    }

    /** The frame that {@link #next} went to. */
    public long frame() {
        return frame;
    }

    /** The flow of that frame, if it is one that is not looked into. */
    public @Nullable Flow flow() {
        return whole;
    }

    /**
     * Has everything of the frame judged.
     *
     * @return false if the policy would have looked into other flows than the tape has, or into other messages
     */
    public boolean play() {
        while (same) {
            byte kind = kind();
            if (kind == MessageTape.GROUP || kind == MessageTape.END) {
                return true;
            }
            at++;
            int number = i32();
            Flow known = flows[number];
            Flow flow = known == null ? new Flow() : known;
            switch (kind) {
                case MessageTape.FLOW -> begin(number);
                case MessageTape.MISSED -> inspector.missed(flow, u8() == 1);
                case MessageTape.ENDED -> end(number, flow);
                case MessageTape.PLAIN -> {
                    whole = flow;
                    plain.flow(flow, gate.packet);
                }
                default -> message(kind, flow);
            }
        }
        return false;
    }

    private byte kind() {
        byte kind = chunk.get(JAVA_BYTE, at);
        if (kind == MessageTape.NEXT_CHUNK) {
            chunk = tape.chunks().get(++chunks);
            at = 0;
            return chunk.get(JAVA_BYTE, at);
        }
        return kind;
    }

    private void begin(int number) {
        Flow flow = spare.isEmpty() ? new Flow() : spare.removeLast();
        flow.reset(pool);
        flows[number] = flow;
        flow.clientHigh = i64();
        flow.clientLow = i64();
        flow.serverHigh = i64();
        flow.serverLow = i64();
        flow.clientPort = i32();
        flow.serverPort = i32();
        flow.protocol = i32();
        flow.clientZone = i32();
        flow.serverZone = i32();
        flow.number = i64();
        flow.midstream = u8() == 1;
        int outlook = i32();
        flow.clientPlace = gate.place(flow.clientZone, flow.clientHigh, flow.clientLow);
        flow.serverPlace = gate.place(flow.serverZone, flow.serverHigh, flow.serverLow);
        flow.relation = policy.relation(flow.clientPlace, flow.serverPlace);
        same = outlook == MessageTape.outlook(flow, policy);
        Service service = flow.relation().service(flow.protocol, flow.serverPort);
        if (service != null) {
            inspector.attach(flow, service);
        }
    }

    private void end(int number, Flow flow) {
        flow.packets = i64();
        flow.octets = i64();
        flow.firstFrame = i64();
        flow.lastFrame = i64();
        listener.ended(flow);
        flows[number] = null;
        spare.add(flow);
    }

    private void message(byte kind, Flow flow) {
        boolean fromClient = u8() == 1;
        boolean lost = u8() == 1;
        long in = i64();
        long epoch = i64();
        long age = i64();
        Half half = flow.half(fromClient);
        half.firstFrame = i64();
        inspector.frame(in, epoch, age);
        inspector.ordinal(i32() - 1);
        half.segments = i32();
        int size = i32();
        int from = at;
        at += size;
        switch (kind) {
            case MessageTape.DATAGRAM -> inspector.datagram(flow, fromClient, chunk, from, size);
            case MessageTape.OVERLOAD -> inspector.overload(flow, fromClient, chunk, from, size);
            default -> same = inspector.step(flow, fromClient, chunk, from, size) == (lost ? Inspector.LOST : size);
        }
    }

    private byte u8() {
        return chunk.get(JAVA_BYTE, at++);
    }

    private int i32() {
        int value = chunk.get(I32, at);
        at += Integer.BYTES;
        return value;
    }

    private long i64() {
        long value = chunk.get(I64, at);
        at += Long.BYTES;
        return value;
    }

    @Override
    public void close() {
        arena.close();
    }
}
