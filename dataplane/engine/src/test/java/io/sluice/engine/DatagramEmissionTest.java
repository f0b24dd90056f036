package io.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testdata.PacketBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What goes on of a datagram that came in fragments, and what goes back for one that is refused. */
class DatagramEmissionTest {
    private static final byte[] READ = Requests.frame(1, 3, 0, 0, 0, 1);
    private static final byte[] COIL = Requests.frame(1, 5, 0, 1, 0xFF, 0);
    private static final byte[] LONG_PING = new byte[3000];

    private static PacketBuilder from(boolean v6) {
        PacketBuilder packet = PacketBuilder.ethernet().vlan(5);
        return (v6 ? packet.ipv6("fd00::105", "fd00::10") : packet.ipv4(Desk.CLIENT, Desk.SERVER)).identification(77)
                .mayFragment().hops(9);
    }

    private static PacketBuilder ping(boolean v6) {
        for (int i = 0; i < LONG_PING.length; i++) {
            LONG_PING[i] = (byte) (i * 7);
        }
        return from(v6).icmp(v6 ? 128 : 8, 0, 1).payload(LONG_PING);
    }

    /** The same datagram arrives, in pieces no longer than the sender's, and only once it is whole. */
    @Test
    void aDatagramGoesOnInFragmentsOfTheJudgedBytes() {
        for (boolean v6 : new boolean[]{false, true}) {
            byte[] whole = ping(v6).build();
            int header = 14 + 4 + (v6 ? 40 : 20);
            for (int seed = 0; seed < 20; seed++) {
                List<byte[]> pieces = new ArrayList<>(ping(v6).fragments(1000));
                Collections.shuffle(pieces, new Random(seed));
                try (Desk desk = new Desk(Profile.INLINE)) {
                    List<Emitted> sent = List.of();
                    for (byte[] piece : pieces) {
                        assertEquals(List.of(), sent);
                        sent = desk.send(piece);
                    }
                    assertEquals(pieces.size(), sent.size());
                    byte[] got = new byte[whole.length - header];
                    int gathered = 0;
                    for (Emitted frame : sent) {
                        Packet p = frame.packet();
                        assertTrue(p.fragment() && p.vlan() == 5 && p.transportLength() <= 1000);
                        assertEquals(77, p.fragmentId());
                        assertEquals(9, p.u8(18 + (v6 ? 7 : 8)));
                        byte[] part = p.bytes().asSlice(p.transportAt(), p.transportLength()).toArray(JAVA_BYTE);
                        System.arraycopy(part, 0, got, p.fragmentOffset(), part.length);
                        gathered += part.length;
                        assertEquals(p.fragmentOffset() + part.length < got.length, p.moreFragments());
                    }
                    assertEquals(got.length, gathered);
                    assertArrayEquals(Arrays.copyOfRange(whole, header, whole.length), got);
                    assertEquals(0, desk.engine.buffered());
                }
            }
        }
    }

    @Test
    void aRefusedDatagramInPiecesSendsOnlyItsRefusal() {
        try (Desk desk = new Desk(Profile.INLINE)) {
            List<Emitted> sent = List.of();
            for (byte[] piece : from(false).udp(50_000, 502).payload(COIL).fragments(8)) {
                assertEquals(List.of(), sent);
                sent = desk.send(piece);
            }
            assertEquals(1, sent.size());
            isRefusal(sent.getFirst());
        }
    }

    /** Where nothing is held the fragments went on one by one, so the datagram does not go again. */
    @Test
    void inMonitorEveryFragmentIsItsOwnFrame() {
        try (Desk desk = new Desk(Desk.policy("monitor", "reply"), Profile.INLINE, EngineLimits.DEFAULT)) {
            for (byte[] piece : from(true).udp(50_000, 502).payload(COIL).fragments(8)) {
                List<Emitted> sent = desk.send(piece);
                assertEquals(1, sent.size());
                assertArrayEquals(piece, sent.getFirst().bytes());
            }
            assertEquals(1, desk.messages.size());
        }
    }

    @Test
    void aRefusalOverUdpGoesToTheClient() {
        for (boolean v6 : new boolean[]{false, true}) {
            try (Desk desk = new Desk(Profile.INLINE)) {
                assertEquals(1, desk.send(from(v6).udp(50_000, 502).payload(READ)).size());
                List<Emitted> sent = desk.send(from(v6).udp(50_000, 502).payload(COIL));
                assertEquals(1, sent.size());
                isRefusal(sent.getFirst());
            }
        }
    }

    private static void isRefusal(Emitted frame) {
        assertTrue(frame.back());
        Packet p = frame.packet();
        assertEquals(Packet.Kind.UDP, p.kind());
        assertEquals(5, p.vlan());
        assertEquals(502, p.sourcePort());
        assertEquals(50_000, p.destinationPort());
        assertEquals(0x0200_0000_0002L, frame.source());
        assertEquals(0x0200_0000_0001L, frame.destination());
        assertEquals("000100000003018501", HexFormat.of().formatHex(frame.payload()));
    }
}
