package io.sluice.engine;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * RSTs that their receivers believe: RFC 5961 §3.2 asks for exactly the number that is expected next. They bear the
 * addresses, VLAN tags and ports of the other end.
 */
final class ResetFrames {
    private static final int SYN = 2;
    private static final int FIN = 1;
    private static final int RST = 4;
    private static final int ACK = 16;
    private static final int HEADER = 20;

    private final Emission emission;
    private final MemorySegment out;
    /** The two ends of a segment that belongs to no flow. */
    private final Flow stranger = new Flow();

    ResetFrames(Emission emission) {
        this.emission = emission;
        out = emission.memory;
    }

    /** To one end of a flow, with the number up to which bytes went on to it. */
    void end(Flow flow, boolean toClient, boolean back) {
        Half towards = flow.half(!toClient);
        Half other = flow.half(toClient);
        if (towards.begun) {
            int acknowledged = other.synchronised ? other.acknowledged : other.delivered;
            write(flow, toClient, back, towards.expected(), acknowledged, RST | ACK);
        } else if (toClient) {
            // SYN-SENT believes what acknowledges its SYN, RFC 9293 §3.10.7.3.
            write(flow, true, back, 0, flow.clientStart + 1, RST | ACK);
        }
        // Else the server has never heard of the connection.
    }

    /**
     * To the sender of a segment of a connection that is not, or not any more, as RFC 9293 §3.10.7.1 answers it.
     *
     * @param flow null if none is known
     */
    void refuse(@Nullable Flow flow, Packet p) {
        Flow ends = flow == null ? ends(p) : flow;
        boolean toClient = ends.isClient(p.sourceHigh(), p.sourceLow(), p.sourcePort());
        if ((p.flags() & ACK) != 0) {
            write(ends, toClient, true, p.acknowledgement(), 0, RST);
        } else {
            write(ends, toClient, true, 0, end(p), RST | ACK);
        }
    }

    /** In place of a segment that belongs to no known connection: most likely its receiver expects just this number. */
    void instead(Packet p) {
        write(ends(p), false, false, p.sequence(), p.acknowledgement(), RST | (p.flags() & ACK));
    }

    private static int end(Packet p) {
        return p.sequence() + p.payloadLength() + ((p.flags() & SYN) != 0 ? 1 : 0) + (p.flags() & FIN);
    }

    private Flow ends(Packet p) {
        stranger.clientHigh = p.sourceHigh();
        stranger.clientLow = p.sourceLow();
        stranger.clientPort = p.sourcePort();
        stranger.serverHigh = p.destinationHigh();
        stranger.serverLow = p.destinationLow();
        stranger.serverPort = p.destinationPort();
        stranger.protocol = Packet.PROTOCOL_TCP;
        FrameHeaders.remember(stranger, stranger.toServer, p);
        return stranger;
    }

    private void write(Flow flow, boolean toClient, boolean back, int sequence, int acknowledgement, int flags) {
        int length = FrameHeaders.length(flow) + HEADER;
        long at = emission.begin(length);
        if (at < 0) {
            return;
        }
        long ip = FrameHeaders.write(out, at, flow, toClient, HEADER);
        long tcp = at + length - HEADER;
        int from = toClient ? flow.serverPort : flow.clientPort;
        int to = toClient ? flow.clientPort : flow.serverPort;
        out.set(Headers.U32, tcp, (from << 16) | to);
        out.set(Headers.U32, tcp + 4, sequence);
        out.set(Headers.U32, tcp + 8, acknowledgement);
        out.set(Headers.U32, tcp + 12, ((HEADER / 4) << 28) | (flags << 16));
        out.set(Headers.U32, tcp + 16, 0);
        FrameHeaders.transportChecksum(out, ip, tcp, HEADER, Packet.PROTOCOL_TCP);
        emission.finish(at, length, back);
    }
}
