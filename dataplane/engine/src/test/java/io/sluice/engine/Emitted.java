package io.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** A frame that the engine gave a host to send, read back: whatever it is, its headers and checksums are right. */
@SuppressWarnings("restricted") // the addresses are those of the engine's memory and of the received frame
record Emitted(boolean back, Packet packet) {
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    /** The frames of an emission, checked; copied, so that they outlive it. */
    static List<Emitted> of(Emission emission, MemorySegment receivedIn) {
        List<Emitted> frames = new ArrayList<>();
        for (int i = 0; i < emission.count(); i++) {
            int length = emission.length(i);
            long at = emission.at(i);
            boolean received = at >= receivedIn.address()
                    && at < receivedIn.address() + Math.max(1, receivedIn.byteSize());
            if (!received) {
                assertTrue(length >= 60, "shorter than Ethernet permits");
                for (int k = 1; k <= Emission.HEADROOM; k++) {
                    assertEquals(0, ALL.get(JAVA_BYTE, at - k));
                }
            }
            MemorySegment copy = Arena.ofAuto().allocate(length);
            MemorySegment.copy(ALL, at, copy, 0, length);
            frames.add(read(emission.back(i), copy, received));
        }
        return frames;
    }

    private static Emitted read(boolean back, MemorySegment copy, boolean received) {
        Packet p = new Packet();
        int length = (int) copy.byteSize();
        Anomaly problem = p.parse(copy, 0, length, length, LinkTypes.ETHERNET);
        if (!received) {
            assertNull(problem);
            if (!p.fragment()) {
                assertEquals(1, p.checksum(false));
            }
        }
        return new Emitted(back, p);
    }

    byte[] payload() {
        return packet.bytes().asSlice(packet.payloadAt(), packet.payloadLength()).toArray(JAVA_BYTE);
    }

    byte[] bytes() {
        return packet.bytes().toArray(JAVA_BYTE);
    }

    boolean has(int flags) {
        return packet.flags() == flags;
    }

    long source() {
        return packet.bytes().get(Headers.U64, 6) >>> 16;
    }

    long destination() {
        return packet.bytes().get(Headers.U64, 0) >>> 16;
    }
}
