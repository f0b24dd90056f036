package io.sluice.dissect.opcua;

import static io.sluice.dissect.Dissector.TO_SERVER;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.dissect.Dissector;
import org.junit.jupiter.api.Test;

class OpcUaUpkeepTest {
    private final OpcUaBench bench = OpcUaBench.open("ns=2;i=6001");

    /** Its number is no node's: with more than 621 nodes in a policy it would have been one of them. */
    @Test
    void aQueryThatGoesOnNamesNoNode() {
        assertEquals("browse ?", bench.ask(3, OpcUaBytes.request(621).u8(0).none()));
    }

    @Test
    void messagesThatAreNoServicesHaveNames() {
        byte[] error = OpcUaBench.framed("ERRF", OpcUaBytes.of().u32(0x8001_0000L).string("over").done());
        assertEquals(Dissector.REQUEST, bench.see(TO_SERVER, error));
        assertEquals("Error", OpcUa.PROTOCOL.vocabulary().describe(bench.facts));
        bench.piece(5, new byte[]{1, 0, 0x77, 2});
        assertEquals(Dissector.REQUEST, bench.see(TO_SERVER, bench.chunk(TO_SERVER, "MSGA", 5, OpcUaBytes.of()
                .u32(0x80B8_0000L).string("aborted").done())));
        assertEquals("Abort", OpcUa.PROTOCOL.vocabulary().describe(bench.facts));
    }
}
