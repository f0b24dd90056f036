package io.sluice.broker.opcua;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.eclipse.milo.opcua.stack.core.types.UaMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.structured.ApplicationDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateSessionResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.FindServersResponse;
import org.eclipse.milo.opcua.stack.core.types.structured.GetEndpointsResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Answers as Milo encodes them, in chunks. */
class DiscoveryTest {
    private static final String PLC = "opc.tcp://10.3.1.10:4840", TUNNEL = "opc.tcp://localhost:14840";
    private static final String OTHER = "opc.tcp://10.3.1.11:4840/x", OTHER_PORT = "opc.tcp://10.3.1.10:4841";
    private static final String BASIC = "http://opcfoundation.org/UA/SecurityPolicy#Basic256Sha256";
    private static final int CHUNK = 8192;

    private final Room room = new Room(1 << 20);
    private final Outcomes outcomes = new Outcomes();
    private Discovery discovery = connection();

    private Discovery connection() {
        return new Discovery(new InetSocketAddress("10.3.1.10", 4840), "plc-3A", room, outcomes);
    }

    private void begin(String hello) {
        begin(hello, CHUNK, 0, 0);
    }

    private void begin(String hello, int chunk, int message, int chunks) {
        discovery = connection();
        client(Answers.hello(hello, chunk, message, chunks));
        byte[] acknowledge = Answers.acknowledge(chunk);
        byte[] open = Answers.open(Answers.NO_SECURITY, 1);
        assertArrayEquals(acknowledge, device(acknowledge));
        assertArrayEquals(open, device(open));
    }

