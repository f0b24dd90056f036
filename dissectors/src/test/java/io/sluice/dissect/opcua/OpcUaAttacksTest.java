package io.sluice.dissect.opcua;

import static io.sluice.dissect.Dissector.TO_CLIENT;
import static io.sluice.dissect.Dissector.TO_SERVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Dissector;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known to have been done to OPC UA servers, and near misses of it. */
class OpcUaAttacksTest {
    private static final String NODE = "ns=2;i=6001";

    private final OpcUaBench bench = OpcUaBench.open(NODE);

    private String see(byte[] message) {
        return OpcUaBench.word(bench.see(TO_SERVER, message));
    }

    // --- the order of a connection

    @Test
    void aSecondHelloIsRefused() {
        assertEquals("unexpected-message", see(OpcUaBench.hello()));
    }

    @Test
    void aServerDoesNotSayHelloAndAClientDoesNotAcknowledge() {
        OpcUaBench fresh = new OpcUaBench();
        assertEquals("unexpected-message", OpcUaBench.word(fresh.see(TO_CLIENT, OpcUaBench.hello())));
        assertEquals("unexpected-message", OpcUaBench.word(fresh.see(TO_SERVER, OpcUaBench.acknowledge())));
    }

    @Test
    void nothingIsAskedBeforeAChannelIsOpen() {
        OpcUaBench fresh = new OpcUaBench();
        assertEquals("unexpected-message", fresh.ask(1, OpcUaBytes.read(NODE)));
        fresh.see(TO_SERVER, OpcUaBench.hello());
        assertEquals("unexpected-message", fresh.ask(1, OpcUaBytes.read(NODE)));
        fresh.see(TO_CLIENT, OpcUaBench.acknowledge());
        assertEquals("unexpected-message", fresh.ask(1, OpcUaBytes.read(NODE)));
    }

    @Test
    void nothingIsAskedAfterAChannelWasClosed() {
        assertEquals("ok", see(bench.chunk(TO_SERVER, "CLOF", 9, OpcUaBytes.request(452).done())));
        assertEquals("unexpected-message", bench.ask(10, OpcUaBytes.read(NODE)));
    }

    @Test
    void aChannelIsOpenedOncePerConnectionAndThenOnlyRenewed() {
        assertEquals("channel-id", see(bench.openRequest(0, 0)), "another channel");
        assertEquals("channel-id", see(bench.openRequest(8, 1)), "somebody else's channel");
        bench.sequence[0] = 2;
        assertEquals("encoding", see(bench.openRequest(OpcUaBench.CHANNEL, 0)), "issued again");
    }

    @Test
    void anOpenChannelOfAnotherMessageTypeIsRefused() {
        assertEquals("unexpected-message", bench.ask(3, OpcUaBytes.request(446).u32(0).u32(0).u32(1).none().u32(1)));
        assertEquals("unexpected-message", bench.ask(3, OpcUaBytes.request(452)));
        assertEquals("unexpected-message", see(bench.chunk(TO_SERVER, "CLOF", 9, OpcUaBytes.read(NODE).done())));
    }

