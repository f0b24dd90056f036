package io.sluice.replay;

import static io.sluice.testdata.PacketBuilder.ACK;
import static io.sluice.testdata.PacketBuilder.PSH;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Malformed;
import io.sluice.engine.Answer;
import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.EngineListener;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Profile;
import io.sluice.engine.Reason;
import io.sluice.replay.RecordedStreams.Connection;
import io.sluice.replay.RecordedStreams.Turn;
import io.sluice.rules.CompiledPolicy;
import io.sluice.testdata.TcpConversation;
import io.sluice.testdata.TcpConversation.Side;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Sends a recorded connection through an engine, in other segments, and notes verdicts and the bytes that go on. */
final class StreamLine implements EngineListener, AutoCloseable {
    private static final int LINK_ETHERNET = 1;
    private static final long START = 1_767_592_800L * 1_000_000_000L; // a Monday

    /** Bytes {@code [from, to)} of a turn. */
    record Piece(int from, int to) {}

    /** A message and what became of it. */
    record Judged(boolean fromClient, boolean part, int size, boolean allowed, Reason reason, int rule, int shortfall,
            @Nullable Malformed problem) {
        static Judged of(MessageEvent e) {
            return new Judged(e.fromClient(), e.part(), e.size(), e.allowed(), e.reason(), e.rule(), e.shortfall(),
                    e.problem());
        }

        /** Other policies have other numbers. */
        Judged withoutRule() {
            return new Judged(fromClient, part, size, allowed, reason, 0, shortfall, problem);
        }

        /** Other encodings have other sizes. */
        Judged withoutSize() {
            return new Judged(fromClient, part, 0, allowed, reason, rule, shortfall, problem);
        }
    }

    final List<Judged> messages = new ArrayList<>();
    /** Offsets of each side's stream that the other side got. */
    final BitSet[] arrived = {new BitSet(), new BitSet()};
    boolean over;

    private final Connection connection;
    private final Profile profile;
    private final Engine engine;
    private final TcpConversation talk;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment memory = arena.allocate(1 << 17);
    private long frames;

    StreamLine(CompiledPolicy policy, Profile profile, Connection connection) {
        this.connection = connection;
        this.profile = profile;
        engine = new Engine(policy, profile, EngineLimits.DEFAULT, this);
        talk = new TcpConversation(connection.client(), connection.clientPort(), connection.server(), 4840).handshake();
        talk.frames().forEach(frame -> accept(frame.bytes()));
    }

    /** @param cut how to cut a turn of so many bytes, in which order and how often */
    StreamLine carry(IntFunction<List<Piece>> cut, RandomGenerator random) {
        for (Turn turn : connection.turns()) {
            Side side = turn.fromClient() ? Side.CLIENT : Side.SERVER;
            int start = talk.next(side);
            for (Piece piece : cut.apply(turn.bytes().length)) {
                send(side, start, turn.bytes(), piece);
            }
            again(side, start, turn.bytes(), random);
            talk.advance(side, turn.bytes().length);
            if (over) {
                break;
            }
        }
        engine.finish();
        return this;
    }

    /** A sender repeats what did not arrive. */
    private void again(Side side, int start, byte[] bytes, RandomGenerator random) {
        for (int round = 0; profile == Profile.INLINE && !over; round++) {
            int missing = arrived[side.ordinal()].nextClearBit(start) - start;
            if (missing >= bytes.length) {
                return;
            }
            assertTrue(round < 2000, "byte " + missing + " of a turn never arrives");
            send(side, start, bytes, new Piece(missing, Math.min(bytes.length, missing + 1 + random.nextInt(300))));
        }
    }

    private void send(Side side, int start, byte[] bytes, Piece piece) {
        if (over) {
            return;
        }
        int offset = start + piece.from();
        byte[] payload = Arrays.copyOfRange(bytes, piece.from(), piece.to());
        Answer answer = accept(talk.packet(side, offset).flags(PSH | ACK).payload(payload).build());
        int first = talk.sequence(side, 0);
        if (answer.action() == Answer.Action.FORWARD || answer.action() == Answer.Action.REWRITE) {
            arrives(answer, side, first, offset, payload.length);
        }
        if (answer.releasedLength() > 0) {
            arrives(answer, side, first, answer.releasedFrom() - first, answer.releasedLength());
        }
        over |= answer.reset();
    }

    private void arrives(Answer answer, Side side, int first, int from, int length) {
        BitSet bytes = new BitSet();
        bytes.set(from, from + length);
        for (int i = 0; i < answer.removed(); i++) {
            int removed = answer.removedFrom(i) - first;
            bytes.clear(removed, removed + answer.removedLength(i));
        }
        arrived[side.ordinal()].or(bytes);
    }

    private Answer accept(byte[] frame) {
        MemorySegment.copy(frame, 0, memory, ValueLayout.JAVA_BYTE, 0, frame.length);
        frames++;
        return engine.accept(memory, 0, frame.length, frame.length, LINK_ETHERNET, frames,
                START + frames * 1_000_000);
    }

    @Override
    public void message(MessageEvent event) {
        messages.add(Judged.of(event));
    }

    @Override
    public void close() {
        engine.close();
        arena.close();
    }
}
