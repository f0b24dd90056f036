package io.sluice.dissect.modbus;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.Facts;
import io.sluice.dissect.Limits;
import io.sluice.dissect.Malformed;
import io.sluice.dissect.Session;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;

/** A dissector with its session and facts, and single messages put through it as a flow would. */
final class ModbusBench {
    private static final int ROOM = 4096;

    final Dissector dissector;
    final Session session;
    final Facts facts = new Facts();
    private final MemorySegment room = Arena.ofAuto().allocate(ROOM);

    ModbusBench() {
        this(Limits.DEFAULT);
    }

    ModbusBench(Limits limits) {
        dissector = Modbus.PROTOCOL.dissector(limits);
        session = Modbus.PROTOCOL.session(limits);
    }

    /** What happens to the first {@code available} bytes, in a segment that holds not one byte more. */
    int see(int direction, byte[] message, int available) {
        MemorySegment bytes = room.asSlice(0, available);
        MemorySegment.copy(message, 0, bytes, JAVA_BYTE, 0, available);
        facts.reset(bytes);
        int size = dissector.frame(session, direction, bytes, 0, available);
        return size <= 0 ? size : dissector.inspect(session, direction, bytes, 0, size, available, facts);
    }

    int see(int direction, byte[] message) {
        return see(direction, message, message.length);
    }

    int request(byte[] message) {
        return see(Dissector.TO_SERVER, message);
    }

    int request(String hex) {
        return request(HexFormat.of().parseHex(hex));
    }

    /** A request, allowed by a rule. */
    int allowed(byte[] message, int rule) {
        int outcome = request(message);
        dissector.decided(session, true, rule);
        return outcome;
    }

    int allowed(String hex, int rule) {
        return allowed(HexFormat.of().parseHex(hex), rule);
    }

    int answer(byte[] message) {
        return see(Dissector.TO_CLIENT, message);
    }

    int answer(String hex) {
        return answer(HexFormat.of().parseHex(hex));
    }

    /** What the facts of the last request say. */
    String words() {
        return Modbus.PROTOCOL.vocabulary().describe(facts);
    }

    /** {@code ok} for a whole message, {@code more} for a part of one, or the reason's word. */
    static String word(int outcome) {
        if (outcome < 0) {
            return Malformed.of(outcome).word();
        }
        return outcome == Dissector.PARTIAL ? "more" : "ok";
    }
}
