package io.sluice.dissect.opcua;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The fixed fields of a chunk, OPC 10000-6 §6.7.2 and §7.1.2. Offsets count from the chunk's first byte; whoever reads
 * one has made sure that it is there.
 */
final class OpcUaView {
    static final int CHUNK_TYPE = 3;
    static final int SIZE = 4;
    static final int HEADER = 8;
    static final int CHANNEL = 8;
    static final int TOKEN = 12;
    static final int SEQUENCE = 16;
    static final int REQUEST = 20;
    /** A symmetric chunk's body begins here, or its cipher text at {@link #SEQUENCE}. */
    static final int BODY = 24;
    /** An asymmetric chunk's three texts begin here. */
    static final int POLICY = 12;

    /** The first three bytes, as they are read little-endian. */
    static final int HEL = 'H' | 'E' << 8 | 'L' << 16;
    static final int ACK = 'A' | 'C' << 8 | 'K' << 16;
    static final int ERR = 'E' | 'R' << 8 | 'R' << 16;
    static final int RHE = 'R' | 'H' << 8 | 'E' << 16;
    static final int OPN = 'O' | 'P' << 8 | 'N' << 16;
    static final int MSG = 'M' | 'S' << 8 | 'G' << 16;
    static final int CLO = 'C' | 'L' << 8 | 'O' << 16;

    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);

    private OpcUaView() {}

    static int i32(MemorySegment bytes, long at) {
        return bytes.get(U32, at);
    }

    static int u8(MemorySegment bytes, long at) {
        return Byte.toUnsignedInt(bytes.get(JAVA_BYTE, at));
    }

    static int type(MemorySegment bytes, long at) {
        return i32(bytes, at) & 0xFF_FFFF;
    }

    static int chunk(MemorySegment bytes, long at) {
        return u8(bytes, at + CHUNK_TYPE);
    }

    /** The fewest bytes that a chunk of this type has; 0 for a type that does not exist. */
    static int least(int type) {
        return switch (type) {
            case HEL -> 32;
            case ACK -> 28;
            case ERR, RHE -> 16;
            case OPN -> 32;
            case MSG, CLO -> 25;
            default -> 0;
        };
    }

    /** Whether the first bytes, fewer than four, can begin a chunk. */
    static boolean begins(MemorySegment bytes, long at, long available) {
        int have = 0;
        for (int i = 0; i < available && i < 3; i++) {
            have |= u8(bytes, at + i) << (8 * i);
        }
        int mask = available >= 3 ? 0xFF_FFFF : (1 << (8 * (int) available)) - 1;
        return have == (HEL & mask) || have == (ACK & mask) || have == (ERR & mask) || have == (RHE & mask)
                || have == (OPN & mask) || have == (MSG & mask) || have == (CLO & mask);
    }
}