    private void client(byte[] bytes) {
        try (Arena arena = Arena.ofConfined()) {
            discovery.fromClient(arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes), 0, bytes.length);
        }
    }

    /** From memory that is no longer than the bytes. */
    private byte[] device(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
            discovery.fromDevice(segment, 0, bytes.length, (from, at, length) -> out
                    .writeBytes(from.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE)));
        }
        return out.toByteArray();
    }

    private UaMessageType answer(UaMessageType message) {
        byte[] out = device(Answers.chunks(Answers.encode(message), CHUNK - 24, 2, 2));
        return Answers.decode(Answers.message(out, CHUNK, new ArrayList<>()));
    }

    private static List<String> urls(EndpointDescription @Nullable [] endpoints) {
        return Arrays.stream(Objects.requireNonNull(endpoints)).map(each -> String.valueOf(each.getEndpointUrl()))
                .toList();
    }

    private static List<String> urls(ApplicationDescription server) {
        return List.of(Objects.requireNonNull(server.getDiscoveryUrls()));
    }

    @Test
    void endpointsOfTheDeviceLeadThroughTheTunnelAndTheRestIsAsItWas() {
        begin(TUNNEL + "/typed/by/hand");
        EndpointDescription[] given = {Answers.endpoint(PLC + "/plc", 900, PLC + "/plc/discovery", "http://10.3.1.10/"),
                Answers.endpoint("OPC.TCP://plc.plant.example:4840/a?b#c", 0), Answers.endpoint(OTHER_PORT, 0),
                Answers.endpoint("opc.tcp://[fe80::1]", 0), Answers.endpoint("opc.https://10.3.1.10:4840", 0)};
        GetEndpointsResponse got = (GetEndpointsResponse) answer(Answers.endpoints(given));
        EndpointDescription[] endpoints = Objects.requireNonNull(got.getEndpoints());
        assertEquals(List.of(TUNNEL + "/plc", "OPC.TCP://localhost:14840/a?b#c", OTHER_PORT, TUNNEL,
                "opc.https://10.3.1.10:4840"), urls(endpoints));
        assertEquals(List.of(TUNNEL + "/plc/discovery", "http://10.3.1.10/"),
                urls(endpoints[0].getServer()));
        EndpointDescription expected = Answers.endpoint(TUNNEL + "/plc", 900, TUNNEL + "/plc/discovery",
                "http://10.3.1.10/");
        assertArrayEquals(bytes(expected), bytes(endpoints[0]));
        assertEquals(1, outcomes.of(Outcome.REWRITTEN));
        assertEquals(0, outcomes.missed());
        assertEquals(0, room.taken());
    }

    /** The encoding of one endpoint, without the header, whose time differs. */
    private static byte[] bytes(EndpointDescription endpoint) {
        byte[] all = Answers.encode(new GetEndpointsResponse(Answers.endpoints().getResponseHeader(),
                new EndpointDescription[]{endpoint}));
        return Arrays.copyOfRange(all, Answers.encode(Answers.endpoints()).length, all.length);
    }

    @Test
    void aServerThatAnswersWithItselfIsTheDeviceUnderWhateverName() {
        begin(TUNNEL);
        FindServersResponse got = (FindServersResponse) answer(
                Answers.servers(Answers.application(OTHER, OTHER_PORT)));
        assertEquals(List.of(TUNNEL + "/x", OTHER_PORT),
                urls(Objects.requireNonNull(got.getServers())[0]));
    }

    @Test
    void ofSeveralServersOnlyUrlsThatNameTheDeviceAreReplaced() {
        begin(TUNNEL);
        FindServersResponse got = (FindServersResponse) answer(Answers.servers(
                Answers.application(PLC, "opc.tcp://PLC-3a", "opc.tcp://127.0.0.1:4840/", "opc.tcp://0.0.0.0:4840"),
                Answers.application(OTHER, OTHER_PORT, "opc.tcp://plc-4:4840")));
        var servers = Objects.requireNonNull(got.getServers());
        assertEquals(List.of(TUNNEL, TUNNEL, TUNNEL + "/", TUNNEL), urls(servers[0]));
        assertEquals(List.of(OTHER, OTHER_PORT, "opc.tcp://plc-4:4840"),
                urls(servers[1]));
    }

    @Test
    void aSessionsEndpointsAreThoseOfDiscovery() {
        begin(TUNNEL);
        CreateSessionResponse got = (CreateSessionResponse) answer(
                Answers.session(Answers.endpoint(PLC, 900), Answers.endpoint(OTHER_PORT, 900)));
        assertEquals(List.of(TUNNEL, OTHER_PORT), urls(got.getServerEndpoints()));
        assertEquals(ByteString.of(new byte[32]), got.getServerNonce());
    }

    @Test
    void anAnswerOfManyChunksIsWrittenInAsManyOfLegalSizeWhereTheyTakeIt() {
        begin(TUNNEL);
        byte[] message = Answers.encode(Answers.endpoints(IntStream.range(0, 30)
                .mapToObj(i -> Answers.endpoint("opc.tcp://p:4840/" + i, 1200)).toArray(EndpointDescription[]::new)));
        List<Integer> numbers = new ArrayList<>();
        byte[] out = device(Answers.chunks(message, 4000, 2, 2));
        GetEndpointsResponse got = (GetEndpointsResponse) Answers.decode(Answers.message(out, CHUNK, numbers));
        assertEquals(TUNNEL + "/29", Objects.requireNonNull(got.getEndpoints())[29].getEndpointUrl());
        assertEquals(IntStream.range(2, 2 + (message.length + 3999) / 4000).boxed().toList(), numbers);
        byte[] next = Answers.chunks(new byte[60], 60, 2 + numbers.size(), 3);
        assertArrayEquals(next, device(next), "what follows has the device's numbers");
    }

    @Test
    void whereItTakesAnotherChunkTheNumbersOfWhatFollowsMoveUp() {
        begin(TUNNEL);
        EndpointDescription[] endpoints = {Answers.endpoint("opc.tcp://p:4840", 0),
                Answers.endpoint("opc.tcp://p:4840", 0)};
        int others = Answers.encode(Answers.endpoints(endpoints)).length;
        endpoints[0] = Answers.endpoint("opc.tcp://p:4840", CHUNK - 24 - others);
        byte[] full = Answers.chunks(Answers.encode(Answers.endpoints(endpoints)), CHUNK - 24, 2, 2);
        assertEquals(CHUNK, full.length);
        List<Integer> numbers = new ArrayList<>();
        byte[] message = Answers.message(device(full), CHUNK, numbers);
        assertEquals(List.of(TUNNEL, TUNNEL), urls(((GetEndpointsResponse) Answers.decode(message)).getEndpoints()));
        Answers.message(device(Answers.chunks(new byte[90], 30, 3, 3)), CHUNK, numbers);
        assertEquals(List.of(2, 3, 4, 5, 6), numbers);
        assertArrayEquals(Answers.open(Answers.NO_SECURITY, 7), device(Answers.open(Answers.NO_SECURITY, 6)),
                "renewed");
        assertArrayEquals(Answers.chunks(new byte[9], 9, 8, 4), device(Answers.chunks(new byte[9], 9, 7, 4)));
        assertArrayEquals(Answers.chunks(new byte[9], 9, 11, 5), device(Answers.chunks(new byte[9], 9, 10, 5)),
                "a gap stays one");
        Answers.message(device(full(endpoints, 11)), CHUNK, numbers);
        assertEquals(List.of(12, 13), numbers.subList(5, 7));
        assertArrayEquals(Answers.chunks(new byte[9], 9, 1, 5), device(Answers.chunks(new byte[9], 9, 1, 5)),
                "anew, as the device does");
    }

    private static byte[] full(EndpointDescription[] endpoints, int number) {
        return Answers.chunks(Answers.encode(Answers.endpoints(endpoints)), CHUNK - 24, number, 6);
    }

    @Test
    void whatCannotBePutRightGoesOnAsItCameAndIsCounted() {
        byte[] message = Answers.encode(Answers.endpoints(Answers.endpoint(PLC, 900)));
        byte[] chunks = Answers.chunks(message, 100, 2, 2);

        begin("http://localhost:14840");
        assertArrayEquals(chunks, device(chunks));
        assertEquals(1, outcomes.of(Outcome.NO_NAME));

        begin(TUNNEL, CHUNK, message.length, 0);
        assertArrayEquals(chunks, device(chunks), "longer than the client takes");
        assertEquals(1, outcomes.of(Outcome.TOO_LARGE));

        begin(TUNNEL);
        byte[] cut = Answers.chunks(Arrays.copyOf(message, message.length - 1), 100, 2, 2);
        assertArrayEquals(cut, device(cut));
        byte[] longer = Answers.chunks(Arrays.copyOf(message, message.length + 1), 100, 3 + cut.length / 124, 3);
        assertArrayEquals(longer, device(longer));
        assertEquals(2, outcomes.of(Outcome.NOT_DECODED));

        begin(TUNNEL);
        byte[] elsewhere = Answers.chunks(Answers.encode(Answers.endpoints(Answers.endpoint(OTHER_PORT, 9))), 100, 2,
                2);
        assertArrayEquals(elsewhere, device(elsewhere));
        assertEquals(1, outcomes.of(Outcome.ELSEWHERE));

        begin(PLC);
        assertArrayEquals(chunks, device(chunks));
        assertEquals(1, outcomes.of(Outcome.AS_IT_WAS));

        discovery = connection();
        client(Answers.hello(TUNNEL, CHUNK, 0, 0));
        assertArrayEquals(Answers.open(BASIC, 1), device(Answers.open(BASIC, 1)));
        assertArrayEquals(chunks, device(chunks));
        assertEquals(1, outcomes.of(Outcome.SECURED));

        begin(TUNNEL);
        byte[] large = Answers.chunks(Answers.encode(Answers.endpoints(Answers.endpoint(PLC, 300_000))), 8000, 2, 2);
        byte[] begun = Arrays.copyOf(large, 10 * 8024);
        assertEquals(0, device(begun).length);
        byte[] rest = device(Arrays.copyOfRange(large, begun.length, large.length));
        assertArrayEquals(large, rest);
        assertEquals(2, outcomes.of(Outcome.TOO_LARGE));
        assertEquals(6 + 1, outcomes.missed());
        assertEquals(0, outcomes.of(Outcome.REWRITTEN));
        assertEquals(0, room.taken());
    }

    @Test
    void ofAllConnectionsNoMoreIsKeptThanThereIsRoomFor() {
        List<Discovery> stalled = new ArrayList<>();
        byte[] chunks = Answers.chunks(Answers.encode(Answers.endpoints(Answers.endpoint(PLC, 200_000))), 8000, 2, 2);
        byte[] begun = Arrays.copyOf(chunks, 20 * 8024);
        for (int i = 0; i < 10; i++) {
            begin(TUNNEL);
            byte[] out = device(begun);
            assertArrayEquals(i < 6 ? new byte[0] : begun, out, "connection " + i);
            stalled.add(discovery);
        }
        assertTrue(room.taken() <= 1 << 20 && room.taken() > 900_000, () -> room.taken() + " bytes");
        stalled.forEach(Discovery::close);
        assertEquals(0, room.taken());
    }

    @Test
    void withinAMessageOrAfterAnAbortNothingIsTakenForAnAnswer() {
        begin(TUNNEL);
        byte[] message = Answers.encode(Answers.endpoints(Answers.endpoint(PLC, 9)));
        byte[] read = new byte[40 + message.length];
        System.arraycopy(message, 0, read, 40, message.length);
        byte[] chunks = Answers.chunks(read, 40, 2, 2);
        assertArrayEquals(chunks, device(chunks), "the second chunk of a value begins as an answer does");
        byte[] aborted = Answers.chunks(message, 100, 50, 3);
        aborted[aborted.length - (message.length % 100) - 21] = 'A';
        assertArrayEquals(aborted, device(aborted));
        byte[] mixed = Answers.chunks(message, 100, 70, 4);
        byte[] cut = Arrays.copyOf(mixed, 124);
        assertEquals(0, device(cut).length);
        byte[] other = Answers.chunks(new byte[30], 30, 71, 5);
        byte[] both = Arrays.copyOf(cut, cut.length + other.length);
        System.arraycopy(other, 0, both, cut.length, other.length);
        assertArrayEquals(both, device(other), "another message within the first");
        assertEquals(0, outcomes.of(Outcome.REWRITTEN));
        assertEquals(0, room.taken());
    }

    /** Whatever a device sends: nothing throws, nothing is read outside, and what is sent on is as long or a whole answer. */
    @Test
    void alteredBytesNeverDoHarm() {
        byte[][] messages = {
                Answers.encode(Answers.endpoints(Answers.endpoint(PLC, 90, PLC), Answers.endpoint(OTHER, 9))),
                Answers.encode(Answers.servers(Answers.application(PLC, OTHER), Answers.application())),
                Answers.encode(Answers.session(Answers.endpoint(PLC, 90, PLC), Answers.endpoint(OTHER, 9)))};
        Random random = new Random(29);
        long same = 0;
        for (int i = 0; i < 12_000; i++) {
            begin(TUNNEL, 1024 + random.nextInt(4000), 0, 0);
            byte[] message = messages[i % 3].clone();
            boolean inside = random.nextBoolean();
            for (int n = inside ? random.nextInt(4) : 0; n > 0; n--) {
                message[4 + random.nextInt(message.length - 4)] = (byte) random.nextInt();
            }
            byte[] bytes = Answers.chunks(
                    random.nextInt(4) == 0 ? Arrays.copyOf(message, 5 + random.nextInt(message.length - 5)) : message,
                    40 + random.nextInt(900), 2, 2);
            for (int n = inside ? 0 : random.nextInt(3); n > 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            long rewritten = outcomes.of(Outcome.REWRITTEN);
            byte[] out = device(bytes);
            discovery.close();
            assertEquals(0, room.taken());
            if (outcomes.of(Outcome.REWRITTEN) == rewritten) {
                assertTrue(Arrays.equals(out, Arrays.copyOf(bytes, out.length)), "changed without being counted");
                same++;
            }
        }
        assertTrue(same > 300 && same < 11_700, same + " as they were");
    }

    @Test
    void noPrefixOfAnAnswerIsTakenForOne() {
        for (UaMessageType each : List.of(Answers.endpoints(Answers.endpoint(PLC, 9, PLC)),
                Answers.servers(Answers.application(PLC)), Answers.session(Answers.endpoint(PLC, 9)))) {
            byte[] message = Answers.encode(each);
            Authority came = Authority.of(TUNNEL).orElseThrow();
            Target target = Target.of(new InetSocketAddress("10.3.1.10", 4840), "plc");
            for (int length = 4; length < message.length; length++) {
                assertEquals(Outcome.NOT_DECODED,
                        Answer.of(Arrays.copyOf(message, length), target, came, 1 << 20).outcome());
            }
            assertEquals(Outcome.REWRITTEN, Answer.of(message, target, came, 1 << 20).outcome());
            assertEquals(Outcome.TOO_LARGE, Answer.of(message, target, came, message.length).outcome());
        }
    }
}
