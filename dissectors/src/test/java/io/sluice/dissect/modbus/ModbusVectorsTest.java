package io.sluice.dissect.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.Malformed;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModbusVectorsTest {
    static List<ModbusVector> vectors() {
        return ModbusVector.all();
    }

    @Test
    void thereAreRequestsAndAnswersOfEveryFunction() {
        assertEquals(59, vectors().size());
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void eachMessageIsAcceptedOrRefusedForItsReason(ModbusVector vector) {
        ModbusBench bench = new ModbusBench();
        if (!vector.isRequest()) {
            bench.allowed(vector.request().bytes(), 7);
        }
        int outcome = bench.see(vector.direction(), vector.bytes());
        assertEquals(vector.expected(), ModbusBench.word(outcome));
        if (vector.expected().equals("ok")) {
            assertEquals(vector.isRequest() ? Dissector.REQUEST : Dissector.RESPONSE, outcome);
        }
    }

    // Each cut lies in a segment that ends with it, so that any read beyond it throws.
    @ParameterizedTest
    @MethodSource("vectors")
    void cutAtAnyByteAMessageIsNeverRefusedForAnotherReasonThanWhole(ModbusVector vector) {
        for (int cut = 0; cut < vector.bytes().length; cut++) {
            ModbusBench bench = new ModbusBench();
            if (!vector.isRequest()) {
                bench.allowed(vector.request().bytes(), 7);
            }
            int outcome = bench.see(vector.direction(), Arrays.copyOf(vector.bytes(), cut), cut);
            if (outcome < 0) {
                assertEquals(vector.expected(), Malformed.of(outcome).word(), "cut at " + cut);
            } else {
                assertTrue(outcome == Dissector.PARTIAL, "a verdict without the last byte, cut at " + cut);
            }
        }
    }
}
