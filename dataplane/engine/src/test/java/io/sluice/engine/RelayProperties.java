package io.sluice.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.engine.Cuts.Piece;
import io.sluice.engine.Requests.Kind;
import io.sluice.engine.Requests.Request;
import io.sluice.rules.CompiledGrant;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Between two sockets every message gets the verdict that it gets in packets, however the stream is cut. */
class RelayProperties {
    private static final CompiledGrant REPLY = RelayDesk.setpoints("reply");
    private static final CompiledGrant RESET = RelayDesk.setpoints("reset");

    /** The verdicts on the same requests in packets, observed. */
    private static List<Desk.Message> observed(CompiledGrant grant, Requests requests) {
        try (Desk desk = new Desk(Desk.policy("enforce", grant.equals(REPLY) ? "reply" : "reset"), Profile.OBSERVE,
                EngineLimits.DEFAULT)) {
            Wire wire = new Wire(1, 1);
            wire.handshake(desk);
            for (Request request : requests.list) {
                desk.accept(wire.client(request.at(), request.bytes()));
            }
            desk.finish();
            assertEquals(requests.list.size(), desk.messages.size());
            return desk.messages;
        }
    }

    private static byte[] permitted(List<Request> requests) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        requests.stream().filter(r -> r.kind().permitted).forEach(r -> all.writeBytes(r.bytes()));
        return all.toByteArray();
    }

    private static void relayed(CompiledGrant grant, Requests requests, List<Piece> pieces, String context) {
        List<Desk.Message> expected = observed(grant, requests);
        try (RelayDesk desk = new RelayDesk(grant.policy())) {
            RelayedConnection connection = desk.open(grant);
            boolean goesOn = true;
            for (Piece piece : pieces) {
                goesOn = desk.client(connection, requests.bytes(piece.from(), piece.to()));
                if (!goesOn) {
                    break;
                }
            }
            int judged = desk.messages.size();
            assertEquals(expected.subList(0, judged), desk.messages, context);
            assertTrue(judged == requests.list.size() || !goesOn, context);
            assertArrayEquals(permitted(requests.list.subList(0, judged)), desk.toServer.toByteArray(), context);
            refusedInOrder(requests, desk, goesOn, context);
            desk.relay.close(connection);
            assertEquals(0, desk.relay.buffered(), context);
        }
    }

    /** Each refused request that did not end the connection is answered, in their order: V1.1b3 §7. */
    private static void refusedInOrder(Requests requests, RelayDesk desk, boolean goesOn, String context) {
        List<String> expected = new ArrayList<>();
        int last = desk.messages.size() - 1;
        for (int i = 0; i <= last; i++) {
            byte[] request = requests.list.get(i).bytes();
            if (!desk.messages.get(i).allowed() && (goesOn || i < last)) {
                expected.add(HexFormat.of().formatHex(request, 0, 4) + "0003" + HexFormat.of().toHexDigits(request[6])
                        + HexFormat.of().toHexDigits((byte) (request[7] | 0x80)));
            }
        }
        assertEquals(expected, desk.refusals.stream().map(r -> r.substring(0, 16)).toList(), context);
    }

    @Test
    void everyCutOfAStreamGivesTheVerdictsOfPackets() {
        for (CompiledGrant grant : List.of(REPLY, RESET)) {
            for (Kind kind : Kind.values()) {
                Requests requests = new Requests(List.of(Kind.READ, kind, Kind.WRITE, kind, Kind.READ),
                        new SplittableRandom(3));
                int length = requests.stream.length;
                for (int cut = 0; cut < length; cut++) {
                    relayed(grant, requests, Cuts.at(length, cut), kind + " cut at " + cut);
                }
                relayed(grant, requests, Cuts.every(length, 1), kind + " byte by byte");
            }
        }
    }

    @Test
    void randomCutsGiveTheVerdictsOfPackets() {
        for (int seed = 0; seed < 600; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            Requests requests = Requests.draw(1 + random.nextInt(150), random.nextInt(3) == 0, random);
            int longest = 1 + random.nextInt(random.nextBoolean() ? 20 : 4000);
            relayed(random.nextInt(4) > 0 ? REPLY : RESET, requests,
                    Cuts.random(requests.stream.length, longest, random), "seed " + seed);
        }
    }

    /** The smallest messages there are, every other of them refused, in one read of a socket. */
    @Test
    void manySmallRefusalsInOneReadAreAllAnswered() {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        int pairs = 4000;
        for (int i = 0; i < pairs; i++) {
            stream.writeBytes(Requests.frame(i, 5, 0, 1, 0xFF, 0));
            stream.writeBytes(Requests.frame(i, 3, 0, 1, 0, 1));
        }
        try (RelayDesk desk = new RelayDesk(REPLY.policy())) {
            RelayedConnection connection = desk.open(REPLY);
            assertTrue(desk.client(connection, stream.toByteArray()));
            assertEquals(pairs, desk.refusals.size());
            assertEquals(pairs * 12, desk.toServer.size());
        }
    }

    @Test
    void answersPassWholeHoweverTheyAreCutAndThoseToRefusedRequestsNever() {
        for (int seed = 0; seed < 300; seed++) {
            RandomGenerator random = new SplittableRandom(seed);
            try (RelayDesk desk = new RelayDesk(REPLY.policy())) {
                RelayedConnection connection = desk.open(REPLY);
                ByteArrayOutputStream requests = new ByteArrayOutputStream();
                ByteArrayOutputStream answers = new ByteArrayOutputStream();
                ByteArrayOutputStream expected = new ByteArrayOutputStream();
                for (int i = 1; i <= 12; i++) {
                    boolean refused = random.nextInt(4) == 0;
                    requests.writeBytes(refused
                            ? Requests.frame(i, 5, 0, 1, 0xFF, 0)
                            : Requests.frame(i, 3, 0, 7, 0, 1));
                    byte[] answer = refused
                            ? Requests.frame(i, 5, 0, 1, 0xFF, 0)
                            : Requests.frame(i, 3, 2, i, 7);
                    answers.writeBytes(answer);
                    expected.writeBytes(refused ? new byte[0] : answer);
                }
                assertTrue(desk.client(connection, requests.toByteArray()));
                desk.toClient.reset();
                byte[] all = answers.toByteArray();
                for (Piece piece : Cuts.random(all.length, 1 + random.nextInt(30), random)) {
                    assertTrue(desk.server(connection, Arrays.copyOfRange(all, piece.from(), piece.to())));
                }
                assertArrayEquals(expected.toByteArray(), desk.toClient.toByteArray(), "seed " + seed);
            }
        }
    }

    @Test
    void anAnswerThatNobodyAskedForEndsTheConnection() {
        try (RelayDesk desk = new RelayDesk(REPLY.policy())) {
            RelayedConnection connection = desk.open(REPLY);
            assertTrue(desk.client(connection, Requests.frame(1, 3, 0, 7, 0, 1)));
            assertFalse(desk.server(connection, Requests.frame(9, 3, 2, 0, 7)));
            assertEquals(0, desk.toClient.size());
        }
    }
}
