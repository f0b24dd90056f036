package io.sluice.engine;

import static io.sluice.testdata.PacketBuilder.ACK;
import static io.sluice.testdata.PacketBuilder.PSH;
import static io.sluice.testdata.PacketBuilder.SYN;
import static io.sluice.testdata.PacketBuilder.URG;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.engine.Answer.Action;
import io.sluice.rules.policy.OnDeny;
import io.sluice.testdata.PacketBuilder;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the dataplane is told to do with frames, case by case. */
class EngineTest {
    private static final byte[] READ = Requests.frame(1, 3, 0, 0, 0, 1);
    private static final byte[] COIL = Requests.frame(2, 5, 0, 1, 0xFF, 0);
    private static final byte[] ANSWER = Requests.frame(1, 3, 2, 0, 9);
    private static final String MONITORED = """
            policy: test
            mode: enforce
            zones:
              cell: {ports: [cell]}
              ops: {ports: [plant]}
            assets:
              plc: {zone: cell, address: 10.3.1.10}
              hmi: {zone: ops, address: 10.3.1.105}
            conduits:
              setpoints:
                from: hmi
                to: plc
                protocol: modbus
                mode: {monitor: until 2026-01-05}
                allow:
                  - {id: r1, do: read, unit: 1}
            """;

    private static byte[] concat(byte[]... parts) {
        byte[] out = {};
        for (byte[] part : parts) {
            int at = out.length;
            out = Arrays.copyOf(out, at + part.length);
            System.arraycopy(part, 0, out, at, part.length);
        }
        return out;
    }

    /** Policy 17: one of several messages in a segment is taken out and answered; the others go on. */
    @Test
    void aRefusedMessageAmongOthersIsCutOutAndAnswered() {
        try (Desk desk = new Desk(Profile.RELAY)) {
            Wire wire = new Wire(-14, 1);
            wire.handshake(desk);
            Answer answer = desk.accept(wire.client(0, concat(READ, COIL, READ)));
            assertEquals(Action.REWRITE, answer.action());
            assertEquals(1, answer.removed());
            assertEquals(-1, answer.removedFrom(0)); // -14, the SYN, 12 bytes: the numbers wrap inside the message
            assertEquals(12, answer.removedLength(0));
            assertFalse(answer.reset());
            byte[] refusal = new byte[answer.refusalLength()];
            MemorySegment.copy(answer.refusal(), JAVA_BYTE, 0, refusal, 0, refusal.length);
            assertEquals("000200000003018501", HexFormat.of().formatHex(refusal));
            // sent again it is cut again, and answered no second time
            answer = desk.accept(wire.client(0, concat(READ, COIL, READ)));
            assertEquals(Action.REWRITE, answer.action());
            assertEquals(1, answer.removed());
            assertEquals(0, answer.refusalLength());
            assertEquals(3, desk.messages.size());
            // the device never saw it, and its client has been answered: what claims to be an answer is taken out
            answer = desk.accept(wire.server(0, concat(Requests.frame(2, 5, 0, 1, 0xFF, 0))));
            assertEquals(Reason.ANSWER_TO_REFUSED, desk.messages.getLast().reason());
            assertEquals(Action.REWRITE, answer.action());
            assertEquals(12, answer.removedLength(0));
            assertFalse(answer.reset());
        }
    }

    /** What follows a message that ends the flow was never judged, so it does not go on with the same segment. */
    @Test
    void nothingBehindARefusalThatEndsTheFlowGoesOn() {
        for (String onDeny : List.of("reset", "drop")) {
            try (Desk desk = new Desk(Desk.policy("enforce", onDeny), Profile.INLINE, EngineLimits.DEFAULT)) {
                Wire wire = new Wire(1, 1);
                wire.handshake(desk);
                Answer answer = desk.accept(wire.client(0, concat(READ, COIL, READ, COIL)));
                assertEquals(Action.REWRITE, answer.action());
                assertEquals(1, answer.removed());
                assertEquals(2 + 12, answer.removedFrom(0));
                assertEquals(36, answer.removedLength(0));
                assertEquals(onDeny.equals("reset"), answer.reset());
                assertEquals(2, desk.messages.size());
                answer = desk.accept(wire.client(48, READ));
                assertEquals(Action.DROP, answer.action());
                assertEquals(Anomaly.AFTER_RESET, answer.anomaly());
            }
        }
    }

