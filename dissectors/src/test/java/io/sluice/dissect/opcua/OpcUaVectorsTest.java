package io.sluice.dissect.opcua;

import static io.sluice.dissect.Dissector.TO_CLIENT;
import static io.sluice.dissect.Dissector.TO_SERVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.Malformed;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpcUaVectorsTest {
    private static final String[] NODES = {"i=85", "i=84", "i=2253", "i=11492", "ns=2;i=6001", "ns=2;i=6002",
            "ns=2;i=6003", "ns=2;s=Valve.Cmd", "ns=3;s=Tank.Level"};

    static List<OpcUaVector> vectors() {
        return OpcUaVector.all();
    }

    /** A connection at the point at which the message may come. */
    private static OpcUaBench ready(OpcUaVector vector) {
        OpcUaBench bench = new OpcUaBench(NODES);
        switch (vector.name()) {
            case "HEL", "RHE" -> {
            }
            case "ACK" -> bench.see(TO_SERVER, OpcUaBench.hello());
            case "OPN_request_None" -> {
                bench.see(TO_SERVER, OpcUaBench.hello());
                bench.see(TO_CLIENT, OpcUaBench.acknowledge());
            }
            case "MSG_chunk_F" -> {
                bench.open();
                bench.see(TO_SERVER, OpcUaVector.named("MSG_chunk_C").bytes(bench.sequence[0]++));
            }
            default -> bench.open();
        }
        return bench;
    }

    private static int direction(OpcUaVector vector) {
        return List.of("ACK", "ERR", "RHE").contains(vector.name()) ? TO_CLIENT : TO_SERVER;
    }

    @Test
    void thereAreMessagesOfEveryKind() {
        assertEquals(33, vectors().size());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void eachMessageIsUnderstoodOrRefusedForItsReason(OpcUaVector vector) {
        OpcUaBench bench = ready(vector);
        int outcome = bench.see(direction(vector), vector.bytes(bench.sequence[0]));
        assertEquals(vector.expected(), OpcUaBench.word(outcome));
        if (outcome >= 0) {
            assertEquals(vector.said(), bench.said);
        }
    }

    // Each cut lies in a segment that ends with it, so that any read beyond it throws.
    @ParameterizedTest
    @MethodSource("vectors")
    void cutAtAnyByteAMessageIsNeverRefusedForAnotherReasonThanWhole(OpcUaVector vector) {
        byte[] bytes = vector.bytes(2);
        for (int cut = 0; cut < bytes.length; cut++) {
            int outcome = ready(vector).see(direction(vector), Arrays.copyOf(bytes, cut), cut);
            if (outcome < 0) {
                assertEquals(vector.expected(), Malformed.of(outcome).word(), "cut at " + cut);
            } else {
                assertTrue(outcome == Dissector.PARTIAL, "a verdict without the last byte, cut at " + cut);
            }
        }
    }
}
