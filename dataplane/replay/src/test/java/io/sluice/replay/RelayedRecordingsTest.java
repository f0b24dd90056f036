package io.sluice.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sluice.capture.CaptureReader;
import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.EngineListener;
import io.sluice.engine.Grants.Endpoint;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Profile;
import io.sluice.engine.Relay;
import io.sluice.engine.RelayedConnection;
import io.sluice.replay.RecordedStreams.Connection;
import io.sluice.replay.RecordedStreams.Turn;
import io.sluice.replay.StreamLine.Judged;
import io.sluice.rules.CompiledGrant;
import io.sluice.rules.Grant;
import io.sluice.rules.compile.GrantCompiler;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded OPC UA conversations between two sockets, cut anyhow: the verdicts of the packets, up to the first refusal. */
class RelayedRecordingsTest {
    private static final long START = 1_767_592_800L * 1_000_000_000L; // a Monday, as when they were judged in other cuts

    /** The recording's policy, with a broker's zone in the place of the one that its clients are in. */
    private static String brokered(String recording) throws Exception {
        return Recordings.policy(recording).replaceAll("(?m)^  ops: .*$", "  ops: {broker: true}")
                .replaceAll("(?m)^  (hmi-3|historian): .*\\n", "").replaceAll("from: (hmi-3|historian)", "from: ops")
                .replaceAll("(?s)\\nexpect:.*", "\n").replaceAll("(?s)  historian-reads:.*?(?=\\n  \\S|\\n\\S|$)", "");
    }

    private static CompiledGrant grant(String yaml) throws Exception {
        Replay.Judge judge = Recordings.judge(yaml);
        Grant grant = new Grant("s-1", "anna@acme", "hmi-sets-line", "opc-3", Optional.empty(), Instant.MAX);
        return assertInstanceOf(GrantCompiler.Result.Compiled.class,
                new GrantCompiler(judge.policy(), judge.compiled()).compile(grant)).grant();
    }

    /** The verdicts in packets under the recording's own policy, of the station that may set things. */
    private static Map<Integer, List<Judged>> recorded(String recording) throws Exception {
        Map<Integer, List<Judged>> verdicts = new TreeMap<>();
        EngineListener listener = new EngineListener() {
            @Override
            public void message(MessageEvent event) {
                verdicts.computeIfAbsent(event.flow().clientPort(), _ -> new ArrayList<>())
                        .add(Judged.of(event).withoutRule());
            }
        };
        try (CaptureReader reader = Recordings.capture(recording).open();
                Engine engine = new Engine(Recordings.judge(Recordings.policy(recording)).compiled(), Profile.OBSERVE,
                        EngineLimits.DEFAULT, listener)) {
            while (reader.next()) {
                engine.accept(reader.bytes(), reader.at(), reader.captured(), reader.wire(), reader.linkType(),
                        reader.number(), reader.epochNanos());
            }
            engine.finish();
        }
        return verdicts;
    }

    private static Endpoint endpoint(String address, int port) {
        int bits = ByteBuffer.wrap(InetAddress.ofLiteral(address).getAddress()).getInt();
        return new Endpoint(0, 0xFFFF_0000_0000L | Integer.toUnsignedLong(bits), port);
    }

    @ParameterizedTest
    @CsvSource({"opcua/plain, 24", "opcua/chunks, 12"})
    void messagesGetTheVerdictsOfPacketsAndARefusalEndsTheConnection(String recording, int refused) throws Exception {
        Map<Integer, List<Judged>> verdicts = recorded(recording);
        CompiledGrant grant = grant(brokered(recording));
        int ended = 0;
        for (Connection connection : RecordedStreams.of(Recordings.capture(recording))) {
            List<Judged> expected = verdicts.getOrDefault(connection.clientPort(), List.of());
            if (expected.isEmpty() || !connection.client().endsWith(".105")) {
                continue;
            }
            for (int seed = 0; seed < 12; seed++) {
                ended += relayed(grant, connection, expected, new SplittableRandom(seed)) ? 0 : 1;
            }
        }
        assertEquals(refused, ended);
    }

    private static boolean relayed(CompiledGrant grant, Connection connection, List<Judged> expected,
            RandomGenerator random) {
        List<Judged> messages = new ArrayList<>();
        EngineListener listener = new EngineListener() {
            @Override
            public void message(MessageEvent event) {
                messages.add(Judged.of(event).withoutRule());
            }
        };
        ByteArrayOutputStream[] passed = {new ByteArrayOutputStream(), new ByteArrayOutputStream()};
        Relay.Target target = new Relay.Target() {
            @Override
            public void pass(boolean toServer, MemorySegment bytes, long at, int length) {
                byte[] copy = new byte[length];
                MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, copy, 0, length);
                passed[toServer ? 0 : 1].writeBytes(copy);
            }

            @Override
            public void refuse(MemorySegment bytes, long at, int length) {
                throw new AssertionError("OPC UA has no refusal, ADR 12");
            }
        };
        int[] sizes = new int[2];
        try (Arena arena = Arena.ofConfined();
                Relay relay = new Relay(grant.policy(), EngineLimits.DEFAULT, listener, Arena.ofConfined())) {
            relay.time(START, START);
            RelayedConnection relayed = Objects.requireNonNull(relay.open(grant, grant.policy().zoneNamed("ops"),
                    endpoint(connection.client(), connection.clientPort()), endpoint(connection.server(), 4840)));
            MemorySegment memory = arena.allocate(1 << 17);
            boolean goesOn = true;
            for (Turn turn : connection.turns()) {
                MemorySegment.copy(turn.bytes(), 0, memory, ValueLayout.JAVA_BYTE, 0, turn.bytes().length);
                int longest = 1 + random.nextInt(random.nextBoolean() ? 40 : 20_000);
                for (int at = 0; at < turn.bytes().length && goesOn;) {
                    int length = Math.min(turn.bytes().length - at, 1 + random.nextInt(longest));
                    goesOn = relay.take(relayed, turn.fromClient(), memory, at, length, target);
                    at += length;
                }
                sizes[turn.fromClient() ? 0 : 1] += turn.bytes().length;
            }
            assertEquals(expected.subList(0, messages.size()), messages);
            boolean refused = messages.stream().anyMatch(m -> !m.allowed());
            assertEquals(refused, !goesOn);
            if (goesOn) {
                assertEquals(expected.size(), messages.size());
                assertEquals(sizes[0], passed[0].size());
                assertEquals(sizes[1], passed[1].size());
            } else {
                assertFalse(messages.getLast().allowed());
                assertEquals(messages.stream().filter(m -> m.fromClient() && m.allowed()).mapToInt(Judged::size).sum(),
                        passed[0].size());
            }
            relay.close(relayed);
            assertEquals(0, relay.buffered());
            return goesOn;
        }
    }
}
