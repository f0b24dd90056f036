package io.sluice.dissect.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.dissect.Dissector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModbusViewTest {
    // columns: reference number, words, bits, bytes, diagnostic code, MEI type; "." where the message has none
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"fc1_request, 0 . 10 . . .", "fc1_response, . . . 2 . .", "fc2_request, 0 . 8 . . .",
            "fc3_request, 100 2 . . . .", "fc3_response, . . . 4 . .", "fc4_request, 0 1 . . . .",
            "fc5_request, 3 . . . . .", "fc5_response, 3 . . . . .", "fc6_request, 1 . . . . .",
            "fc7_response, . . . . . .", "fc8_0_request, . . . . 0 .", "fc8_10_response, . . . . 10 .",
            "fc11_response, . . . . . .", "fc12_response, . . . 8 . .", "fc15_request, 19 . 10 2 . .",
            "fc15_response, 19 . 10 . . .", "fc16_request, 1 2 . 4 . .", "fc16_response, 1 2 . . . .",
            "fc17_response, . . . . . .", "fc20_request, 262145 2 . 14 . .", "fc20_response, . . . 12 . .",
            "fc21_response, 262151 3 . 13 . .", "fc22_request, 4 . . . . .", "fc23_request, 3 6 . 6 . .",
            "fc23_response, . . . 12 . .", "fc24_request, 1246 . . . . .", "fc24_response, . 2 . . . .",
            "fc43_14_request, . . . . . 14", "fc43_14_response, . . . . . 14", "fc90_stop_plc_request, . . . . . .",
            "fc3_exception_02, . . . . . ."})
    void fieldsForReportsAreReadWhereAMessageHasThem(String name, String columns) {
        ModbusVector vector = ModbusVector.named(name);
        assertEquals(columns, columns(vector.bytes(), vector.bytes().length, vector.direction()));
    }

    // Reports also list messages that were refused: there every accessor must live with any size.
    @Test
    void fieldsForReportsNeverReadOutsideAMessageOfAnySize() {
        for (ModbusVector vector : ModbusVector.all()) {
            for (int size = 0; size <= vector.bytes().length; size++) {
                columns(vector.bytes(), size, Dissector.TO_SERVER);
                columns(vector.bytes(), size, Dissector.TO_CLIENT);
            }
        }
    }

    @Test
    void theHeaderIsReadAsItIs() {
        try (Arena arena = Arena.ofConfined()) {
            ModbusView view = view(arena, ModbusVector.named("fc3_exception_02").bytes(), 9);
            assertEquals(0x2000, view.transaction());
            assertEquals(0, view.protocol());
            assertEquals(3, view.length());
            assertEquals(1, view.unit());
            assertEquals(3, view.function());
            assertEquals(0x83, view.functionByte());
            assertEquals(2, view.exceptionCode());
        }
    }

    private static String columns(byte[] message, int size, int direction) {
        try (Arena arena = Arena.ofConfined()) {
            ModbusView view = view(arena, message, size);
            assertEquals(size == 9 && (message[7] & 0x80) != 0 ? message[8] : ModbusView.ABSENT, view.exceptionCode());
            return "%d %d %d %d %d %d".formatted(view.referenceNumber(direction), view.wordCount(direction),
                    view.bitCount(direction), view.byteCount(direction), view.diagnosticCode(), view.meiType())
                    .replace("-1", ".");
        }
    }

    private static ModbusView view(Arena arena, byte[] message, int size) {
        MemorySegment bytes = arena.allocate(Math.max(1, size), 1);
        MemorySegment.copy(message, 0, bytes, ValueLayout.JAVA_BYTE, 0, size);
        return new ModbusView().wrap(bytes.asSlice(0, size), 0, size);
    }
}
