package io.sluice.dissect.opcua;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.Facts;
import io.sluice.dissect.Limits.OpcUaLimits;
import io.sluice.dissect.Malformed;
import io.sluice.dissect.Session;
import java.lang.foreign.MemorySegment;

/** Reads OPC UA binary streams chunk by chunk: {@link #frame} tells where one ends, {@link #inspect} what it means. */
final class OpcUaDissector implements Dissector {

    private final OpcUaLimits limits;
    private final OpcUaHandshake handshake;
    private final OpcUaMessages messages;

    OpcUaDissector(OpcUaLimits limits) {
        this.limits = limits;
        OpcUaCursor cursor = new OpcUaCursor();
        OpcUaRequests requests = new OpcUaRequests(cursor, limits.depth());
        OpcUaAnswers answers = new OpcUaAnswers(cursor);
        handshake = new OpcUaHandshake(cursor, requests, answers, limits);
        messages = new OpcUaMessages(cursor, requests, answers, limits);
    }

    @Override
    public int frame(Session session, int direction, MemorySegment bytes, long at, long available) {
        if (available < OpcUaView.HEADER) {
            return OpcUaView.begins(bytes, at, available) ? NEED_MORE : -Malformed.MESSAGE_TYPE.code();
        }
        int type = OpcUaView.type(bytes, at);
        int chunk = OpcUaView.chunk(bytes, at);
        int least = OpcUaView.least(type);
        if (least == 0 || (chunk != 'F' && (type != OpcUaView.MSG || (chunk != 'C' && chunk != 'A')))) {
            return -Malformed.MESSAGE_TYPE.code();
        }
        int size = OpcUaView.i32(bytes, at + OpcUaView.SIZE);
        int most = ((OpcUaSession) session).channel.mostChunkBytes(direction, limits.chunkBytes());
        return size < least || size > most ? -Malformed.FRAME_LENGTH.code() : size;
    }

    @Override
    public int inspect(Session session, int direction, MemorySegment bytes, long at, int size, long available,
            Facts facts) {
        facts.reset(bytes);
        OpcUaSession s = (OpcUaSession) session;
        if (available < size) {
            return direction == TO_SERVER ? messages.beginning(s, bytes, at, size, available, facts) : PARTIAL;
        }
        s.last.reset();
        s.lastKind = OpcUaHandshake.NOTHING;
        return switch (OpcUaView.type(bytes, at)) {
            case OpcUaView.HEL -> handshake.hello(s, direction, bytes, at, size, facts);
            case OpcUaView.ACK -> handshake.acknowledge(s, direction, bytes, at, size);
            case OpcUaView.ERR -> handshake.error(s, direction, bytes, at, size, facts);
            case OpcUaView.RHE -> -Malformed.REVERSE_CONNECT.code();
            case OpcUaView.OPN -> handshake.open(s, direction, bytes, at, size, facts);
            default -> messages.inspect(s, direction, bytes, at, size, facts);
        };
    }

    @Override
    public void decided(Session session, boolean allowed, int rule) {
        OpcUaSession s = (OpcUaSession) session;
        int verdict = OpcUaSession.verdict(allowed, rule);
        switch (s.lastKind) {
            case OpcUaHandshake.HELLO -> s.helloVerdict = verdict;
            case OpcUaHandshake.OPENING -> s.openVerdict = verdict;
            case OpcUaHandshake.ENCRYPTED -> s.encryptedVerdict = verdict;
            case OpcUaHandshake.MESSAGE -> s.asked(verdict);
            case OpcUaHandshake.PIECE -> s.assembly(TO_SERVER).refuse(verdict);
            default -> {
            }
        }
    }

    @Override
    public boolean answered(Session session) {
        return OpcUaSession.allowed(((OpcUaSession) session).lastAnswered);
    }

    @Override
    public int answeredRule(Session session) {
        return OpcUaSession.rule(((OpcUaSession) session).lastAnswered);
    }

    /**
     * None: a chunk that is taken out leaves a gap in the channel's sequence numbers, at which servers close it. Until
     * numbers are rewritten on the way, refusing means ending the connection.
     */
    @Override
    public int refuse(MemorySegment bytes, long at, int size, int shortfall, MemorySegment out, long outAt) {
        return 0;
    }

    @Override
    public boolean datagrams() {
        return false;
    }
}
