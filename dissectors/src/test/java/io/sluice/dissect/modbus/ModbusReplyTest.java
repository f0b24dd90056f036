package io.sluice.dissect.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.Shortfall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModbusReplyTest {
    private final ModbusBench bench = new ModbusBench();

    // V1.1b3 §7: 01 illegal function, 02 illegal data address, 03 illegal data value
    @ParameterizedTest
    @CsvSource({Shortfall.OPERATION + ", 01", Shortfall.ITEM + ", 02", Shortfall.VALUE + ", 03",
            Shortfall.WINDOW + ", 01", Shortfall.RATE + ", 01", Shortfall.DENIED + ", 01", Shortfall.NONE + ", 01"})
    void theExceptionSaysWhatWasMissing(int shortfall, String code) {
        assertEquals("beef00000003118600".substring(0, 16) + code, refusal("beef00000006110600010003", shortfall));
    }

    @Test
    void theMasterTakesItForTheAnswerToItsRequest() {
        for (ModbusVector vector : ModbusVector.all()) {
            if (vector.isRequest() && vector.expected().equals("ok")) {
                bench.session.reset();
                bench.allowed(vector.bytes(), 1);
                String refusal = refusal(HexFormat.of().formatHex(vector.bytes()), Shortfall.OPERATION);
                assertEquals(Dissector.RESPONSE, bench.answer(refusal), vector.name());
            }
        }
    }

    @Test
    void withoutAFunctionCodeThereIsNothingToAnswer() {
        assertEquals("", refusal("beef0000000611", Shortfall.ITEM));
    }

    private String refusal(String hex, int shortfall) {
        byte[] request = HexFormat.of().parseHex(hex);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(request.length + 3);
            MemorySegment.copy(request, 0, bytes, ValueLayout.JAVA_BYTE, 3, request.length);
            MemorySegment out = arena.allocate(5 + ModbusReply.SIZE);
            int size = bench.dissector.refuse(bytes, 3, request.length, shortfall, out, 5);
            return HexFormat.of().formatHex(out.asSlice(5, size).toArray(ValueLayout.JAVA_BYTE));
        }
    }
}
