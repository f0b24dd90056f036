package io.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * TCP segments under the headers of the received one: what is left of it after a cut, and bytes that were held. Options,
 * acknowledgement and window are those of the received segment; lengths and checksums are made anew.
 */
final class SegmentFrames {
    private static final int FIN = 1;
    private static final int PSH = 8;
    private static final int ACK = 16;
    private static final int ECE = 64;
    /** RFC 9293 §3.7.1: what every host takes. */
    private static final int DEFAULT_IPV4 = 536;
    private static final int DEFAULT_IPV6 = 1220;
    private static final int SMALLEST = 64;
    /** The longest frame of a wire without jumbo frames: two tags and a PRP trailer. */
    private static final int LONGEST_ON_WIRE = 1528;
    /** IEC 62439-3 §4.2.7: sequence number, network and size, suffix. */
    private static final int REDUNDANCY_TRAILER = 6;
    private static final int REDUNDANCY_SUFFIX = 0x88FB;

    private final Emission emission;
    private final MemorySegment out;

    SegmentFrames(Emission emission) {
        this.emission = emission;
        out = emission.memory;
    }

    /** What is left of the received segment. */
    void kept(Packet p, Answer answer, Flow flow, Half half) {
        Remainder kept = answer.kept;
        int fin = answer.keepsFin ? FIN : 0;
        boolean cutBehind = kept.to - (p.sequence() + p.payloadLength()) < 0;
        if (kept.isEmpty()) {
            segment(p, fin != 0 ? kept.to : emptySequence(p, half), null, 0, (p.flags() & ~(FIN | PSH)) | fin);
            return;
        }
        int flags = p.flags() & ~FIN & ~(cutBehind ? PSH : 0);
        int most = p.frameLength <= LONGEST_ON_WIRE ? kept.length() : largest(p, flow);
        send(p, kept, null, flags | fin, most);
    }

    /**
     * Where the receiver has had all of it, the segment's own number makes it acknowledge again (RFC 9293 §3.10.7.4); where
     * it has not, and will not, its acknowledgement goes on under the number that is expected.
     */
    private static int emptySequence(Packet p, Half half) {
        return p.sequence() - half.expected() > 0 ? half.expected() : p.sequence();
    }

    /** Bytes that were held and are whole now, as they were judged. */
    void freed(Packet p, Answer answer, Flow flow) {
        Remainder freed = answer.freed;
        send(p, freed, answer.released, (p.flags() & ECE) | ACK | PSH | (answer.freedFin ? FIN : 0), largest(p, flow));
    }

    /** Most payload bytes of one segment: what both sides take, less the options (RFC 6691). */
    private static int largest(Packet p, Flow flow) {
        int one = flow.toServer.announcedSegment;
        int other = flow.toClient.announcedSegment;
        int most = one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
        if (most == 0) {
            most = p.ipv6() ? DEFAULT_IPV6 : DEFAULT_IPV4;
        }
        return Math.max(SMALLEST, most - (p.tcpHeaderLength() - 20));
    }

    private void send(Packet p, Remainder range, @Nullable StreamBuffer source, int flags,
            int most) {
        for (int from = range.from; range.to - from > 0; from += most) {
            boolean last = range.to - from <= most;
            segment(p, from, source, last ? range.to - from : most, last ? flags : flags & ~(FIN | PSH));
        }
    }

    /** One segment; its bytes come from where they were held, or else from the received frame. */
    private void segment(Packet p, int sequence, @Nullable StreamBuffer source, int length,
            int flags) {
        int ip = (int) (p.networkAt - p.frameAt);
        int network = !p.assembled
                ? (int) (p.transportAt - p.networkAt)
                : p.ipv6() ? 40 : 20;
        int transport = p.tcpHeaderLength();
        int end = ip + network + transport + length;
        int trailer = source == null && end < p.frameLength && redundant(p) ? REDUNDANCY_TRAILER : 0;
        int size = trailer == 0 ? end : Math.max(end + trailer, Emission.SHORTEST);
        long at = emission.begin(size);
        if (at < 0) {
            return;
        }
        MemorySegment.copy(p.frame, p.frameAt, out, at, ip + network);
        long transportAt = at + ip + network;
        MemorySegment.copy(p.bytes, p.transportAt, out, transportAt, transport);
        if (source != null) {
            source.copy(sequence, length, out, transportAt + transport);
        } else if (length > 0) {
            MemorySegment.copy(p.bytes, p.payloadAt + (sequence - p.sequence()), out, transportAt + transport, length);
        }
        network(p, at + ip, network, transport + length);
        out.set(Headers.U32, transportAt + 4, sequence);
        out.set(JAVA_BYTE, transportAt + 13, (byte) flags);
        FrameHeaders.transportChecksum(out, at + ip, transportAt, transport + length, Packet.PROTOCOL_TCP);
        if (trailer != 0) {
            trailer(p, at, end, size);
        }
        emission.finish(at, size, false);
    }

    /** The copied IP header, for so many bytes of content. */
    private void network(Packet p, long ip, int header, int content) {
        if (p.ipv6()) {
            out.set(Headers.U16, ip + 4, (short) (header - 40 + content));
            if (header == 40) {
                out.set(JAVA_BYTE, ip + 6, (byte) Packet.PROTOCOL_TCP);
            }
            return;
        }
        if (header == 20) {
            out.set(JAVA_BYTE, ip, (byte) 0x45);
        }
        out.set(Headers.U16, ip + 2, (short) (header + content));
        // Not a fragment, nor to become one: several segments bear the same identification (RFC 6864 §4.1).
        out.set(Headers.U16, ip + 6, (short) 0x4000);
        FrameHeaders.ipChecksum(out, ip, header);
    }

    /** Whether the frame ends with a PRP trailer that is about this frame. */
    private static boolean redundant(Packet p) {
        long end = p.frameAt + p.frameLength;
        if (p.frame.get(Headers.U16, end - 2) != (short) REDUNDANCY_SUFFIX) {
            return false;
        }
        int untagged = p.frameLength - 14;
        int stated = p.frame.get(Headers.U16, end - 4) & 0xFFF;
        return stated == untagged || stated == (int) (p.frameAt + p.frameLength - p.networkAt);
    }

    /** The trailer goes last, behind padding, and states the new size. */
    private void trailer(Packet p, long at, int end, int size) {
        for (long i = at + end; i < at + size - REDUNDANCY_TRAILER; i++) {
            out.set(JAVA_BYTE, i, (byte) 0);
        }
        long to = at + size - REDUNDANCY_TRAILER;
        MemorySegment.copy(p.frame, p.frameAt + p.frameLength - REDUNDANCY_TRAILER, out, to, REDUNDANCY_TRAILER);
        int before = out.get(Headers.U16, to + 2);
        out.set(Headers.U16, to + 2, (short) (before - (p.frameLength - size)));
    }
}
