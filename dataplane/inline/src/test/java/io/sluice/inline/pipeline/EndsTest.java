package io.sluice.inline.pipeline;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.inline.event.Policies;
import io.sluice.rules.CompiledPolicy;
import io.sluice.testdata.PacketBuilder;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndsTest {
    private static final String HMI = "10.0.0.1";
    private static final String PLC = "10.0.0.2";

    @Test
    void assetsAreKnownByTheAddressesOfIpAndArpUnderVlanTags() {
        for (PacketBuilder link : List.of(PacketBuilder.ethernet(), PacketBuilder.ethernet().vlan(10),
                PacketBuilder.ethernet().qinq(10, 20))) {
            assertEnds("hmi", "plc", link.ip(HMI, PLC).tcp(1000, 502));
        }
        assertEnds("hmi", "plc", PacketBuilder.ethernet().arp(1, "02:00:00:00:00:01", HMI, "00:00:00:00:00:00", PLC));
        assertEnds("?", "plc", PacketBuilder.ethernet().ip("10.0.0.77", PLC).udp(1, 2));
        assertEnds("?", "?", PacketBuilder.ethernet().ip("fd00::1", "fd00::2").udp(1, 2));
        assertEnds("?", "?", PacketBuilder.ethernet().etherType(0x8892));
    }

    @Test
    void noFrameIsTooShort() {
        byte[] whole = PacketBuilder.ethernet().qinq(1, 2).ip(HMI, PLC).tcp(1, 2).build();
        for (int length = Ethernet.HEADER; length < whole.length; length++) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment frame = arena.allocate(length, 1);
                MemorySegment.copy(MemorySegment.ofArray(whole), 0, frame, 0, length);
                Ends.sender(Policies.SMALL, frame.address(), length);
                assertTrue(Ends.pair(frame.address(), length) >= 0);
            }
        }
    }

    @Test
    void bothDirectionsBetweenTwoAddressesGoTheSameWay() {
        int there = pair(PacketBuilder.ethernet().ip(HMI, PLC).tcp(1000, 502));
        int back = pair(PacketBuilder.ethernet().vlan(5).ip(PLC, HMI).tcp(502, 1000));
        assertEquals(there, back);
        assertNotEquals(there, pair(PacketBuilder.ethernet().ip(HMI, "10.0.0.3").tcp(1000, 502)));
        assertEquals(pair(PacketBuilder.ethernet().ip("fd00::1", "fd00::2").udp(1, 2)),
                pair(PacketBuilder.ethernet().ip("fd00::2", "fd00::1").udp(2, 1)));
    }

    private static int pair(PacketBuilder packet) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] bytes = packet.build();
            MemorySegment frame = arena.allocateFrom(JAVA_BYTE, bytes);
            return Ends.pair(frame.address(), bytes.length);
        }
    }

    private static void assertEnds(String sender, String receiver, PacketBuilder packet) {
        CompiledPolicy policy = Policies.SMALL;
        try (Arena arena = Arena.ofConfined()) {
            byte[] bytes = packet.build();
            MemorySegment frame = arena.allocateFrom(JAVA_BYTE, bytes);
            assertEquals(sender, policy.nameOf(Ends.sender(policy, frame.address(), bytes.length)));
            assertEquals(receiver, policy.nameOf(Ends.receiver(policy, frame.address(), bytes.length)));
        }
    }
}
