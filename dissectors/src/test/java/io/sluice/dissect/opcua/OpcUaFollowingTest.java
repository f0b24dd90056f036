package io.sluice.dissect.opcua;

import static io.sluice.dissect.Dissector.TO_CLIENT;
import static io.sluice.dissect.Dissector.TO_SERVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.Facts;
import io.sluice.dissect.Limits;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is remembered from one message to the next: other names of nodes, monitored items, chunks, tokens, numbers. */
class OpcUaFollowingTest {
    private static final String NODE = "ns=2;i=6001";
    private static final String OTHER = "ns=2;s=Valve.Cmd";
    private static final String ALIAS = "ns=9;i=1";

    private final OpcUaBench bench = OpcUaBench.open(NODE, OTHER);
    private int id = 10;

    private String ask(OpcUaBytes body) {
        return bench.ask(++id, body);
    }

    private static OpcUaBytes register(String... nodes) {
        OpcUaBytes body = OpcUaBytes.request(560).u32(nodes.length);
        List.of(nodes).forEach(body::node);
        return body;
    }

    private static OpcUaBytes registered(String... nodes) {
        OpcUaBytes body = OpcUaBytes.response(563).u32(nodes.length);
        List.of(nodes).forEach(body::node);
        return body;
    }

    // --- aliases

    @Test
    void aRegisteredNodeIsKnownByItsOtherName() {
        assertEquals("session RegisterNodesRequest", ask(register("ns=2;i=1", NODE, OTHER)));
        assertEquals("read .13 ?", ask(OpcUaBytes.read(ALIAS)), "not before the server says so");
        assertEquals("ok", bench.answer(11, registered("ns=2;i=1", ALIAS, "ns=9;i=2")));
        assertEquals("read .13 " + NODE + ", read .13 " + OTHER + ", read .13 ?",
                ask(OpcUaBytes.read(ALIAS, "ns=9;i=2", "ns=9;i=3")));
        assertEquals("session UnregisterNodesRequest", ask(OpcUaBytes.request(566).u32(1).node(ALIAS)));
    }

    @Test
    void anAliasThatIsGivenToAnotherNodeMeansThatOne() {
        ask(register(NODE));
        bench.answer(11, registered(ALIAS));
        ask(register("ns=2;i=777"));
        bench.answer(12, registered(ALIAS));
        assertEquals("write .13 ? = [1.0]", ask(OpcUaBytes.write(ALIAS, "0101")));
        ask(register(OTHER));
        bench.answer(14, registered(ALIAS));
        assertEquals("write .13 " + OTHER + " = [1.0]", ask(OpcUaBytes.write(ALIAS, "0101")));
    }

    @Test
    void anAnswerInSeveralChunksIsReadAsOne() {
        ask(register(NODE, OTHER));
        byte[] answer = registered("ns=9;s=a", "ns=9;s=b").done();
        assertEquals("part", OpcUaBench.word(bench.see(TO_CLIENT,
                bench.chunk(TO_CLIENT, "MSGC", 11, Arrays.copyOf(answer, 30)))));
        assertEquals("ok", OpcUaBench.word(bench.see(TO_CLIENT,
                bench.chunk(TO_CLIENT, "MSGF", 11, Arrays.copyOfRange(answer, 30, answer.length)))));
        assertEquals("read .13 " + NODE + ", read .13 " + OTHER, ask(OpcUaBytes.read("ns=9;s=a", "ns=9;s=b")));
    }

    @Test
    void anAnswerToARefusedRegistrationGivesNoNames() {
        bench.ask(11, register(NODE), false);
        bench.answer(11, registered(ALIAS));
        assertEquals("read .13 ?", bench.ask(12, OpcUaBytes.read(ALIAS)));
    }

    @Test
    void registrationsThatFailLeaveNothingBehind() {
        for (int i = 0; i < 1_000; i++) {
            assertEquals("session RegisterNodesRequest", ask(register(NODE)));
            assertEquals("ok", bench.answer(id, OpcUaBytes.response(397)));
        }
    }

