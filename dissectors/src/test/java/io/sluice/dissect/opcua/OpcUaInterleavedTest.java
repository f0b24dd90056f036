package io.sluice.dissect.opcua;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.Limits;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Two connections of one worker, whose chunks come in turns: what a worker keeps for a message is that message's. */
class OpcUaInterleavedTest {
    private static final String NODE = "ns=2;i=6001";
    private static final String OTHER = "ns=2;s=Valve.Cmd";

    private final Dissector worker = OpcUa.PROTOCOL.dissector(Limits.DEFAULT);
    private final OpcUaBench one = flow();
    private final OpcUaBench two = flow();

    private OpcUaBench flow() {
        OpcUaBench bench = new OpcUaBench(worker, NODE, OTHER);
        bench.open();
        return bench;
    }

    private static byte[] items(int service, int subscription, String... nodes) {
        OpcUaBytes body = OpcUaBytes.request(service).u32(subscription).u32(0).u32(nodes.length);
        for (String node : nodes) {
            (service == 751 ? body.node(node).u32(13).none().u16(0).none().u32(2) : body.u32(Integer.parseInt(node)))
                    .u32(1).f64(100).u8(0, 0, 0).u32(1).u8(1);
        }
        return body.done();
    }

    private static OpcUaBytes rest(byte[] body, int from) {
        return OpcUaBytes.of().raw(Arrays.copyOfRange(body, from, body.length));
    }

    private static OpcUaBytes created(int item) {
        return OpcUaBytes.response(754).u32(1).u32(0).u32(item).f64(100).u32(1).u8(0, 0, 0).none();
    }

    @Test
    void aSubscriptionOfAChunkedRequestIsThatOfItsOwnConnection() {
        byte[] first = items(751, 1, NODE);
        byte[] second = items(751, 2, OTHER);
        one.piece(3, Arrays.copyOf(first, first.length - 3));
        two.piece(3, Arrays.copyOf(second, second.length - 3));
        assertEquals("subscribe .13 " + NODE, one.ask(3, rest(first, first.length - 3)));
        assertEquals("subscribe .13 " + OTHER, two.ask(3, rest(second, second.length - 3)));
        assertEquals("ok", one.answer(3, created(71)));
        assertEquals("ok", two.answer(3, created(71)));
        assertEquals("subscribe .13 " + NODE, one.ask(4, OpcUaBytes.of().raw(items(763, 1, "71"))));
        assertEquals("subscribe .13 ?", one.ask(5, OpcUaBytes.of().raw(items(763, 2, "71"))));
        assertEquals("subscribe .13 " + OTHER, two.ask(4, OpcUaBytes.of().raw(items(763, 2, "71"))));

        byte[] change = items(763, 1, "70", "71");
        byte[] foreign = items(763, 2, "70", "71");
        assertEquals("part: subscribe .13 ?", one.piece(6, Arrays.copyOf(change, change.length - 3)));
        assertEquals("part: subscribe .13 ?", two.piece(6, Arrays.copyOf(foreign, foreign.length - 3)));
        assertEquals("part: subscribe .13 " + NODE, one.piece(6, rest(change, change.length - 3).done()));
        assertEquals("part: subscribe .13 " + OTHER, two.piece(6, rest(foreign, foreign.length - 3).done()));
    }
}
