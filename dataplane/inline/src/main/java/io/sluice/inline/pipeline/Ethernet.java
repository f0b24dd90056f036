package io.sluice.inline.pipeline;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.ByteOrder.BIG_ENDIAN;

import io.sluice.capture.port.Memory;
import java.lang.foreign.ValueLayout;

/** The fields of an Ethernet header that switching needs: IEEE 802.3 §3.2, IEEE 802.1Q §9. Offsets in {@link Memory#ALL}. */
final class Ethernet {
    static final int HEADER = 14;
    /** No tag, or a priority tag, which is none (802.1Q §9.6). */
    static final int UNTAGGED = 0;

    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(BIG_ENDIAN);
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(BIG_ENDIAN);

    private Ethernet() {}

    static long destination(long at) {
        return Memory.ALL.get(U64, at) >>> 16;
    }

    static long source(long at) {
        return Memory.ALL.get(U64, at + 4) & 0xFFFF_FFFF_FFFFL;
    }

    /** A group address, broadcast included: the frame is for more than one station. */
    static boolean isGroup(long at) {
        return (Memory.ALL.get(JAVA_BYTE, at) & 1) != 0;
    }

    /** The identifier of the outer tag, or {@link #UNTAGGED}. */
    static int vlan(long at, int length) {
        int type = u16(at + 12);
        return isTag(type) && length >= HEADER + 4 ? u16(at + 14) & 0xFFF : UNTAGGED;
    }

    /** The outer identifier of what {@link io.sluice.engine.Flow#vlan} says, or {@link #UNTAGGED}. */
    static int outerTag(int vlan) {
        return vlan < 0 ? UNTAGGED : vlan <= 0xFFF ? vlan : vlan >>> 12;
    }

    /** Whether an EtherType announces a VLAN tag: those of 802.1Q and 802.1ad, and two that came before the latter. */
    static boolean isTag(int type) {
        return type == 0x8100 || type == 0x88A8 || type == 0x9100 || type == 0x9200;
    }

    static int u16(long at) {
        return Short.toUnsignedInt(Memory.ALL.get(U16, at));
    }
}