    // Whose answer comes first would decide which node an alias means.
    @Test
    void twoRequestsUnderWayDoNotShareANumber() {
        bench.ask(11, register(NODE));
        assertEquals("unexpected-message", bench.ask(11, register("ns=2;i=777")));
    }

    // --- users

    private static OpcUaBytes activate(int tokenType) {
        return OpcUaBytes.request(467).none().none().none().none().node("i=" + tokenType).u8(1)
                .bytes(OpcUaBytes.of().string("policy").string("alice").string("secret").none().done()).none().none();
    }

    private static OpcUaBytes activated(long result) {
        return OpcUaBytes.of().node("i=470").u64(0).u32(5).u32(result).u8(0).u32(0).u8(0, 0, 0).none().none().none();
    }

    private int user() {
        assertEquals("read .13 ?", ask(OpcUaBytes.read("i=2258")));
        return bench.facts.trait(OpcUaMeaning.USER);
    }

    @Test
    void whoIsLoggedInIsForTheServerToSay() {
        assertEquals(Facts.NO_TRAIT, user());
        ask(activate(321));
        assertEquals(OpcUaMeaning.ANONYMOUS, bench.facts.trait(OpcUaMeaning.USER), "what is asked for");
        bench.answer(id, activated(0));
        assertEquals(OpcUaMeaning.ANONYMOUS, user());
        ask(activate(324));
        assertEquals(OpcUaMeaning.USERNAME, bench.facts.trait(OpcUaMeaning.USER));
        int login = id;
        assertEquals(OpcUaMeaning.ANONYMOUS, user(), "not before the answer");
        bench.answer(login, activated(0x801F_0000L));
        assertEquals(OpcUaMeaning.ANONYMOUS, user(), "nor after a bad one");
        ask(activate(324));
        bench.answer(id, OpcUaBytes.response(397));
        assertEquals(OpcUaMeaning.ANONYMOUS, user(), "nor after a fault");
        ask(activate(324));
        bench.answer(id, activated(0));
        assertEquals(OpcUaMeaning.USERNAME, user());
        bench.ask(++id, activate(321), false);
        bench.answer(id, activated(0));
        assertEquals(OpcUaMeaning.USERNAME, user(), "a refused request changes nothing");
    }

    // --- monitored items

    private static OpcUaBytes monitor(int subscription, String node, int attribute) {
        return OpcUaBytes.request(751).u32(subscription).u32(0).u32(1).node(node).u32(attribute).none().u16(0).none()
                .u32(2).u32(1).f64(100).u8(0, 0, 0).u32(1).u8(1);
    }

    private static OpcUaBytes monitored(int item) {
        return OpcUaBytes.response(754).u32(1).u32(0).u32(item).f64(100).u32(1).u8(0, 0, 0).none();
    }

    private static OpcUaBytes modify(int subscription, int item) {
        return OpcUaBytes.request(763).u32(subscription).u32(0).u32(1).u32(item).u32(1).f64(100).u8(0, 0, 0).u32(1)
                .u8(1);
    }

    private static OpcUaBytes mode(int subscription, int item) {
        return OpcUaBytes.request(769).u32(subscription).u32(2).u32(1).u32(item);
    }

    private static OpcUaBytes trigger(int subscription, int item, int added, int removed) {
        return OpcUaBytes.request(775).u32(subscription).u32(item).u32(1).u32(added).u32(1).u32(removed);
    }

    @Test
    void whatHoldsForANodeHoldsForTheItemsThatMonitorIt() {
        assertEquals("subscribe .13 " + NODE, ask(monitor(1, NODE, 13)));
        assertEquals("ok", bench.answer(id, monitored(71)));
        assertEquals("subscribe .12 " + OTHER, ask(monitor(1, OTHER, 12)));
        assertEquals("ok", bench.answer(id, monitored(72)));
        assertEquals("subscribe .13 " + NODE, ask(modify(1, 71)));
        assertEquals("subscribe .12 " + OTHER, ask(mode(1, 72)));
        assertEquals("subscribe .13 " + NODE + ", subscribe .12 " + OTHER + ", subscribe .13 ?",
                ask(trigger(1, 71, 72, 99)));
        assertEquals("subscribe .13 ?", ask(modify(2, 71)), "of another subscription");
    }

