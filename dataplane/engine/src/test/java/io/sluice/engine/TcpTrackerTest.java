package io.sluice.engine;

import static io.sluice.testdata.PacketBuilder.ACK;
import static io.sluice.testdata.PacketBuilder.FIN;
import static io.sluice.testdata.PacketBuilder.PSH;
import static io.sluice.testdata.PacketBuilder.RST;
import static io.sluice.testdata.PacketBuilder.SYN;
import static io.sluice.testdata.PacketBuilder.URG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sluice.testdata.PacketBuilder;
import io.sluice.testdata.TcpOptions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What each segment of a connection is answered inline; the rows are those of docs/protocols/tcp.md. */
class TcpTrackerTest {
    private static final byte[] READ = Requests.frame(1, 3, 0, 0, 0, 1);
    private final Desk desk = new Desk(Profile.INLINE);
    private final Wire wire = new Wire(-5, 77);

    @AfterEach
    void close() {
        desk.close();
    }

    private void passes(PacketBuilder packet) {
        Answer answer = desk.accept(packet);
        assertEquals(List.of(), desk.anomalies);
        assertEquals(Answer.Action.FORWARD, answer.action());
        assertNull(answer.anomaly());
    }

    private void refused(Anomaly anomaly, PacketBuilder packet) {
        Answer answer = desk.accept(packet);
        assertEquals(List.of(anomaly), desk.anomalies);
        assertEquals(Answer.Action.DROP, answer.action());
        assertEquals(anomaly, answer.anomaly());
        desk.anomalies.clear();
    }

    private static PacketBuilder flags(PacketBuilder packet, int flags) {
        return packet.flags(flags);
    }

    @Test
    void theThreeWayHandshakePassesWithRepetitions() {
        passes(wire.syn());
        passes(wire.syn());
        passes(wire.synAck());
        passes(wire.syn());
        passes(wire.synAck());
        passes(wire.client(0));
        passes(wire.client(0, READ));
        assertEquals(1, desk.messages.size());
    }

    /** RFC 9293 §3.5: whatever else, before the handshake is over, is none. */
    @Test
    void otherHandshakesAreRefused() {
        passes(wire.syn());
        refused(Anomaly.HANDSHAKE, wire.syn().sequence(4711));
        refused(Anomaly.HANDSHAKE, wire.synAck().acknowledgment(4711));
        // simultaneous open, and the first half of a split handshake
        refused(Anomaly.HANDSHAKE, flags(wire.synAck(), SYN));
        refused(Anomaly.HANDSHAKE, wire.client(0));
        refused(Anomaly.HANDSHAKE, wire.server(0, READ));
        refused(Anomaly.HANDSHAKE, wire.server(0).flags(ACK | FIN));
        passes(wire.synAck());
        refused(Anomaly.HANDSHAKE, wire.synAck().sequence(1));
        refused(Anomaly.HANDSHAKE, wire.server(0, READ));
        refused(Anomaly.HANDSHAKE, wire.client(0, READ).acknowledgment(4711));
        passes(wire.client(0));
    }

    /** RFC 7413 and old stacks take it, others do not; also when a SYN is repeated with data. */
    @Test
    void dataOnASynIsNotJudgedAndDoesNotPass() {
        refused(Anomaly.SYN_WITH_DATA, wire.syn().payload(READ));
        refused(Anomaly.SYN_WITH_DATA, wire.syn().payload(READ));
        passes(wire.syn());
        refused(Anomaly.SYN_WITH_DATA, wire.synAck().payload(READ));
        refused(Anomaly.SYN_WITH_DATA, wire.synAck().payload(READ));
        refused(Anomaly.SYN_WITH_DATA, wire.syn().payload(READ));
        assertEquals(List.of(), desk.messages);
        passes(wire.synAck());
        passes(wire.client(0, READ));
        assertEquals(1, desk.messages.size());
    }

    @Test
    void aConnectionThatBeganUnseenIsReset() {
        Answer answer = desk.accept(wire.client(0, READ));
        assertEquals(List.of(Anomaly.MIDSTREAM), desk.anomalies);
        assertEquals(Answer.Action.DROP, answer.action());
        assertEquals(true, answer.reset());
        // never a RST for a RST
        assertEquals(false, desk.accept(flags(wire.client(0), RST)).reset());
        assertEquals(0, desk.engine.flows());
    }

