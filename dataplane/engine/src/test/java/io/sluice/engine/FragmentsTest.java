package io.sluice.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testdata.PacketBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Datagrams in pieces, through the engine: what comes out is judged as if it had come whole. */
class FragmentsTest {
    private static final byte[] READ = Requests.frame(1, 3, 0, 0, 0, 1);
    private static final byte[] COIL = Requests.frame(1, 5, 0, 1, 0xFF, 0);

    private static PacketBuilder datagram(boolean v6, byte[] payload, int identification) {
        PacketBuilder packet = PacketBuilder.ethernet();
        return (v6 ? packet.ipv6("fd00::105", "fd00::10") : packet.ipv4(Desk.CLIENT, Desk.SERVER))
                .identification(identification).mayFragment().udp(50_000, 502).payload(payload);
    }

    @Test
    void fragmentsInAnyOrderAreJudgedOnceWhole() {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<byte[]> pieces = new ArrayList<>(datagram(seed % 2 == 0, READ, seed).fragments(8));
            pieces.add(pieces.get(random.nextInt(pieces.size() - 1)));
            Collections.shuffle(pieces, Random.from(random));
            try (Desk desk = new Desk(Profile.INLINE)) {
                int held = 0;
                for (byte[] piece : pieces) {
                    held += desk.accept(piece).action() == Answer.Action.HOLD ? 1 : 0;
                    if (!desk.messages.isEmpty()) {
                        break; // a duplicate after the last piece begins a new datagram
                    }
                }
                assertTrue(held >= 2, "seed " + seed);
                assertEquals(1, desk.messages.size(), "seed " + seed);
                assertTrue(desk.messages.getFirst().allowed());
            }
        }
    }

    @Test
    void aRefusedDatagramInPiecesIsDropped() {
        try (Desk desk = new Desk(Profile.INLINE)) {
            Answer.Action last = Answer.Action.FORWARD;
            for (byte[] piece : datagram(false, COIL, 4).fragments(8)) {
                last = desk.accept(piece).action();
                assertTrue(last != Answer.Action.FORWARD);
            }
            assertEquals(Answer.Action.DROP, last);
            assertEquals(Reason.DEFAULT, desk.messages.getFirst().reason());
        }
    }

    /** RFC 5722 for IPv6, and for IPv4 as Linux does: an overlap condemns all of it. */
    @Test
    void anOverlapCondemnsTheDatagram() {
        for (boolean v6 : new boolean[]{false, true}) {
            PacketBuilder good = datagram(v6, READ, 4);
            PacketBuilder bad = datagram(v6, COIL, 4);
            try (Desk desk = new Desk(Profile.INLINE)) {
                desk.accept(good.fragment(0, 16, true));
                assertEquals(Answer.Action.DROP, desk.accept(bad.fragment(8, 20, false)).action());
                assertEquals(Answer.Action.DROP, desk.accept(good.fragment(16, 20, false)).action());
                assertEquals(List.of(), desk.messages);
                assertEquals(List.of(Anomaly.FRAGMENT_OVERLAP, Anomaly.FRAGMENT_OVERLAP), desk.anomalies);
            }
        }
    }

    @Test
    void aSecondCopyWithOtherBytesCondemnsAndAnExactOneDoesNot() {
        try (Desk desk = new Desk(Profile.INLINE)) {
            desk.accept(datagram(false, READ, 4).fragment(8, 20, false));
            desk.accept(datagram(false, READ, 4).fragment(8, 20, false));
            desk.accept(datagram(false, READ, 4).fragment(0, 8, true));
            assertEquals(1, desk.messages.size());
            desk.accept(datagram(false, READ, 5).fragment(8, 20, false));
            desk.accept(datagram(false, COIL, 5).fragment(8, 20, false));
            desk.accept(datagram(false, READ, 5).fragment(0, 8, true));
            assertEquals(1, desk.messages.size());
        }
    }

    @Test
    void impossibleShapesAreNamed() {
        try (Desk desk = new Desk(Profile.INLINE)) {
            // a piece in the middle that is no multiple of 8, RFC 791 §3.2
            desk.accept(datagram(false, READ, 4).fragment(0, 12, true));
            assertEquals(List.of(Anomaly.FRAGMENT_SHAPE), desk.anomalies);
            // beyond 65535: the offset field reaches 65528
            byte[] far = datagram(false, READ, 5).fragment(0, 16, true);
            int offset = 0x2000 | 8191;
            int sum = (((far[24] & 255) << 8) | (far[25] & 255)) + 0x2000 - offset;
            far[20] = (byte) (offset >> 8);
            far[21] = (byte) offset;
            sum = sum < 0 ? sum - 1 : sum; // one's complement
            far[24] = (byte) (sum >> 8);
            far[25] = (byte) sum;
            desk.accept(far);
            assertEquals(List.of(Anomaly.FRAGMENT_SHAPE, Anomaly.FRAGMENT_SHAPE), desk.anomalies);
        }
    }

    /** Two last pieces, or one before what is there: two lengths of one datagram. */
    @Test
    void twoEndsCondemn() {
        try (Desk desk = new Desk(Profile.INLINE)) {
            byte[] longer = new byte[64];
            desk.accept(datagram(false, longer, 4).fragment(32, 40, true));
            desk.accept(datagram(false, longer, 4).fragment(8, 16, false));
            assertEquals(List.of(Anomaly.FRAGMENT_OVERLAP), desk.anomalies);
            desk.accept(datagram(false, longer, 5).fragment(8, 16, false));
            desk.accept(datagram(false, longer, 5).fragment(32, 40, true));
            assertEquals(2, desk.anomalies.size());
        }
    }

    @Test
    void whatStaysUnfinishedIsGivenUpAndTheTableIsBounded() {
        EngineLimits limits = new EngineLimits(8, 131_072, 1 << 20, 3, 8, 1, 1, 1, 1_000_000_000L, 1_000_000_000L, 1);
        try (Desk desk = new Desk(Desk.policy("enforce", "reply"), Profile.INLINE, limits)) {
            for (int id = 0; id < 4; id++) {
                desk.accept(datagram(false, READ, id).fragment(0, 8, true));
            }
            assertEquals(List.of(Anomaly.FRAGMENT_TABLE_FULL), desk.anomalies);
            assertTrue(desk.engine.buffered() > 0);
            desk.nanos += 2_000_000_000L;
            desk.accept(datagram(false, READ, 9).fragment(0, 8, true));
            assertEquals(3, Collections.frequency(desk.anomalies, Anomaly.FRAGMENT_TIMEOUT));
            desk.accept(datagram(false, READ, 9).fragment(8, 20, false));
            assertEquals(1, desk.messages.size());
            desk.finish();
            assertEquals(0, desk.engine.buffered());
        }
    }

    @Test
    void theLargestDatagramComesTogether() {
        try (Desk desk = new Desk(Profile.OBSERVE)) {
            List<byte[]> pieces = datagram(false, new byte[65_535 - 28], 1).fragments(1480);
            pieces.reversed().forEach(desk::accept);
            // 46 pieces are within bounds; what they hold is one datagram that is no Modbus message
            assertEquals(List.of(), desk.anomalies);
            assertEquals(1, desk.messages.size());
            assertEquals(Reason.MALFORMED, desk.messages.getFirst().reason());
        }
    }
}
