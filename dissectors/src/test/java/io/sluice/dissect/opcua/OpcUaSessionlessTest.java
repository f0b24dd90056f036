package io.sluice.dissect.opcua;

import static io.sluice.dissect.Dissector.TO_SERVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Facts;
import io.sluice.dissect.opcua.OpcUaServices.Service;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are wrapped in SessionlessInvoke, OPC 10000-4 §6.3. */
class OpcUaSessionlessTest {
    private static final String NODE = "ns=2;i=6001";
    private static final String SESSIONLESS = "service SessionlessInvokeRequest";

    private final OpcUaBench bench = OpcUaBench.open(NODE);

    /** Up to the ServiceId. */
    private static OpcUaBytes wrapper(int service, String... namespaces) {
        OpcUaBytes body = OpcUaBytes.of().u8(1, 0).u16(15_903).u32(7).u32(namespaces.length);
        for (String namespace : namespaces) {
            body.string(namespace);
        }
        return body.none().u32(1).string("en").u32(service);
    }

    private static OpcUaBytes write(OpcUaBytes wrapper) {
        return wrapper.header("i=0").u32(1).node(NODE).u32(13).none().u8(1, 1, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {671, 673})
    void whatIsWrappedIsToldBesideTheService(int service) {
        assertEquals(SESSIONLESS + ", write .13 " + NODE + " = [1.0]", bench.ask(3, write(wrapper(service))));
    }

    @Test
    void aNodeOfNamespacesThatTheMessageNumbersItselfCannotBeTold() {
        assertEquals(SESSIONLESS + ", write .13 ? = [1.0]", bench.ask(3, write(wrapper(671, "urn:a", "urn:b"))));
        assertEquals(Facts.UNTOLD, bench.facts.low(1));
        OpcUaBytes call = wrapper(712, "urn:a").header().u32(1).node(NODE).node("i=85").none();
        assertEquals(SESSIONLESS + ", call ? on ?", bench.ask(4, call));
        assertEquals(Facts.UNTOLD, bench.facts.low(1));
        assertEquals(Facts.UNTOLD, bench.facts.extra(1));
        assertEquals("write .13 " + NODE + " = [1.0]", bench.ask(5, OpcUaBytes.write(NODE, "0101")), "nor later");
    }

    @Test
    void whatCannotBeReadIsOpaque() {
        OpcUaBytes[] bodies = {wrapper(999_999).header(), wrapper(673), wrapper(634).header(),
                write(wrapper(673)).u8(0), OpcUaBytes.of().u8(1, 0).u16(15_903).raw(new byte[3]),
                wrapper(673).header().u32(1).node(NODE).u32(13).none().u8(1, 1)};
        for (int i = 0; i < bodies.length; i++) {
            assertEquals("opaque " + SESSIONLESS, bench.ask(3 + i, bodies[i]), "number " + i);
        }
    }

    @Test
    void soIsWhatNeedsASession() {
        assertEquals("opaque " + SESSIONLESS, bench.ask(3, wrapper(560).header().u32(1).node(NODE)));
        assertEquals("opaque " + SESSIONLESS, bench.ask(4, wrapper(473).header().u8(1)));
    }

    @ParameterizedTest
    @ValueSource(ints = {15_901, 15_903})
    void itDoesNotWrapItself(int service) {
        assertEquals("nesting", bench.ask(3, wrapper(service).header()));
    }

    @Test
    void howeverItArrivesItSaysTheSameInTheEnd() {
        byte[] body = write(wrapper(671)).done();
        assertEquals("part: opaque " + SESSIONLESS, bench.piece(3, Arrays.copyOf(body, 60)));
        assertEquals("part", bench.piece(3, Arrays.copyOfRange(body, 60, 65)));
        assertEquals(SESSIONLESS + ", write .13 " + NODE + " = [1.0]",
                bench.ask(3, OpcUaBytes.of().raw(Arrays.copyOfRange(body, 65, body.length))));
        byte[] chunk = bench.chunk(TO_SERVER, "MSGF", 4, body);
        for (int cut = OpcUaView.BODY + 8; cut < chunk.length; cut++) {
            assertEquals("more", OpcUaBench.word(bench.see(TO_SERVER, chunk, cut)));
            assertEquals("opaque " + SESSIONLESS, bench.said, "cut at " + cut);
        }
    }

    @Test
    void noNumberIsThatOfARequestAndOfTheTypeOfAnother() {
        for (Service service : OpcUaServices.ALL) {
            int typed = OpcUaServices.find(service.request() + 2);
            assertTrue(typed == OpcUaServices.UNKNOWN || !OpcUaServices.isRequest(typed, service.request() + 2),
                    service.name());
        }
    }
}