    @Test
    void contradictoryFlagsAreRefused() {
        wire.handshake(desk);
        for (int f : new int[]{0, FIN, PSH, SYN | FIN, SYN | RST, FIN | RST, SYN | FIN | ACK, FIN | PSH}) {
            refused(Anomaly.TCP_FLAGS, flags(wire.client(0), f));
        }
        refused(Anomaly.TCP_URGENT, wire.client(0, READ).flags(ACK | URG).urgent(1));
        refused(Anomaly.TRANSPORT_CHECKSUM, wire.client(0, READ).wrongTransportChecksum());
        passes(wire.client(0, READ));
    }

    /** RFC 5961 §4. */
    @Test
    void aSynInsideAConnectionChangesNothing() {
        wire.handshake(desk);
        refused(Anomaly.SYN_IN_CONNECTION, wire.syn());
        refused(Anomaly.SYN_IN_CONNECTION, wire.syn().sequence(5000).payload(READ));
        refused(Anomaly.SYN_IN_CONNECTION, wire.synAck());
        refused(Anomaly.SYN_IN_CONNECTION, flags(wire.server(0), SYN));
        passes(wire.client(0, READ));
    }

    private void challenges(PacketBuilder syn) {
        desk.anomalies.clear();
        assertEquals(Answer.Action.FORWARD, desk.accept(syn).action());
        assertEquals(List.of(Anomaly.SYN_CHALLENGE), desk.anomalies);
        desk.anomalies.clear();
    }

    /** RFC 5961 §4.2: a client that lost its connection resets it by what the challenge tells it, and begins again. */
    @Test
    void aClientThatLostItsConnectionGetsThroughByTheChallenge() {
        wire.handshake(desk);
        passes(wire.client(0, READ));
        wire.serverAcknowledges = READ.length;
        passes(wire.server(0));
        Wire again = new Wire(70_000, 80_000, wire.port);
        challenges(again.syn());
        passes(wire.server(0)); // the challenge
        passes(flags(wire.client(READ.length), RST));
        passes(again.syn());
        passes(again.synAck());
        passes(again.client(0, READ));
        assertEquals(2, desk.messages.size());
    }

    /** The connection goes on unharmed if the SYN was somebody else's. */
    @Test
    void aForgedSynChangesNothing() {
        wire.handshake(desk);
        passes(wire.client(0, READ));
        challenges(new Wire(70_000, 1, wire.port).syn());
        wire.serverAcknowledges = READ.length;
        passes(wire.server(0));
        refused(Anomaly.SYN_IN_CONNECTION, wire.synAck().acknowledgment(4711));
        refused(Anomaly.RST_OUT_OF_SEQUENCE, flags(wire.server(50), RST | ACK));
        passes(wire.client(READ.length, READ));
        assertEquals(2, desk.messages.size());
    }

    /** A server that has no such connection any more says so to the new SYN. */
    @Test
    void aServerThatLostTheConnectionTooRefusesOrTakesUpTheNewOne() {
        wire.handshake(desk);
        Wire again = new Wire(70_000, 80_000, wire.port);
        challenges(again.syn());
        passes(flags(again.synAck().sequence(0), RST | ACK));
        passes(again.syn());
        passes(again.synAck());
        passes(again.client(0, READ));
        Wire third = new Wire(-9, 5, wire.port);
        third.window = 100;
        challenges(third.syn().options(new TcpOptions().windowScale(2)));
        passes(third.synAck().options(new TcpOptions().windowScale(2)));
        passes(third.client(0, READ));
        passes(third.server(0));
        passes(third.client(READ.length, READ));
        assertEquals(3, desk.messages.size());
        // the old connection's numbers are nobody's now
        assertEquals(Answer.Action.DROP, desk.accept(again.client(READ.length, READ)).action());
    }

    /** The firewall was restarted, or forgot a connection that its server still has. */
    @Test
    void aSynMeetsAConnectionThatIsNotKnownHere() {
        Wire again = new Wire(70_000, 80_000, wire.port);
        passes(again.syn());
        passes(wire.server(0)); // the challenge, by the numbers of the old one
        refused(Anomaly.HANDSHAKE, wire.server(0, READ));
        refused(Anomaly.HANDSHAKE, flags(wire.client(1), RST));
        passes(flags(wire.client(0), RST));
        passes(again.syn());
        passes(again.synAck());
        passes(again.client(0, READ));
    }

