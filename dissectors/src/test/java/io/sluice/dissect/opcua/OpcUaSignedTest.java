package io.sluice.dissect.opcua;

import static io.sluice.dissect.Dissector.TO_CLIENT;
import static io.sluice.dissect.Dissector.TO_SERVER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Secured channels hide whether they sign or encrypt, OPC 10000-6 §6.7.4: the first messages show it. */
class OpcUaSignedTest {
    private static final String NODE = "ns=2;i=6001";
    private static final String POLICY = "http://opcfoundation.org/UA/SecurityPolicy#Basic256Sha256";
    private static final byte[] SIGNATURE = new byte[32];
    private static final byte[] CIPHER = OpcUaBytes.of().u64(0x9A8B_7C6D_5E4F_3021L).u64(-2).raw(SIGNATURE).done();

    private final OpcUaBench bench = new OpcUaBench(NODE);

    @BeforeEach
    void open() {
        bench.see(TO_SERVER, OpcUaBench.hello());
        bench.see(TO_CLIENT, OpcUaBench.acknowledge());
        for (int direction : new int[]{TO_SERVER, TO_CLIENT}) {
            int channel = direction == TO_SERVER ? 0 : OpcUaBench.CHANNEL;
            assertEquals("ok", OpcUaBench.word(bench.see(direction, OpcUaBench.framed("OPNF", OpcUaBytes.of()
                    .u32(channel).string(POLICY).none().none().raw(new byte[256]).done()))));
            bench.dissector.decided(bench.session, true, 0);
        }
    }

    private String ask(int id, OpcUaBytes body) {
        return bench.ask(id, body.raw(SIGNATURE));
    }

    private static OpcUaBytes cipher() {
        return OpcUaBytes.of().raw(CIPHER);
    }

    @Test
    void aFirstRequestInClearShowsThatTheChannelOnlySigns() {
        assertEquals("read .13 " + NODE, ask(3, OpcUaBytes.read(NODE)));
        assertEquals(OpcUaMeaning.MODE_SIGN, bench.facts.trait(OpcUaMeaning.MODE));
    }

    @Test
    void aFirstRequestThatMakesNoSenseIsCorrectedByItsAnswer() {
        assertEquals("opaque encrypted ?", ask(3, cipher()));
        assertEquals(OpcUaMeaning.MODE_SIGN_AND_ENCRYPT, bench.facts.trait(OpcUaMeaning.MODE));
        assertEquals("ok", bench.answer(3, OpcUaBytes.response(397).raw(SIGNATURE)));
        assertEquals("read .13 " + NODE, ask(4, OpcUaBytes.read(NODE)));
        assertEquals(OpcUaMeaning.MODE_SIGN, bench.facts.trait(OpcUaMeaning.MODE));
    }

    // Cipher text may look like anything once in a while: only the first answer counts.
    @Test
    void laterAnswersCorrectNothing() {
        ask(3, cipher());
        assertEquals("ok", bench.answer(3, cipher()));
        ask(4, cipher());
        assertEquals("ok", bench.answer(4, OpcUaBytes.response(397).raw(SIGNATURE)));
        assertEquals("opaque encrypted ?", ask(5, OpcUaBytes.read(NODE)));
        assertEquals(OpcUaMeaning.MODE_SIGN_AND_ENCRYPT, bench.facts.trait(OpcUaMeaning.MODE));
    }
}