    /** The same where the bytes were held behind a gap. */
    @Test
    void nothingHeldBehindARefusalIsReleased() {
        try (Desk desk = new Desk(Desk.policy("enforce", "reset"), Profile.INLINE, EngineLimits.DEFAULT)) {
            Wire wire = new Wire(1, 1);
            wire.handshake(desk);
            assertEquals(Action.HOLD, desk.accept(wire.client(12, concat(COIL, COIL))).action());
            assertEquals(Action.HOLD, desk.accept(wire.client(40, COIL)).action());
            Answer answer = desk.accept(wire.client(0, READ));
            assertEquals(24, answer.releasedLength());
            assertEquals(1, answer.removed());
            assertEquals(24, answer.removedLength(0));
            assertTrue(answer.reset());
        }
    }

    @Test
    void moreAlternationsThanASegmentCanHoldAreCutOut() {
        try (Desk desk = new Desk(Profile.RELAY)) {
            Wire wire = new Wire(1, 1);
            wire.handshake(desk);
            byte[] segment = {};
            for (int i = 0; i < 60; i++) {
                segment = concat(segment, READ, COIL);
            }
            Answer answer = desk.accept(wire.client(0, segment));
            assertEquals(Action.REWRITE, answer.action());
            assertEquals(60, answer.removed());
            assertEquals(60 * 9, answer.refusalLength());
        }
    }

    /** In a stream that runs through between two peers nothing can be taken out: a refusal is its end. */
    @Test
    void inATransparentStreamAReplyIsAReset() {
        try (Desk desk = new Desk(Profile.INLINE)) {
            Wire wire = new Wire(-14, 1);
            wire.handshake(desk);
            Answer answer = desk.accept(wire.client(0, concat(READ, COIL, READ)));
            assertEquals(Action.REWRITE, answer.action());
            assertEquals(1, answer.removed());
            assertEquals(24, answer.removedLength(0)); // to the end: what follows was not judged
            assertTrue(answer.reset());
            assertEquals(0, answer.refusalLength());
            assertEquals(List.of("r1", "default"), desk.messages.stream().map(Desk.Message::rule).toList());
            assertEquals(OnDeny.RESET, desk.lastAction);
        }
    }

    /** The head of a message that no end can save is not kept back in hope: the flow ends with it. */
    @Test
    void inATransparentStreamARefusedHeadIsAReset() {
        try (Desk desk = new Desk(Profile.INLINE)) {
            Wire wire = new Wire(1, 1);
            wire.handshake(desk);
            Answer answer = desk.accept(wire.client(0, concat(READ, Arrays.copyOf(COIL, 10))));
            assertEquals(14, answer.removedFrom(0));
            assertEquals(10, answer.removedLength(0));
            assertTrue(answer.reset());
            assertEquals(Reason.DEFAULT, desk.messages.getLast().reason());
        }
    }

    /** Only monitored, a refused request reached its device; enforced since, its answer would be a hole in the stream. */
    @Test
    void theAnswerToARequestThatWasOnlyMonitoredIsAResetOnceEnforced() {
        try (Desk desk = new Desk(Desk.compile(MONITORED), Profile.INLINE, EngineLimits.DEFAULT)) {
            Wire wire = new Wire(1, 1);
            wire.handshake(desk);
            assertEquals(Action.FORWARD, desk.accept(wire.client(0, COIL)).action());
            wire.serverAcknowledges = 12;
            desk.nanos += 24 * 3600 * 1_000_000_000L / 12;
            desk.accept(wire.server(0));
            for (int hours = 0; hours < 24; hours += 2) {
                desk.nanos += 2 * 3600 * 1_000_000_000L;
                desk.accept(wire.server(0));
            }
            Answer answer = desk.accept(wire.server(0, Requests.frame(2, 5, 0, 1, 0xFF, 0)));
            assertEquals(Reason.ANSWER_TO_REFUSED, desk.messages.getLast().reason());
            assertTrue(answer.reset());
        }
    }