    /** Segments that no peer takes do not keep a connection that never began. */
    @Test
    void aHandshakeThatStalledDoesNotBlockItsPortsForEver() {
        passes(wire.syn());
        for (int i = 0; i < 4; i++) {
            desk.nanos += 9_000_000_000L;
            desk.accept(new Wire(70_000, 80_000, wire.port).syn());
        }
        assertEquals(Answer.Action.FORWARD, desk.accept(new Wire(70_000, 80_000, wire.port).syn()).action());
    }

    /** RFC 5961 §3.2: only the exact number. */
    @Test
    void onlyAnExactResetEndsAConnection() {
        wire.handshake(desk);
        passes(wire.client(0, READ));
        refused(Anomaly.RST_OUT_OF_SEQUENCE, flags(wire.client(READ.length + 100), RST));
        refused(Anomaly.RST_OUT_OF_SEQUENCE, flags(wire.client(READ.length + 100_000), RST));
        refused(Anomaly.RST_OUT_OF_SEQUENCE, flags(wire.server(1), RST));
        passes(flags(wire.client(READ.length), RST));
        // and then the pair of ports may be used again, RFC 6191
        passes(new Wire(9000, 12).syn());
    }

    /** RFC 9293 §3.10.7.3: a RST that answers a SYN acknowledges it. */
    @Test
    void aRefusedConnectionEnds() {
        passes(wire.syn());
        refused(Anomaly.RST_OUT_OF_SEQUENCE, flags(wire.synAck(), RST));
        refused(Anomaly.RST_OUT_OF_SEQUENCE, flags(wire.synAck().acknowledgment(1), RST | ACK));
        passes(flags(wire.synAck(), RST | ACK));
        passes(new Wire(9000, 12).syn());
    }

    @Test
    void acknowledgementsOfBytesNeverSentAreRefused() {
        wire.handshake(desk);
        wire.clientAcknowledges = 50;
        refused(Anomaly.ACK_OF_UNSENT, wire.client(0, READ));
        wire.clientAcknowledges = -100_000;
        refused(Anomaly.ACK_OF_UNSENT, wire.client(0, READ));
        wire.clientAcknowledges = 0;
        passes(wire.client(0, READ));
    }

    /** RFC 9293 §3.10.7.4, and a window probe of one byte. */
    @Test
    void bytesBeyondTheWindowAreRefused() {
        wire.window = 20;
        wire.handshake(desk);
        refused(Anomaly.OUT_OF_WINDOW, wire.client(0, new byte[40]));
        passes(wire.client(0, READ));
        refused(Anomaly.OUT_OF_WINDOW, wire.client(READ.length, new byte[12]));
        passes(wire.client(READ.length, new byte[]{0, 2, 0, 0, 0, 6, 1, 3, 0}));
    }

    /** RFC 7323 §2: the scale holds only if both sides sent one. */
    @Test
    void theWindowIsScaledOnlyWhereBothScale() {
        byte[] much = new byte[300];
        for (int both = 0; both < 2; both++) {
            try (Desk other = new Desk(Profile.INLINE)) {
                Wire w = new Wire(1, 1);
                w.window = 100;
                other.accept(w.syn().options(new TcpOptions().windowScale(3)));
                other.accept(both == 1 ? w.synAck().options(new TcpOptions().windowScale(3)) : w.synAck());
                other.accept(w.client(0));
                other.accept(w.server(0));
                other.accept(w.client(0, much));
                assertEquals(both == 1 ? List.of() : List.of(Anomaly.OUT_OF_WINDOW), other.anomalies);
            }
        }
    }

    /** A length that is 0, 1 or too long leads parsers astray, on any segment. */
    @Test
    void brokenOptionsAreRefused() {
        wire.handshake(desk);
        for (byte[] options : new byte[][]{{8, 0, 0, 0}, {77, 1, 0, 0}, {5, 99, 0, 0}, {1, 1, 1, 5}}) {
            refused(Anomaly.TCP_HEADER, wire.client(0, READ).options(options));
        }
        passes(wire.client(0, READ).options(new TcpOptions().option(77, new byte[2])));
    }

