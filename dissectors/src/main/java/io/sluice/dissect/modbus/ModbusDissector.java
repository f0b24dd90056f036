package io.sluice.dissect.modbus;

import static io.sluice.dissect.Malformed.ANSWER_MISMATCH;
import static io.sluice.dissect.Malformed.FRAME_LENGTH;
import static io.sluice.dissect.Malformed.FUNCTION_CODE;
import static io.sluice.dissect.Malformed.PROTOCOL_ID;
import static io.sluice.dissect.Malformed.RTU_OVER_TCP;
import static io.sluice.dissect.Malformed.UNSOLICITED;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.ByteOrder.BIG_ENDIAN;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.Facts;
import io.sluice.dissect.Limits;
import io.sluice.dissect.Malformed;
import io.sluice.dissect.Session;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Reads Modbus/TCP streams, and datagrams that hold the same frames. */
final class ModbusDissector implements Dissector {
    /** Messaging on TCP/IP V1.0b §3.1.3: the length field counts unit, function and data; a PDU has at most 253 bytes. */
    private static final int SHORTEST = 2;
    private static final int LONGEST = 254;
    private static final int UMAS = 90;
    /** From here on the function code can be read. */
    private static final int HEAD = 8;

    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(BIG_ENDIAN);

    private final int longestUmas;
    private final ModbusView view = new ModbusView();

    ModbusDissector(Limits limits) {
        longestUmas = limits.umasFrameBytes();
    }

    /** Only the protocol identifier and the length decide; function 90 alone may be longer than the standard's frames. */
    @Override
    public int frame(Session session, int direction, MemorySegment bytes, long at, long available) {
        if (available < ModbusView.PREFIX) {
            return available >= ModbusView.LENGTH && bytes.get(U16, at + ModbusView.PROTOCOL) != 0
                    ? stranger(bytes, at, available, PROTOCOL_ID)
                    : NEED_MORE;
        }
        // protocol identifier and length in one: with the former 0, the latter alone is left
        int length = bytes.get(U32, at + ModbusView.PROTOCOL);
        return length >= SHORTEST && length <= LONGEST
                ? ModbusView.PREFIX + length
                : unusual(bytes, at, available, length);
    }

    private int unusual(MemorySegment bytes, long at, long available, int length) {
        if (length >>> 16 != 0) {
            return stranger(bytes, at, available, PROTOCOL_ID);
        }
        if (length >= SHORTEST && length <= longestUmas) {
            if (available < HEAD) {
                return NEED_MORE;
            }
            if (bytes.get(JAVA_BYTE, at + ModbusView.FUNCTION) == UMAS) {
                return ModbusView.PREFIX + length;
            }
        }
        return stranger(bytes, at, available, FRAME_LENGTH);
    }

    private static int stranger(MemorySegment bytes, long at, long available, Malformed otherwise) {
        return -ModbusStranger.name(bytes, at, available, otherwise).code();
    }

    @Override
    public int inspect(Session session, int direction, MemorySegment bytes, long at, int size, long available,
            Facts facts) {
        facts.reset(bytes);
        if (available < HEAD) {
            return PARTIAL;
        }
        view.wrap(bytes, at, size);
        long have = Math.min(available, size);
        return direction == TO_SERVER
                ? request((ModbusSession) session, bytes, have, facts)
                : answer((ModbusSession) session, have);
    }

    private int request(ModbusSession session, MemorySegment bytes, long have, Facts facts) {
        int problem = ModbusRequestShape.check(view, have);
        if (problem != 0) {
            session.refusedRequest(view.pairingKey());
            return problem == -FUNCTION_CODE.code() && looksLikeRtu(bytes) ? -RTU_OVER_TCP.code() : problem;
        }
        ModbusMeaning.fill(view, have, facts);
        if (facts.opaque() && ModbusFunctions.isUnassigned(view.functionByte()) && looksLikeRtu(bytes)) {
            facts.reset(bytes);
            return -RTU_OVER_TCP.code();
        }
        if (have < view.size()) {
            return PARTIAL;
        }
        session.request(view.pairingKey(), ModbusPairing.ofRequest(view));
        return REQUEST;
    }

    /**
     * The commonest of all RTU requests, for address 0, has a plausible MBAP header: what gives it away is a CRC where
     * unit and function should be. Looks at 8 bytes only, so that the answer never depends on how many have arrived.
     */
    private boolean looksLikeRtu(MemorySegment bytes) {
        return ModbusStranger.isRtu(bytes, view.position(0), HEAD);
    }

    private int answer(ModbusSession session, long have) {
        int problem = ModbusAnswerShape.check(view, have);
        if (problem == 0 && have == view.size()) {
            boolean exception = view.isException();
            long detail = exception ? ModbusPairing.ANY : ModbusPairing.ofAnswer(view);
            if (session.answer(view.pairingKey(), detail, exception) || (ModbusPairing.mayDiffer(view)
                    && session.answer(view.pairingKey(), detail, ModbusPairing.ADDRESS))) {
                return RESPONSE;
            }
        }
        return unanswered(session, have, problem);
    }

    /** That nobody asked is known at the function code, before the shape: it goes first. The request stays outstanding. */
    private int unanswered(ModbusSession session, long have, int problem) {
        int expected = session.expects(view.pairingKey());
        if (expected != ModbusSession.MATCHED) {
            return -(expected == ModbusSession.UNKNOWN ? UNSOLICITED : ANSWER_MISMATCH).code();
        }
        return problem != 0 || have < view.size() ? problem : -ANSWER_MISMATCH.code();
    }

    @Override
    public void decided(Session session, boolean allowed, int rule) {
        ((ModbusSession) session).decided(allowed, rule);
    }

    @Override
    public boolean answered(Session session) {
        return ((ModbusSession) session).answered();
    }

    @Override
    public int answeredRule(Session session) {
        return ((ModbusSession) session).answeredRule();
    }

    @Override
    public int refuse(MemorySegment bytes, long at, int size, int shortfall, MemorySegment out, long outAt) {
        return size < HEAD ? 0 : ModbusReply.write(bytes, at, shortfall, out, outAt);
    }

    @Override
    public boolean datagrams() {
        return true;
    }
}
