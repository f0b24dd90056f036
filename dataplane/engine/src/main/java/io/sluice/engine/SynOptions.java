package io.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

/**
 * Leaves on a SYN only the options whose meaning the engine follows: segment size, window scale, selective
 * acknowledgement, timestamps, each once and of its right length. Others become no-operations in the received frame, so
 * that neither end believes that the other understands them: with Multipath TCP (RFC 8684) a stream could go other ways,
 * with Fast Open (RFC 7413) data come before the handshake, and signed segments (RFC 2385, 5925) cannot be cut.
 */
final class SynOptions {
    private static final int END = 0;
    private static final byte NO_OPERATION = 1;
    private static final int HEADER = 20;
    private static final int CHECKSUM = 16;

    private SynOptions() {}

    /** Returns whether anything was overwritten. Options that break off are left to {@link TcpTracker}. */
    static boolean normalise(Packet p) {
        long at = p.transportAt() + HEADER;
        int length = p.tcpHeaderLength() - HEADER;
        if (length == 0 || p.payloadCaptured() < p.payloadLength() || p.bytes().isReadOnly()) {
            return false;
        }
        int before = Checksums.sum(p.bytes(), at, length, 0);
        int seen = 0;
        boolean changed = false;
        for (long end = at + length; at < end;) {
            int kind = p.u8(at);
            int size = kind <= NO_OPERATION ? 1 : at + 1 < end ? p.u8(at + 1) : 0;
            if (kind == END || size == 0 || at + size > end || (kind > NO_OPERATION && size < 2)) {
                break;
            }
            if (kind > NO_OPERATION) {
                if (size == understood(kind) && (seen & 1 << kind) == 0) {
                    seen |= 1 << kind;
                } else {
                    overwrite(p, at, size);
                    changed = true;
                }
            }
            at += size;
        }
        if (changed) {
            correct(p, before, Checksums.sum(p.bytes(), p.transportAt() + HEADER, length, 0));
        }
        return changed;
    }

    /** The length of an option that stays, or 0. */
    private static int understood(int kind) {
        return switch (kind) {
            case 2 -> 4;
            case 3 -> 3;
            case 4 -> 2;
            case 8 -> 10;
            default -> 0;
        };
    }

    private static void overwrite(Packet p, long at, int size) {
        for (long i = at; i < at + size; i++) {
            p.bytes().set(JAVA_BYTE, i, NO_OPERATION);
        }
    }

    /** RFC 1624 §3. A checksum that a card is still to fill in does not cover the options yet. */
    private static void correct(Packet p, int before, int after) {
        long field = p.transportAt() + CHECKSUM;
        int stated = p.u16(field);
        int corrected = ~Checksums.fold((~stated & 0xFFFF) + (~before & 0xFFFF) + after) & 0xFFFF;
        p.bytes().set(Headers.U16, field, (short) corrected);
        if (p.checksum(false) < 0) {
            p.bytes().set(Headers.U16, field, (short) stated);
        }
    }
}