    /** RFC 7323 §5.3: what its receiver throws away must not be judged as data. */
    @Test
    void staleTimestampsAreRefused() {
        passes(wire.syn().options(new TcpOptions().timestamps(100, 0)));
        passes(wire.synAck().options(new TcpOptions().timestamps(-5, 100)));
        passes(wire.client(0).options(new TcpOptions().timestamps(101, -5)));
        refused(Anomaly.STALE_TIMESTAMP, wire.client(0, READ).options(new TcpOptions().timestamps(99, -5)));
        passes(wire.client(0, READ).options(new TcpOptions().timestamps(102, -5)));
        // a repetition may be old
        passes(wire.client(0, READ).options(new TcpOptions().timestamps(101, -5)));
        // the clock of the server wraps
        passes(wire.server(0).options(new TcpOptions().timestamps(3, 102)));
        refused(Anomaly.TCP_HEADER, wire.client(READ.length).options(new byte[]{8, 1, 0, 0}));
    }

    /** Timestamps of a connection that is only allowed as a whole wrap too. */
    @Test
    void timestampsOfAPlainConnectionMayWrap() {
        PacketBuilder syn = PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).tcp(9, 443).flags(SYN);
        passes(syn.options(new TcpOptions().timestamps(0, 0)));
        passes(PacketBuilder.ethernet().ipv4(Desk.SERVER, Desk.CLIENT).tcp(443, 9).flags(SYN | ACK).acknowledgment(1)
                .options(new TcpOptions().timestamps(1, 0)));
        int sequence = 1;
        for (int tick = 0; tick < 8; tick++) {
            passes(PacketBuilder.ethernet().ipv4(Desk.CLIENT, Desk.SERVER).tcp(9, 443).flags(ACK).sequence(sequence)
                    .acknowledgment(1).payload(READ).options(new TcpOptions().timestamps(tick << 29, 1)));
            sequence += READ.length;
        }
    }

    @Test
    void nothingComesAfterAFin() {
        wire.handshake(desk);
        passes(wire.client(0, READ).flags(ACK | FIN));
        passes(wire.client(0, READ).flags(ACK | FIN));
        refused(Anomaly.DATA_AFTER_FIN, wire.client(READ.length, READ));
        wire.serverAcknowledges = READ.length + 1;
        passes(wire.server(0).flags(ACK | FIN));
        wire.clientAcknowledges = 1;
        passes(wire.client(READ.length + 1));
        passes(new Wire(4, 4).syn());
    }

    private static @Nullable String observed(List<PacketBuilder> packets) {
        try (Desk other = new Desk(Profile.OBSERVE)) {
            packets.forEach(other::accept);
            other.finish();
            return other.messages.size() + " " + other.anomalies;
        }
    }

    /** A capture may lack any part of the handshake; whatever it has is judged. Numbers near 0 are no special case. */
    @Test
    void observingAHalfSeenHandshakeLosesNoMessage() {
        byte[] answer = Requests.frame(1, 3, 2, 0, 9);
        for (int base : new int[]{5, 1 << 30, -20}) {
            Wire w = new Wire(base, base + 3);
            PacketBuilder request = w.client(0, READ);
            PacketBuilder response = w.server(0, answer);
            assertEquals("2 []", observed(List.of(w.syn(), w.synAck(), w.client(0), request, response)));
            assertEquals("2 [HANDSHAKE]", observed(List.of(w.syn(), request, response)));
            assertEquals("2 [HANDSHAKE]", observed(List.of(w.syn(), w.client(0), request, response)));
            assertEquals("2 []", observed(List.of(w.syn(), w.synAck(), request, response)));
            assertEquals("2 [TAKEN_UP_MIDSTREAM]", observed(List.of(request, response)));
            assertEquals("2 [TAKEN_UP_MIDSTREAM]", observed(List.of(w.server(0), request, response)));
            assertEquals("2 [HANDSHAKE]",
                    observed(List.of(w.syn(), w.synAck(), wireAcknowledging(w, 7), request, response)));
        }
    }

    private static PacketBuilder wireAcknowledging(Wire w, int offset) {
        return w.client(0).acknowledgment(w.serverStart + 1 + offset);
    }
}