    /** A checksum field with the pseudo header's sum is what a card was to finish, if the host says so. */
    @Test
    void anUnfinishedChecksumIsWrongUnlessTheHostKnows() {
        try (Desk desk = new Desk(Profile.INLINE)) {
            Wire wire = new Wire(1, 1);
            wire.handshake(desk);
            byte[] frame = wire.client(0, READ).build();
            unfinish(frame);
            assertEquals(Action.DROP, desk.accept(frame).action());
            assertEquals(List.of(Anomaly.TRANSPORT_CHECKSUM), desk.anomalies);
            desk.engine.checksumToCome();
            assertEquals(Action.FORWARD, desk.accept(frame).action());
            assertEquals(Action.DROP, desk.accept(frame).action()); // said of one frame only
            frame[51] ^= 1;
            desk.engine.checksumToCome();
            assertEquals(Action.DROP, desk.accept(frame).action());
            assertEquals(java.util.Collections.nCopies(3, Anomaly.TRANSPORT_CHECKSUM), desk.anomalies);
        }
        try (Desk desk = new Desk(Profile.OBSERVE)) {
            byte[] frame = new Wire(1, 1).client(0, READ).build();
            unfinish(frame);
            assertEquals(Action.FORWARD, desk.accept(frame).action());
            assertTrue(desk.anomalies.contains(Anomaly.UNFINISHED_CHECKSUM));
        }
    }

    /** Puts the sum of the pseudo header of TCP over IPv4 into the checksum field. */
    private static void unfinish(byte[] frame) {
        int sum = 6 + frame.length - 34;
        for (int at = 26; at < 34; at += 2) {
            sum += ((frame[at] & 255) << 8) | (frame[at + 1] & 255);
        }
        sum = (sum & 0xFFFF) + (sum >>> 16);
        sum = (sum & 0xFFFF) + (sum >>> 16);
        frame[50] = (byte) (sum >> 8);
        frame[51] = (byte) sum;
    }

    /** Where the head of a message has gone on, a refusal can only be a reset; it is told with its reason. */
    @Test
    void aRefusalOfHalfAMessageIsReported() {
        try (Desk desk = new Desk(Profile.INLINE)) {
            Wire wire = new Wire(1, 1);
            wire.handshake(desk);
            assertEquals(Action.FORWARD, desk.accept(wire.client(0, Arrays.copyOf(COIL, 7))).action());
            Answer answer = desk.accept(wire.client(7, new byte[]{5, 0, 1}));
            assertTrue(answer.reset());
            assertEquals(3, answer.removedLength(0));
            assertEquals(1, desk.messages.size());
            assertEquals(Reason.DEFAULT, desk.messages.getFirst().reason());
            assertEquals("00020000000601050001", desk.messages.getFirst().bytes());
        }
    }

    /** inline.md: FC 6 whose length is one too large is malformed at byte 8. */
    @Test
    void shapeIsCheckedAsEarlyAsTheBytesAllow() {
        try (Desk desk = new Desk(Profile.RELAY)) {
            Wire wire = new Wire(1, 1);
            wire.handshake(desk);
            byte[] longer = Requests.frame(3, 6, 0, 100, 0, 1, 0);
            assertEquals(Action.REWRITE, desk.accept(wire.client(0, Arrays.copyOf(longer, 12))).action());
            assertEquals(List.of(), desk.messages);
            Answer answer = desk.accept(wire.client(12, new byte[]{0}));
            assertEquals(Reason.MALFORMED, desk.messages.getFirst().reason());
            assertTrue(answer.reset());
        }
    }

    @Test
    void aDeviceThatSpeaksUnaskedIsReset() {
        try (Desk desk = new Desk(Profile.INLINE)) {
            Wire wire = new Wire(1, 1);
            wire.handshake(desk);
            Answer answer = desk.accept(wire.server(0, ANSWER));
            assertEquals(Reason.MALFORMED, desk.messages.getFirst().reason());
            assertTrue(answer.reset());
            assertNotEquals(Action.FORWARD, answer.action());
        }
        try (Desk desk = new Desk(Profile.INLINE)) {
            Wire wire = new Wire(1, 1);
            wire.handshake(desk);
            desk.accept(wire.client(0, READ));
            wire.serverAcknowledges = 12;
            assertEquals(Action.FORWARD, desk.accept(wire.server(0, ANSWER)).action());
            assertEquals("r1", desk.messages.getLast().rule());
        }
    }