    @Test
    void aTokenOrChannelThatWasNotGrantedIsRefused() {
        bench.token = 4;
        assertEquals("channel-id", bench.ask(3, OpcUaBytes.read(NODE)));
        byte[] message = new OpcUaBench().chunk(TO_SERVER, "MSGF", 3, OpcUaBytes.read(NODE).done());
        message[OpcUaView.CHANNEL] = 8;
        assertEquals("channel-id", see(message));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 1000, -1})
    void aGapOrRepetitionInTheSequenceIsRefused(int number) {
        bench.sequence[0] = number;
        assertEquals("sequence-number", bench.ask(3, OpcUaBytes.read(NODE)));
    }

    // --- chunks

    @Test
    void chunksOfTwoMessagesAreNotMixed() {
        byte[] body = OpcUaBytes.read(NODE).done();
        assertEquals("part", bench.piece(5, Arrays.copyOf(body, 20)));
        assertEquals("chunks-mixed", bench.ask(6, OpcUaBytes.read(NODE)));
    }

    @Test
    void aChannelIsNotClosedInTheMiddleOfAMessage() {
        bench.piece(5, Arrays.copyOf(OpcUaBytes.read(NODE).done(), 20));
        assertEquals("chunks-mixed", see(bench.chunk(TO_SERVER, "CLOF", 5, OpcUaBytes.request(452).done())));
    }

    @Test
    void aChannelIsNotRenewedInTheMiddleOfAMessage() {
        bench.piece(5, Arrays.copyOf(OpcUaBytes.read(NODE).done(), 20));
        assertEquals("chunks-mixed", see(bench.openRequest(OpcUaBench.CHANNEL, 1)));
    }

    @Test
    void onlyAMessageThatWasBegunIsAborted() {
        byte[] abort = OpcUaBytes.of().u32(0x80B8_0000L).string("aborted").done();
        assertEquals("chunks-mixed", see(bench.chunk(TO_SERVER, "MSGA", 5, abort)));
        bench.sequence[0] = 3;
        bench.piece(5, Arrays.copyOf(OpcUaBytes.read(NODE).done(), 20));
        assertEquals("ok", see(bench.chunk(TO_SERVER, "MSGA", 5, abort)));
        assertEquals("read .13 " + NODE, bench.ask(6, OpcUaBytes.read(NODE)), "the rest goes on");
    }

    @Test
    void endlessChunksEnd() {
        byte[] head = OpcUaBytes.request(673).u32(1).node(NODE).u32(13).none().u8(1, 15).u32(1 << 20).done();
        assertEquals("part", bench.piece(5, head));
        int chunks = 1;
        String outcome = "part";
        for (; outcome.equals("part") && chunks < 10_000; chunks++) {
            outcome = bench.piece(5, new byte[1]);
        }
        assertEquals("too-many-chunks", outcome);
        assertEquals(257, chunks);
    }

    @Test
    void aRequestWithoutEndEnds() {
        String outcome = bench.piece(5, OpcUaBytes.request(673).u32(1).node(NODE).u32(13).none().u8(1, 15)
                .u32(0x7FFF_FFFF).done());
        for (int chunks = 0; outcome.equals("part") && chunks < 100; chunks++) {
            outcome = bench.piece(5, new byte[60_000]);
        }
        assertEquals("message-size", outcome);
    }

    @ParameterizedTest
    @CsvSource({"HELC", "ACKA", "OPNC", "CLOC", "CLOA", "MSGX", "MSGf", "msgF", "GETF"})
    void anotherKindOfChunkIsRefused(String type) {
        assertEquals("message-type", see(bench.chunk(TO_SERVER, type, 5, OpcUaBytes.read(NODE).done())));
    }

    // --- values

    @ParameterizedTest
    @ValueSource(ints = {15, 17, 5_000})
    void variantsWithinVariantsHaveABottom(int depth) {
        String nested = "9801000000".repeat(depth) + "0607000000";
        assertEquals(depth > 16 ? "nesting" : "write .13 " + NODE + " = ?",
                bench.ask(3, OpcUaBytes.write(NODE, nested)));
    }

    @Test
    void dataValuesWithinVariantsHaveABottom() {
        assertEquals("nesting", bench.ask(3, OpcUaBytes.write(NODE, "1701".repeat(2_000) + "0607000000")));
    }

    @ParameterizedTest
    @CsvSource({"18 01 01, encoding", "19 00, encoding", "1a 00000000, encoding", "58 01, encoding",
            "01 02, encoding", "01 ff, encoding", "81 02000000 0102, encoding",
            "86 ffffff7f, count", "86 feffffff, count", "8c 00000020 00000000, count",
            "c6 02000000 01000000 02000000 01000000 03000000, count",
            "c6 02000000 01000000 02000000 02000000 ffffffff feffffff, count",
            "0c 02000000 c0af, text", "0c 03000000 eda080, text", "0c 03000000 610062, text",
            "0c 04000000 f4908080, text", "0c 01000000 80, text",
            "15 04, encoding", "11 06 00, encoding", "11 40 01, encoding", "16 000003, encoding"})
    void aValueThatStacksReadDifferentlyIsRefused(String variant, String reason) {
        assertEquals(reason, bench.ask(3, OpcUaBytes.write(NODE, variant)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"01 01; [1.0]", "02 ff; [-1.0]", "03 ff; [255.0]", "04 feff; [-2.0]",
            "05 feff; [65534.0]", "06 00000080; [-2.147483648E9]", "07 00000080; [2.147483648E9]",
            "0a 0000c03f; [1.5]", "0b 0000000000004540; [42.0]", "86 02000000 01000000 02000000; [1.0, 2.0]",
            "86 00000000; ?", "86 ffffffff; ?", "00; ?", "0d 0000000000000000; ?", "16 000000; ?",
            "11 0103 0500; ?"})
    void whatIsWrittenIsTold(String variant, String said) {
        assertEquals("write .13 " + NODE + " = " + said, bench.ask(3, OpcUaBytes.write(NODE, variant)));
    }

    // --- bodies

    @Test
    void bytesBehindTheLastFieldAreRefused() {
        assertEquals("trailing-bytes", bench.ask(3, OpcUaBytes.read(NODE).u8(0)));
        bench.sequence[0] = 3;
        assertEquals("trailing-bytes", bench.ask(3, OpcUaBytes.read(NODE).raw(new byte[32])), "no signature either");
    }

    @Test
    void aBodyThatEndsEarlyIsRefusedWhereverItEnds() {
        byte[] body = OpcUaBytes.write(NODE, "0b 0000000000004540").done();
        for (int cut = 1; cut < body.length; cut++) {
            OpcUaBench fresh = OpcUaBench.open(NODE);
            String said = fresh.ask(3, OpcUaBytes.of().raw(Arrays.copyOf(body, cut)));
            assertTrue(said.equals("body-cut") || said.equals("count"), said + ", cut at " + cut);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-2, 2, 0x7FFF_FFFF, 0x8000_0000L})
    void aCountThatLiesIsRefused(long count) {
        String said = bench.ask(3, OpcUaBytes.request(631).f64(0).u32(2).u32(count).node(NODE).u32(13).none().u16(0)
                .none());
        assertEquals("count", said);
    }

    @ParameterizedTest
    @CsvSource({"32, browse ?", "33, nesting", "4000, nesting"})
    void aPathOfMoreThan32StepsIsRefused(int steps, String said) {
        OpcUaBytes body = OpcUaBytes.request(554).u32(1).node("i=85").u32(steps);
        for (int i = 0; i < steps; i++) {
            body.node("i=33").u8(0, 1).u16(2).string("x");
        }
        assertEquals(said, bench.ask(3, body));
    }

    @ParameterizedTest
    @CsvSource({"630", "629", "672", "999999", "-2147483648"})
    void aBodyInXmlOrOfNoServiceIsOpaqueAndHasItsNumber(int type) {
        OpcUaBytes body = OpcUaBytes.of().u8(2).u16(0).u32(type).header().raw(new byte[30]);
        String said = bench.ask(3, body);
        assertEquals("opaque service " + (type < 0 ? "?" : ""), said);
        if (type >= 0) {
            assertEquals(type, bench.facts.low(0));
        }
    }

    // A client's harmless mistake, which its server answers with Bad_NothingToDo.
    @ParameterizedTest
    @ValueSource(ints = {631, 673, 712, 554, 527, 664, 700, 751, 763, 769, 488, 494, 500, 506})
    void aRequestOfNothingIsUpkeep(int service) {
        OpcUaBytes body = OpcUaBytes.request(service);
        switch (service) {
            case 631 -> body.f64(0).u32(2);
            case 527 -> body.node("i=0").u64(0).u32(0).u32(0);
            case 664 -> body.u8(0, 0, 0).u32(0).u8(0);
            case 751, 763, 769 -> body.u32(1).u32(0);
            default -> {
            }
        }
        assertEquals("session " + OpcUaServices.name(service), bench.ask(3, body.u32(service == 631 ? -1 : 0)));
    }

    @Test
    void theTypeOfABodyIsAPlainNodeIdOfTheStandardsNamespace() {
        byte[] rest = OpcUaBytes.of().header().f64(0).u32(2).u32(0).done();
        assertEquals("opaque service ?", bench.ask(3, OpcUaBytes.of().hex("01017702").raw(rest)), "namespace 1");
        assertEquals("opaque service ?", bench.ask(4, OpcUaBytes.of().hex("0300000300000036 3331").raw(rest)));
        assertEquals("encoding", bench.ask(5, OpcUaBytes.of().hex("81007702ffffffff").raw(rest)), "an expanded one");
        assertEquals("encoding", bench.ask(6, OpcUaBytes.of().hex("41007702000000").raw(rest)));
    }

    @Test
    void aResponseIsNoRequestAndARequestNoResponse() {
        assertEquals("service-direction", bench.ask(3, OpcUaBytes.response(634).none().none()));
        assertEquals("read .13 " + NODE, bench.ask(4, OpcUaBytes.read(NODE)));
        assertEquals("answer-mismatch", bench.answer(4, OpcUaBytes.read(NODE)));
    }

    @Test
    void anAnswerBelongsToARequest() {
        assertEquals("unsolicited", bench.answer(4, OpcUaBytes.response(634).none().none()));
        bench.ask(4, OpcUaBytes.read(NODE));
        assertEquals("answer-mismatch", bench.answer(4, OpcUaBytes.response(676).none().none()));
        assertEquals("ok", bench.answer(4, OpcUaBytes.response(634).none().none()));
        assertEquals("unsolicited", bench.answer(4, OpcUaBytes.response(634).none().none()), "twice");
    }

    @Test
    void aServiceFaultAnswersAnything() {
        bench.ask(4, OpcUaBytes.read(NODE));
        assertEquals("ok", bench.answer(4, OpcUaBytes.response(397)));
    }

    @Test
    void theAnswerToARefusedRequestIsKnownAsSuch() {
        bench.ask(4, OpcUaBytes.read(NODE), false);
        bench.answer(4, OpcUaBytes.response(634).none().none());
        assertEquals(false, bench.dissector.answered(bench.session));
        assertEquals(4, bench.dissector.answeredRule(bench.session));
    }

    @Test
    void aHelloWithMoreThanItsFieldsIsRefused() {
        OpcUaBytes hello = OpcUaBytes.of().u32(0).u32(65_535).u32(65_535).u32(0).u32(0).string("opc.tcp://a");
        OpcUaBench fresh = new OpcUaBench();
        assertEquals("trailing-bytes", OpcUaBench.word(fresh.see(TO_SERVER,
                OpcUaBench.framed("HELF", OpcUaBytes.of().raw(hello.done()).u8(0).done()))));
        assertEquals("trailing-bytes", OpcUaBench.word(fresh.see(TO_SERVER, OpcUaBench.framed("HELF",
                OpcUaBytes.of().u32(0).u32(65_535).u32(65_535).u32(0).u32(0).string("x".repeat(5_000)).done()))));
        assertEquals("text", OpcUaBench.word(fresh.see(TO_SERVER, OpcUaBench.framed("HELF",
                OpcUaBytes.of().u32(0).u32(65_535).u32(65_535).u32(0).u32(0).bytes(new byte[12]).done()))));
    }

    @Test
    void aPolicyThatNobodyKnowsIsOpaque() {
        OpcUaBench fresh = new OpcUaBench();
        fresh.see(TO_SERVER, OpcUaBench.hello());
        fresh.see(TO_CLIENT, OpcUaBench.acknowledge());
        byte[] open = fresh.openRequest(0, 0);
        open[OpcUaView.POLICY + 10] ^= 1;
        assertEquals("security-policy", OpcUaBench.word(fresh.see(TO_SERVER, open)));
    }

    @Test
    void moreOutstandingRequestsThanCanBeRememberedAreRefused() {
        String said = "";
        int asked = 0;
        while (!said.equals("too-many-items") && asked < 10_000) {
            said = bench.ask(++asked, OpcUaBytes.read(NODE));
        }
        assertEquals(4_097, asked);
    }

    @Test
    void theSizeOfAChunkIsNoLessThanItsHeaderAndNoMoreThanWasAnnounced() {
        for (long size : new long[]{0, 7, 24, 65_536, 0x7FFF_FFFF, 0x8000_0000L, 0xFFFF_FFFFL}) {
            byte[] head = OpcUaBytes.of().hex("4d534746").u32(size).u64(0).u64(0).done();
            assertEquals("frame-length", see(head), "size " + size);
        }
        assertEquals(Dissector.PARTIAL, bench.see(TO_SERVER, OpcUaBytes.of().hex("4d534746").u32(65_535).done()));
    }
}
