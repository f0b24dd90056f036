package io.sluice.dissect.opcua;

import static io.sluice.dissect.Dissector.TO_CLIENT;
import static io.sluice.dissect.Dissector.TO_SERVER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.dissect.Dissector;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What peers announce in Hello and Acknowledge, OPC 10000-6 §7.1.2.3 and §7.1.2.4: bytes and chunks of a message. */
class OpcUaLimitsTest {
    private static final String NODE = "ns=2;i=6001";

    private final OpcUaBench bench = new OpcUaBench(NODE);

    private void open(long responseBytes, long responseChunks, long requestBytes, long requestChunks) {
        bench.see(TO_SERVER, OpcUaBench.framed("HELF", OpcUaBytes.of().u32(0).u32(65_535).u32(65_535)
                .u32(responseBytes).u32(responseChunks).string("opc.tcp://10.0.0.5:4840").done()));
        bench.see(TO_CLIENT, OpcUaBench.framed("ACKF", OpcUaBytes.of().u32(0).u32(65_535).u32(65_535)
                .u32(requestBytes).u32(requestChunks).done()));
        bench.see(TO_SERVER, bench.openRequest(0, 0));
        bench.see(TO_CLIENT, bench.openResponse(OpcUaBench.CHANNEL, OpcUaBench.TOKEN));
    }

    /** A WriteRequest of as many bytes. */
    private static byte[] request(int bytes) {
        int rest = bytes - OpcUaBytes.write(NODE, "0f 00000000").done().length;
        return OpcUaBytes.request(673).u32(1).node(NODE).u32(13).none().u8(1, 15).bytes(new byte[rest]).done();
    }

    private String ask(byte[] body) {
        return bench.ask(3, OpcUaBytes.of().raw(body));
    }

    private String answer(String type, byte[] body) {
        return OpcUaBench.word(bench.see(TO_CLIENT, bench.chunk(TO_CLIENT, type, 3, body)));
    }

    @Test
    void aRequestIsNoLongerThanTheServerAnnounced() {
        open(0, 0, 9_000, 0);
        assertEquals("write .13 " + NODE + " = ?", ask(request(9_000)));
        assertEquals("message-size", bench.ask(4, OpcUaBytes.of().raw(request(9_001))));
    }

    @Test
    void norIsItInSeveralChunks() {
        open(0, 0, 9_000, 0);
        byte[] body = request(9_001);
        assertEquals("part", bench.piece(3, Arrays.copyOf(body, 8_990)));
        assertEquals("message-size", ask(Arrays.copyOfRange(body, 8_990, body.length)));
    }

    @Test
    void aRequestHasNoMoreChunksThanTheServerAnnounced() {
        open(0, 0, 0, 2);
        byte[] body = request(2_000);
        assertEquals("part", bench.piece(3, Arrays.copyOf(body, 500)));
        assertEquals("write .13 " + NODE + " = ?", ask(Arrays.copyOfRange(body, 500, body.length)));
        assertEquals("part", bench.piece(4, Arrays.copyOf(body, 500)));
        assertEquals("part", bench.piece(4, Arrays.copyOfRange(body, 500, 1_000)));
        assertEquals("too-many-chunks", bench.ask(4, OpcUaBytes.of().raw(Arrays.copyOfRange(body, 1_000, 2_000))));
    }

    @Test
    void aResponseIsNoLongerThanTheClientAnnounced() {
        open(9_000, 0, 0, 0);
        byte[] head = OpcUaBytes.response(634).done();
        ask(OpcUaBytes.read(NODE).done());
        assertEquals("message-size", answer("MSGF", Arrays.copyOf(head, 9_001)));
        assertEquals("ok", answer("MSGF", Arrays.copyOf(head, 9_000)));
        ask(OpcUaBytes.read(NODE).done());
        assertEquals("part", answer("MSGC", Arrays.copyOf(head, 8_500)));
        assertEquals("message-size", answer("MSGF", new byte[501]));
    }

    @Test
    void aResponseHasNoMoreChunksThanTheClientAnnounced() {
        open(0, 2, 0, 0);
        byte[] head = OpcUaBytes.response(634).done();
        ask(OpcUaBytes.read(NODE).done());
        assertEquals("part", answer("MSGC", head));
        assertEquals("part", answer("MSGC", new byte[10]));
        assertEquals("too-many-chunks", answer("MSGF", new byte[10]));
    }

    @Test
    void whereOneChunkIsAnnouncedMessagesOfOneChunkPass() {
        open(0, 1, 0, 1);
        assertEquals("read .13 " + NODE, ask(OpcUaBytes.read(NODE).done()));
        assertEquals("ok", answer("MSGF", OpcUaBytes.response(634).done()));
        bench.piece(3, Arrays.copyOf(request(2_000), 1_000));
        assertEquals("too-many-chunks", ask(Arrays.copyOfRange(request(2_000), 1_000, 2_000)));
    }

    @Test
    void chunksThatAreEncryptedAreCountedToo() {
        open(0, 0, 0, 2);
        bench.session.channel.mode = OpcUaMeaning.MODE_SIGN_AND_ENCRYPT;
        assertEquals("part: opaque encrypted ?", bench.piece(3, new byte[16]));
        assertEquals("too-many-chunks", bench.piece(3, new byte[16]));
    }

    // 0 is no limit, what is less than the smallest buffer is none either, and from 2^31 on it is more than anybody has.
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4_000, 8_191, 0x7FFF_FFFFL, 0xFFFF_FFFFL})
    void whereNoMessageCouldBeThatSmallOrThatLargeOurOwnLimitHolds(long announced) {
        open(announced, announced == 1 ? 0 : announced, announced, 0xFFFF_FFFFL);
        assertEquals("write .13 " + NODE + " = ?", ask(request(30_000)));
        assertEquals("ok", answer("MSGF", Arrays.copyOf(OpcUaBytes.response(676).done(), 30_000)));
        assertEquals(Dissector.PART, bench.see(TO_SERVER, bench.chunk(TO_SERVER, "MSGC", 3, request(30_000))));
    }
}