    /** What the receiver has acknowledged can no longer be compared, so it does not go on again; the ACK in it does. */
    @Test
    void acknowledgedBytesAreCutFromARepetition() {
        try (Desk desk = new Desk(Profile.INLINE)) {
            Wire wire = new Wire(1, 1);
            wire.handshake(desk);
            desk.accept(wire.client(0, READ));
            wire.serverAcknowledges = 12;
            desk.accept(wire.server(0));
            desk.accept(wire.client(12, READ));
            Answer answer = desk.accept(wire.client(0, concat(COIL, READ)));
            assertEquals(Action.REWRITE, answer.action());
            assertEquals(2, answer.removedFrom(0));
            assertEquals(12, answer.removedLength(0));
            // a keep-alive, RFC 1122 §4.2.3.6: any byte before the next
            answer = desk.accept(wire.client(11, new byte[]{99}));
            assertEquals(1, answer.removedLength(0));
            assertEquals(List.of(), desk.anomalies);
        }
    }

    /** Policy 16, for what is wrong with packets rather than with messages. */
    @Test
    void monitorLetsEveryFrameThrough() {
        byte[] short1 = new byte[10];
        List<byte[]> frames = List.of(new Wire(1, 1).client(0, READ).build(),
                new Wire(1, 1, 51_000).syn().payload(READ).build(),
                new Wire(1, 1, 52_000).client(0).flags(SYN | PSH | URG | 1).build(),
                new Wire(1, 1, 53_000).client(0, READ).wrongTransportChecksum().build(),
                PacketBuilder.ethernet().ipv4("10.9.9.9", "10.8.8.8").tcp(1, 2).flags(SYN).build(),
                PacketBuilder.ethernet().ipv4("10.9.9.9", "10.8.8.8").protocol(47).payload(READ).build(),
                PacketBuilder.ethernet().ipv4("10.9.9.9", "10.8.8.8").protocol(99).payload(READ).build(),
                PacketBuilder.ethernet().etherType(0x8892).payload(READ).build(), short1,
                PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).udp(1, 502).payload(COIL).build(),
                PacketBuilder.ethernet().ipv4(Desk.SERVER, Desk.CLIENT).icmp(3, 1, 0).payload(new byte[40]).build());
        byte[] fragment = PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).mayFragment().udp(1, 502)
                .payload(READ).fragment(0, 8, true);
        for (String mode : List.of("monitor", "learn", "enforce")) {
            try (Desk desk = new Desk(Desk.policy(mode, "reply"), Profile.INLINE, EngineLimits.DEFAULT)) {
                for (byte[] frame : frames) {
                    Answer answer = desk.accept(frame);
                    assertEquals(mode.equals("enforce") ? Action.DROP : Action.FORWARD, answer.action(),
                            () -> mode + " " + HexFormat.of().formatHex(frame));
                    assertFalse(answer.reset() && !mode.equals("enforce"));
                }
                assertEquals(mode.equals("enforce") ? Action.HOLD : Action.FORWARD, desk.accept(fragment).action());
            }
        }
    }

    private static PacketBuilder unreachable(byte[] quoted) {
        return PacketBuilder.ethernet().ipv4(Desk.SERVER, Desk.CLIENT).icmp(3, 1, 0).payload(quoted);
    }

    /** RFC 5927: forged errors shrink or end connections. */
    @Test
    void anIcmpErrorMustQuoteWhatALiveFlowSent() {
        try (Desk desk = new Desk(Profile.INLINE)) {
            Wire wire = new Wire(1, 1);
            wire.handshake(desk);
            byte[] frame = wire.client(0, READ).build();
            desk.accept(frame);
            byte[] ip = Arrays.copyOfRange(frame, 14, 14 + 28);
            assertEquals(Action.FORWARD, desk.accept(unreachable(ip)).action());
            byte[] otherNumber = ip.clone();
            otherNumber[24] ^= 0x40;
            assertEquals(Action.DROP, desk.accept(unreachable(otherNumber)).action());
            byte[] otherPort = ip.clone();
            otherPort[21] ^= 1;
            assertEquals(Action.DROP, desk.accept(unreachable(otherPort)).action());
            assertEquals(Action.DROP, desk.accept(unreachable(Arrays.copyOf(ip, 27))).action());
            assertEquals(Action.DROP, desk.accept(unreachable(ip).wrongTransportChecksum()).action());
            // a redirect leads traffic away from the firewall
            assertEquals(Action.DROP,
                    desk.accept(PacketBuilder.ethernet().ipv4(Desk.SERVER, Desk.CLIENT).icmp(5, 1, 0).payload(ip))
                            .action());
        }
    }

    @Test
    void plainTrafficIsAllowedOrRefusedAsAWhole() {
        try (Desk desk = new Desk(Profile.INLINE)) {
            PacketBuilder web = PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).tcp(9, 443).flags(SYN);
            assertEquals(Action.FORWARD, desk.accept(web).action());
            Answer answer = desk
                    .accept(PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).tcp(9, 80).flags(SYN));
            assertEquals(Action.DROP, answer.action());
            assertTrue(answer.reset());
            assertEquals(Action.FORWARD, desk
                    .accept(PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).icmp(8, 0, 1)).action());
            assertEquals(Action.FORWARD, desk
                    .accept(PacketBuilder.ethernet().ipv4(Desk.SERVER, Desk.CLIENT).icmp(0, 0, 1)).action());
            assertEquals(List.of("allow 443", "deny 80", "allow 0"), desk.plain);
            // the device may not open one: nothing allows that
            assertEquals(Action.DROP, desk
                    .accept(PacketBuilder.ethernet().ipv4(Desk.SERVER, Desk.CLIENT).tcp(443, 10).flags(SYN)).action());
        }
    }

    @Test
    void datagramsAreJudgedWhole() {
        try (Desk desk = new Desk(Profile.INLINE)) {
            PacketBuilder udp = PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).udp(9, 502);
            assertEquals(Action.FORWARD, desk.accept(udp.payload(READ)).action());
            Answer answer = desk.accept(udp.payload(COIL));
            assertEquals(Action.DROP, answer.action());
            assertEquals(9, answer.refusalLength());
            // two messages in one datagram: receivers read the first, or none
            assertEquals(Action.DROP, desk.accept(udp.payload(concat(READ, READ))).action());
            assertEquals(Reason.MALFORMED, desk.messages.getLast().reason());
        }
    }

    /** RFC 6191: observing, a SYN with another number begins another connection with its own flow. */
    @Test
    void observingAReusedPortIsANewFlow() {
        try (Desk desk = new Desk(Profile.OBSERVE)) {
            Wire first = new Wire(1, 1);
            first.handshake(desk);
            desk.accept(first.client(0, READ));
            Wire second = new Wire(1_000_000, 5);
            second.handshake(desk);
            desk.accept(second.client(0, READ));
            assertEquals(1, desk.ended);
            assertEquals(2, desk.messages.size());
            assertEquals(List.of(), desk.anomalies);
            desk.finish();
            assertEquals(2, desk.ended);
        }
    }

    /** A conduit that only monitors until a date, and a stream whose framing is not known on that day. */
    @Test
    void onceEnforcedAStreamWithoutFramingIsReset() {
        try (Desk desk = new Desk(Desk.compile(MONITORED), Profile.INLINE, EngineLimits.DEFAULT)) {
            Wire wire = new Wire(1, 1);
            wire.handshake(desk);
            assertEquals(Action.FORWARD, desk.accept(wire.client(0, new byte[]{9, 9, 9, 9, 9, 9, 9, 9})).action());
            desk.nanos += 2 * 24 * 3600 * 1_000_000_000L / 20;
            desk.accept(wire.client(8).flags(ACK));
            for (int hours = 0; hours < 24; hours += 2) {
                desk.nanos += 2 * 3600 * 1_000_000_000L;
                desk.accept(wire.client(8).flags(ACK));
            }
            Answer answer = desk.accept(wire.client(8, COIL));
            assertEquals(Action.DROP, answer.action());
            assertTrue(answer.reset());
        }
    }
}