    @Test
    void itemsThatWereDeletedAreForgotten() {
        ask(monitor(1, NODE, 13));
        bench.answer(id, monitored(71));
        assertEquals("session DeleteMonitoredItemsRequest",
                ask(OpcUaBytes.request(781).u32(1).u32(1).u32(71)));
        assertEquals("subscribe .13 ?", ask(modify(1, 71)));
        ask(monitor(1, NODE, 13));
        bench.answer(id, monitored(71));
        assertEquals("session DeleteSubscriptionsRequest", ask(OpcUaBytes.request(847).u32(1).u32(1)));
        assertEquals("subscribe .13 ?", ask(modify(1, 71)));
    }

    // --- chunks

    @Test
    void aRequestIsJudgedPieceByPieceAndThenAsAWhole() {
        byte[] body = OpcUaBytes.read(NODE, OTHER, "ns=5;i=1").done();
        int half = body.length - 25;
        assertEquals("part: read .13 " + NODE, bench.piece(11, Arrays.copyOf(body, half)));
        assertEquals("read .13 " + NODE + ", read .13 " + OTHER + ", read .13 ?",
                ask(OpcUaBytes.of().raw(Arrays.copyOfRange(body, half, body.length))));
    }

    @Test
    void cutAnywhereIntoChunksARequestSaysTheSame() {
        byte[] body = OpcUaBytes.read(NODE, OTHER, "ns=5;s=something else").done();
        String whole = ask(OpcUaBytes.of().raw(body));
        for (int cut = 8; cut < body.length; cut++) {
            OpcUaBench fresh = OpcUaBench.open(NODE, OTHER);
            assertTrue(fresh.piece(3, Arrays.copyOf(body, cut)).startsWith("part"), "cut at " + cut);
            assertEquals(whole, fresh.ask(3, OpcUaBytes.of().raw(Arrays.copyOfRange(body, cut, body.length))));
        }
    }

    @Test
    void aPieceThatIsRefusedRefusesItsMessage() {
        byte[] body = OpcUaBytes.read(NODE, OTHER).done();
        assertTrue(bench.piece(11, Arrays.copyOf(body, body.length - 10)).startsWith("part: read"));
        bench.dissector.decided(bench.session, false, 5);
        assertEquals(Dissector.PART, bench.see(TO_SERVER, bench.chunk(TO_SERVER, "MSGF", 11,
                Arrays.copyOfRange(body, body.length - 10, body.length))));
        bench.answer(11, OpcUaBytes.response(634).none().none());
        assertEquals(false, bench.dissector.answered(bench.session));
        assertEquals(5, bench.dissector.answeredRule(bench.session));
    }

    // What all connections of a worker may keep is one account: a finished message is off it.
    @Test
    void connectionsThatSentOneLongRequestLeaveRoomForOthers() {
        OpcUaBytes body = OpcUaBytes.request(673).u32(1).node(NODE).u32(13).none().u8(1, 15).bytes(new byte[1 << 20]);
        byte[] bytes = body.done();
        Dissector shared = bench.dissector;
        for (int connection = 0; connection < 100; connection++) {
            OpcUaBench next = new OpcUaBench(shared, NODE);
            next.open();
            int at = 0;
            for (; at + 60_000 < bytes.length; at += 60_000) {
                next.piece(3, Arrays.copyOfRange(bytes, at, at + 60_000));
            }
            assertEquals("write .13 " + NODE + " = ?",
                    next.ask(3, OpcUaBytes.of().raw(Arrays.copyOfRange(bytes, at, bytes.length))),
                    "number " + connection);
        }
    }

    // --- names

