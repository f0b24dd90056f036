package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class VirtioHeaderTest {
    /** A TCP segment over IPv4 that is to be cut: headers of 54 bytes, of which the last 20 are TCP's. */
    @Test
    void aTagMovesWhatTheHeaderSpeaksOf() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(128, 8);
            long at = memory.address() + 64;
            int header = 64 - VirtioHeader.BYTES;
            memory.set(JAVA_BYTE, header, (byte) 1); // VIRTIO_NET_HDR_F_NEEDS_CSUM
            memory.set(JAVA_BYTE, header + 1, (byte) 1); // VIRTIO_NET_HDR_GSO_TCPV4
            memory.set(JAVA_SHORT_UNALIGNED, header + 2, (short) 54);
            memory.set(JAVA_SHORT_UNALIGNED, header + 4, (short) 1448);
            memory.set(JAVA_SHORT_UNALIGNED, header + 6, (short) 34);
            memory.set(JAVA_SHORT_UNALIGNED, header + 8, (short) 16);

            VirtioHeader.moveForTag(at - VlanTag.BYTES);
            long moved = VlanTag.insert(at, VlanTag.CUSTOMER, 7);
            assertEquals(at - VlanTag.BYTES, moved);
            assertTrue(VirtioHeader.needsChecksum(moved));
            assertTrue(VirtioHeader.isSuperFrame(moved));
            assertEquals(38, VirtioHeader.checksumStart(moved));
            assertEquals(16, VirtioHeader.checksumOffset(moved));
            assertEquals(58, memory.get(JAVA_SHORT_UNALIGNED, header - VlanTag.BYTES + 2));
            assertEquals(1448, memory.get(JAVA_SHORT_UNALIGNED, header - VlanTag.BYTES + 4));

            VirtioHeader.clearUnlessUnfinished(moved);
            assertTrue(VirtioHeader.needsChecksum(moved));
            VirtioHeader.clear(moved);
            assertFalse(VirtioHeader.isUnfinished(moved));
        }
    }
}
