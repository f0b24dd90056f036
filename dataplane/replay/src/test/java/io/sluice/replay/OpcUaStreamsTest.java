package io.sluice.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.capture.CaptureReader;
import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.EngineListener;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Profile;
import io.sluice.replay.RecordedStreams.Connection;
import io.sluice.replay.RecordedStreams.Turn;
import io.sluice.replay.StreamLine.Judged;
import io.sluice.replay.StreamLine.Piece;
import io.sluice.rules.CompiledPolicy;
import io.sluice.testdata.TcpConversation.Side;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Recorded conversations, cut into other segments, reordered and repeated, or with the same nodes written otherwise: each
 * message keeps its verdict, and inline nothing that completes a refused message goes on.
 */
class OpcUaStreamsTest {
    private static final int SEEDS = 60;

    private static CompiledPolicy policy(String recording) throws Exception {
        return Recordings.judge(Recordings.policy(recording)).compiled();
    }

    /** The verdicts of the recording as it is, by the port of the client. */
    private static Map<Integer, List<Judged>> recorded(String recording) throws Exception {
        Map<Integer, List<Judged>> verdicts = new TreeMap<>();
        EngineListener listener = new EngineListener() {
            @Override
            public void message(MessageEvent event) {
                verdicts.computeIfAbsent(event.flow().clientPort(), _ -> new ArrayList<>()).add(Judged.of(event));
            }
        };
        try (CaptureReader reader = Recordings.capture(recording).open();
                Engine engine = new Engine(policy(recording), Profile.OBSERVE, EngineLimits.DEFAULT, listener)) {
            while (reader.next()) {
                engine.accept(reader.bytes(), reader.at(), reader.captured(), reader.wire(), reader.linkType(),
                        reader.number(), reader.epochNanos());
            }
            engine.finish();
        }
        return verdicts;
    }

    private static List<Piece> every(int length, int size) {
        List<Piece> pieces = new ArrayList<>();
        for (int from = 0; from < length; from += size) {
            pieces.add(new Piece(from, Math.min(length, from + size)));
        }
        return pieces;
    }

    /** Cut at random, some sent twice or with some of their neighbours' bytes, some before others. */
    private static List<Piece> disturbed(int length, RandomGenerator random) {
        List<Piece> pieces = new ArrayList<>();
        int longest = 1 + random.nextInt(random.nextBoolean() ? 40 : 1400);
        for (int from = 0; from < length;) {
            int to = Math.min(length, from + 1 + random.nextInt(longest));
            pieces.add(new Piece(Math.max(0, from - (random.nextInt(4) == 0 ? random.nextInt(30) : 0)),
                    Math.min(length, to + (random.nextInt(4) == 0 ? random.nextInt(30) : 0))));
            if (random.nextInt(4) == 0) {
                pieces.add(pieces.get(random.nextInt(pieces.size())));
            }
            from = to;
        }
        int block = 1 + random.nextInt(6);
        for (int start = 0; start < pieces.size(); start += block) {
            Collections.shuffle(pieces.subList(start, Math.min(pieces.size(), start + block)), Random.from(random));
        }
        return pieces;
    }

    private static void observed(Connection connection, CompiledPolicy policy, List<Judged> expected,
            IntFunction<List<Piece>> cut, RandomGenerator random, String context) {
        try (StreamLine line = new StreamLine(policy, Profile.OBSERVE, connection).carry(cut, random)) {
            assertEquals(expected, line.messages, context);
        }
    }

    /** Offset behind the first refused message of the client's stream, or -1 where none is. */
    private static int refused(List<Judged> expected) {
        int end = 0;
        for (Judged message : expected) {
            end += message.fromClient() ? message.size() : 0;
            if (message.fromClient() && !message.allowed()) {
                return end;
            }
        }
        return -1;
    }

    private static void carried(Connection connection, CompiledPolicy policy, List<Judged> expected,
            IntFunction<List<Piece>> cut, RandomGenerator random, String context) {
        int end = refused(expected);
        try (StreamLine line = new StreamLine(policy, Profile.INLINE, connection).carry(cut, random)) {
            if (end < 0) {
                assertFalse(line.over, () -> context + " port " + connection.clientPort() + ": " + line.messages);
                assertEquals(expected, line.messages, context);
                return;
            }
            assertTrue(line.over, context + ": a refusal ends the connection");
            int last = line.messages.size() - 1;
            assertFalse(line.messages.get(last).allowed(), context);
            assertTrue(line.messages.get(last).fromClient(), context);
            assertEquals(expected.subList(0, last), line.messages.subList(0, last), context);
            assertFalse(expected.get(last).allowed(), context);
            int arrived = line.arrived[Side.CLIENT.ordinal()].length();
            assertTrue(arrived < end, context + ": " + arrived + " bytes arrived, and the refused message ends at "
                    + end);
        }
    }

    @ParameterizedTest
    @CsvSource({"opcua/plain, 11", "opcua/chunks, 2", "opcua/sign-basic256sha256, 4"})
    void messagesMakeUpTheStreams(String recording, int connections) throws Exception {
        Map<Integer, List<Judged>> verdicts = recorded(recording);
        int judged = 0;
        for (Connection connection : RecordedStreams.of(Recordings.capture(recording))) {
            List<Judged> expected = verdicts.getOrDefault(connection.clientPort(), List.of());
            if (!expected.isEmpty()) {
                for (boolean side : new boolean[]{true, false}) {
                    assertEquals(connection.turns().stream().filter(t -> t.fromClient() == side)
                            .mapToInt(t -> t.bytes().length).sum(),
                            expected.stream().filter(m -> m.fromClient() == side).mapToInt(Judged::size).sum());
                }
                judged++;
            }
        }
        assertEquals(connections, judged);
    }

