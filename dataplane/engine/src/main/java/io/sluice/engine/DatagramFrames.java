package io.sluice.engine;

import java.lang.foreign.MemorySegment;

/** Datagrams: those put together from fragments go on as fragments of the judged bytes, and refusals go back. */
final class DatagramFrames {
    private static final int UDP_HEADER = 8;

    private final Emission emission;
    private final MemorySegment out;
    private final Flow ends = new Flow();

    DatagramFrames(Emission emission) {
        this.emission = emission;
        out = emission.memory;
    }

    /** The judged datagram under the headers of the fragment that completed it, in pieces no longer than those that came. */
    void fragments(Packet p, Answer answer) {
        int header = (int) (answer.datagramHeaderEnd - p.frameAt);
        int length = answer.datagramLength;
        for (int from = 0; from < length; from += answer.datagramPiece) {
            int part = Math.min(answer.datagramPiece, length - from);
            long at = emission.begin(header + part);
            if (at < 0) {
                return;
            }
            MemorySegment.copy(p.frame, p.frameAt, out, at, header);
            MemorySegment.copy(answer.datagram, answer.datagramAt + from, out, at + header, part);
            long ip = at + (p.networkAt - p.frameAt);
            fragment(p.ipv6(), ip, at + header, part, from, from + part < length);
            emission.finish(at, header + part, false);
        }
    }

    /** RFC 791 §3.2, RFC 8200 §4.5: offset in units of eight bytes, and whether more follow. */
    private void fragment(boolean ipv6, long ip, long content, int part, int offset, boolean more) {
        if (ipv6) {
            out.set(Headers.U16, ip + 4, (short) (content - ip - 40 + part));
            out.set(Headers.U16, content - 6, (short) (offset | (more ? 1 : 0)));
            return;
        }
        out.set(Headers.U16, ip + 2, (short) (content - ip + part));
        int flags = out.get(Headers.U16, ip + 6) & 0x4000;
        out.set(Headers.U16, ip + 6, (short) (flags | (more ? 0x2000 : 0) | offset >> 3));
        FrameHeaders.ipChecksum(out, ip, (int) (content - ip));
    }

    /** The protocol's refusal, to the sender of the datagram at hand. */
    void refusal(Packet p, Answer answer) {
        ends.clientHigh = p.sourceHigh();
        ends.clientLow = p.sourceLow();
        ends.serverHigh = p.destinationHigh();
        ends.serverLow = p.destinationLow();
        ends.protocol = Packet.PROTOCOL_UDP;
        FrameHeaders.remember(ends, ends.toServer, p);
        int header = FrameHeaders.length(ends);
        int content = UDP_HEADER + answer.refusalLength;
        long at = emission.begin(header + content);
        if (at < 0) {
            return;
        }
        long ip = FrameHeaders.write(out, at, ends, true, content);
        long udp = at + header;
        out.set(Headers.U32, udp, p.destinationPort() << 16 | p.sourcePort());
        out.set(Headers.U32, udp + 4, content << 16);
        MemorySegment.copy(answer.refusal, 0, out, udp + UDP_HEADER, answer.refusalLength);
        FrameHeaders.transportChecksum(out, ip, udp, content, Packet.PROTOCOL_UDP);
        emission.finish(at, header + content, true);
    }
}