    @ParameterizedTest
    @ValueSource(strings = {"i=85", "ns=2;i=85", "ns=2;i=6001", "ns=200;i=7"})
    void aNodeIsTheSameInEveryEncoding(String node) {
        OpcUaBench fresh = OpcUaBench.open(node);
        OpcUaNode parsed = OpcUaNode.of(node);
        for (int form = parsed.namespace() == 0 ? 0 : 1; form <= 2; form++) {
            OpcUaBytes body = OpcUaBytes.request(631).f64(0).u32(2).u32(1).node(node, form).u32(13).none().u16(0)
                    .none();
            assertEquals("read .13 " + node, fresh.ask(3 + form, body), "form " + form);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ns=2;s=Größe", "ns=2;g=72962b91-fa75-4ae6-8d28-b404dc7daf63", "ns=1;b=00ff10",
            "ns=65535;s=x", "ns=3;i=4294967295"})
    void everyKindOfNameIsFound(String node) {
        assertEquals("read .13 " + node + ", read .13 ?",
                OpcUaBench.open(node).ask(3, OpcUaBytes.read(node, "ns=4;s=x")));
    }

    // --- tokens and numbers

    @Test
    void afterARenewalTheOldTokenIsGoodUntilTheNextOne() {
        renew(4);
        assertEquals("read .13 " + NODE, ask(OpcUaBytes.read(NODE)), "the old one");
        bench.token = 4;
        assertEquals("read .13 " + NODE, ask(OpcUaBytes.read(NODE)));
        bench.token = OpcUaBench.TOKEN;
        assertEquals("read .13 " + NODE, ask(OpcUaBytes.read(NODE)));
        renew(5);
        bench.token = OpcUaBench.TOKEN;
        assertEquals("channel-id", ask(OpcUaBytes.read(NODE)), "two renewals ago");
    }

    private void renew(int token) {
        assertEquals("ok", OpcUaBench.word(bench.see(TO_SERVER, bench.openRequest(OpcUaBench.CHANNEL, 1))));
        bench.dissector.decided(bench.session, true, 0);
        assertEquals("ok", OpcUaBench.word(bench.see(TO_CLIENT, bench.openResponse(OpcUaBench.CHANNEL, token))));
    }

    @Test
    void aRenewalIsAnsweredOnceAndOnTheSameChannel() {
        bench.see(TO_SERVER, bench.openRequest(OpcUaBench.CHANNEL, 1));
        assertEquals("channel-id", OpcUaBench.word(bench.see(TO_CLIENT, bench.openResponse(8, 4))));
        bench.sequence[1]--;
        assertEquals("ok", OpcUaBench.word(bench.see(TO_CLIENT, bench.openResponse(OpcUaBench.CHANNEL, 4))));
        assertEquals("unexpected-message",
                OpcUaBench.word(bench.see(TO_CLIENT, bench.openResponse(OpcUaBench.CHANNEL, 5))));
    }

    @Test
    void numbersBeginAgainNearTheirEndOnly() {
        OpcUaBench fresh = new OpcUaBench(NODE);
        fresh.sequence[0] = (int) 4_294_966_271L;
        fresh.open();
        assertEquals("read .13 " + NODE, fresh.ask(1, OpcUaBytes.read(NODE)));
        fresh.sequence[0] = 1_024;
        assertEquals("sequence-number", fresh.ask(2, OpcUaBytes.read(NODE)));
        fresh.sequence[0] = 1_000;
        assertEquals("read .13 " + NODE, fresh.ask(3, OpcUaBytes.read(NODE)));
        fresh.sequence[0] = 5;
        assertEquals("sequence-number", fresh.ask(4, OpcUaBytes.read(NODE)), "twice");
    }

    @Test
    void limitsOfChunksAreThoseOfTheReceiverWhereTheyAreLess() {
        OpcUaBench fresh = new OpcUaBench(Limits.DEFAULT, NODE);
        fresh.see(TO_SERVER, OpcUaBench.hello());
        fresh.see(TO_CLIENT, OpcUaBench.framed("ACKF", OpcUaBytes.of().u32(0).u32(8_192).u32(8_192).u32(0).u32(0)
                .done()));
        byte[] head = OpcUaBytes.of().hex("4d534746").u32(8_193).done();
        assertEquals("frame-length", OpcUaBench.word(fresh.see(TO_SERVER, head)));
        assertEquals("more", OpcUaBench.word(fresh.see(TO_CLIENT, head)), "the client receives more");
    }
}