    @ParameterizedTest
    @ValueSource(strings = {"opcua/plain", "opcua/chunks", "opcua/sign-basic256sha256"})
    void everySegmentationGivesTheSameVerdicts(String recording) throws Exception {
        Map<Integer, List<Judged>> verdicts = recorded(recording);
        CompiledPolicy policy = policy(recording);
        for (Connection connection : RecordedStreams.of(Recordings.capture(recording))) {
            List<Judged> expected = verdicts.getOrDefault(connection.clientPort(), List.of());
            for (int size : new int[]{1, 7, 23, 24, 1460, 16_000}) {
                observed(connection, policy, expected, length -> every(length, size), new SplittableRandom(0),
                        "segments of " + size);
            }
            for (int seed = 0; seed < SEEDS; seed++) {
                RandomGenerator random = new SplittableRandom(seed);
                observed(connection, policy, expected, length -> disturbed(length, random), random,
                        "port " + connection.clientPort() + " seed " + seed);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"opcua/plain, 3", "opcua/chunks, 1", "opcua/sign-basic256sha256, 2"})
    void inlineNothingThatCompletesARefusedMessageGoesOn(String recording, int connections) throws Exception {
        Map<Integer, List<Judged>> verdicts = recorded(recording);
        CompiledPolicy policy = policy(recording);
        int refusals = 0;
        for (Connection connection : RecordedStreams.of(Recordings.capture(recording))) {
            List<Judged> expected = verdicts.getOrDefault(connection.clientPort(), List.of());
            if (expected.isEmpty()) {
                continue; // no conduit
            }
            refusals += refused(expected) < 0 ? 0 : 1;
            for (int size : new int[]{1, 7, 23, 24, 1460, 16_000}) {
                carried(connection, policy, expected, length -> every(length, size), new SplittableRandom(0),
                        "segments of " + size);
            }
            for (int seed = 0; seed < SEEDS; seed++) {
                RandomGenerator random = new SplittableRandom(seed);
                carried(connection, policy, expected, length -> disturbed(length, random), random,
                        "port " + connection.clientPort() + " seed " + seed);
            }
        }
        assertEquals(connections, refusals, "connections that end");
    }

    /** Each refused message once as the first of its connection: those before it that are refused are left out. */
    @Test
    void inlineEachRefusedMessageIsStoppedByItself() throws Exception {
        int stopped = 0;
        CompiledPolicy policy = policy("opcua/plain");
        Map<Integer, List<Judged>> verdicts = recorded("opcua/plain");
        for (Connection connection : RecordedStreams.of(Recordings.capture("opcua/plain"))) {
            List<Judged> expected = verdicts.getOrDefault(connection.clientPort(), List.of());
            long count = expected.stream().filter(m -> m.fromClient() && !m.allowed()).count();
            for (int n = 0; n < count; n++) {
                RandomGenerator random = new SplittableRandom(n);
                Connection rest = OpcUaBodies.withoutRefused(connection, expected, n);
                List<Judged> left = observedOnce(rest, policy);
                carried(rest, policy, left, length -> disturbed(length, random), random, "refusal " + n);
                assertEquals(1, left.stream().filter(m -> m.fromClient() && !m.allowed()).count());
                stopped++;
            }
        }
        assertEquals(42, stopped);
    }

    private static List<Judged> observedOnce(Connection connection, CompiledPolicy policy) {
        try (StreamLine line = new StreamLine(policy, Profile.OBSERVE, connection)
                .carry(length -> List.of(new Piece(0, length)), new SplittableRandom(0))) {
            return List.copyOf(line.messages);
        }
    }

    /** OPC 10000-6 §5.2.2.9: a number fits in two, four or seven bytes, and means one node however it is written. */
    @Test
    void everyEncodingOfANodeGivesTheSameVerdicts() throws Exception {
        Map<Integer, List<Judged>> verdicts = recorded("opcua/plain");
        CompiledPolicy policy = policy("opcua/plain");
        int[] rewritten = new int[1];
        for (Connection connection : RecordedStreams.of(Recordings.capture("opcua/plain"))) {
            List<Judged> expected = verdicts.getOrDefault(connection.clientPort(), List.of()).stream()
                    .map(Judged::withoutSize).toList();
            for (int seed = -3; seed < SEEDS; seed++) {
                RandomGenerator random = new SplittableRandom(seed);
                int how = seed;
                List<Turn> turns = connection.turns().stream().map(turn -> turn.fromClient()
                        ? new Turn(true, OpcUaBodies.rewritten(turn.bytes(), forms -> {
                            rewritten[0] += forms > 1 ? 1 : 0;
                            return how < 0 ? Math.min(forms - 1, how + 3) : random.nextInt(forms);
                        }))
                        : turn).toList();
                Connection other = new Connection(connection.client(), connection.clientPort(), connection.server(),
                        turns);
                assertEquals(expected, observedOnce(other, policy).stream().map(Judged::withoutSize).toList(),
                        "port " + connection.clientPort() + " seed " + seed);
            }
        }
        assertTrue(rewritten[0] > 1000, rewritten[0] + " node ids written otherwise");
    }
}
