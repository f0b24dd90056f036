package io.sluice.dissect.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every field of every function, one step outside what V1.1b3 permits. */
class ModbusFieldsTest {
    private final ModbusBench bench = new ModbusBench();

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
            // §6.1, §6.2: 1 to 2000 bits, not beyond 65535
            "01 0000 07d0, ok", "01 0000 07d1, quantity", "01 0000 0000, quantity", "02 ffff 0001, ok",
            "02 ffff 0002, address-range", "02 0000 ffff, quantity", "01 0000 0001 00, length-mismatch",
            "01 0000 00, length-mismatch",
            // §6.3, §6.4: 1 to 125 registers
            "03 0000 007d, ok", "03 0000 007e, quantity", "04 ff83 007d, ok", "04 ff84 007d, address-range",
            "04 0000 0000, quantity",
            // §6.5: only 0x0000 and 0xFF00
            "05 0000 ff00, ok", "05 0000 ff01, coil-value", "05 0000 0001, coil-value", "05 0000 00ff, coil-value",
            "05 0000 ff00 00, length-mismatch",
            // §6.6
            "06 ffff ffff, ok", "06 0000 0000 00, length-mismatch", "06 0000, length-mismatch",
            // §6.7, §6.9, §6.10, §6.13: the code alone
            "07, ok", "07 00, length-mismatch", "0b, ok", "0b 00, length-mismatch", "0c, ok", "0c 00, length-mismatch",
            "11, ok", "11 00, length-mismatch",
            // §6.8
            "08 0000 1234 5678, ok", "08 0000 1234 56, sub-function-data", "08 0000, length-mismatch",
            "08 0001 ff00, ok", "08 0001 0001, sub-function-data", "08 0002 0001, sub-function-data",
            "08 0003 4100, ok", "08 0003 4101, sub-function-data", "08 0004 0000, ok",
            "08 0004 0000 0000, length-mismatch",
            "08 000a 0001, sub-function-data", "08 0014 0000, ok", "08 0015 0003, ok", "08 4242 0102 03, ok",
            // §6.11: 1 to 1968 coils; the count is that of the bytes
            "0f 0000 0008 01 ff, ok", "0f 0000 0000 00, length-mismatch", "0f 0000 0000 01 00, quantity",
            "0f ffff 0002 01 00, address-range", "0f 0000 0008 02 00, byte-count",
            "0f 0000 0009 01 00, length-mismatch",
            "0f 0000 0008 01 ff 00, length-mismatch",
            // §6.12: 1 to 123 registers
            "10 0000 0001 02 0000, ok", "10 0000 0000 02 0000, quantity", "10 0000 007c 02 0000, quantity",
            "10 ffff 0002 04 0000 0000, address-range", "10 0000 0001 04 0000, byte-count",
            "10 0000 0002 02 0000, length-mismatch", "10 0000 0001 02 0000 00, length-mismatch",
            // §6.14: groups of 7, type 6, file not 0, records 0 to 9999, an answer that fits
            "14 07 06 0001 0000 0001, ok", "14 07 05 0001 0000 0001, file-group", "14 07 06 0000 0000 0001, file-group",
            "14 07 06 0001 270f 0001, ok", "14 07 06 0001 270f 0002, file-group", "14 07 06 0001 2710 0001, file-group",
            "14 07 06 0001 0000 0000, file-group", "14 07 06 0001 0000 0079, ok", "14 07 06 0001 0000 007a, file-group",
            "14 07 06 0001 0000 ffff, file-group", "14 08 06 0001 0000 0001, byte-count", "14 00, length-mismatch",
            "14 07 06 0001 0000 0001 00, length-mismatch",
            // §6.15: as above, each group with its data
            "15 09 06 0001 0000 0001 abcd, ok", "15 09 07 0001 0000 0001 abcd, file-group",
            "15 09 06 0000 0000 0001 abcd, file-group", "15 09 06 0001 2710 0001 abcd, file-group",
            "15 09 06 0001 0000 0000 abcd, file-group", "15 09 06 0001 0000 0002 abcd, file-group",
            "15 0b 06 0001 0000 0001 abcd 0600, file-group", "15 08 06 0001 0000 0001 abcd, byte-count",
            "15 07 06 0001 0000 0001, length-mismatch",
            // §6.16
            "16 ffff 0000 ffff, ok", "16 0000 0000, length-mismatch", "16 0000 0000 0000 00, length-mismatch",
            // §6.17: 1 to 125 read, 1 to 121 written
            "17 0000 0001 0000 0001 02 0000, ok", "17 0000 0000 0000 0001 02 0000, quantity",
            "17 0000 007e 0000 0001 02 0000, quantity", "17 ffff 0002 0000 0001 02 0000, address-range",
            "17 0000 0001 0000 0000 02 0000, quantity", "17 0000 0001 0000 007a 02 0000, quantity",
            "17 0000 0001 ffff 0002 04 0000 0000, address-range", "17 0000 0001 0000 0001 04 0000, byte-count",
            "17 0000 0001 0000 0002 02 0000, length-mismatch", "17 0000 0001 0000 0001 00, length-mismatch",
            // §6.18
            "18 04de, ok", "18 04de 00, length-mismatch", "18 04, length-mismatch",
            // §6.21: 1 basic, 2 regular, 3 extended, 4 one object
            "2b 0e 01 00, ok", "2b 0e 04 ff, ok", "2b 0e 00 00, device-identification",
            "2b 0e 05 00, device-identification",
            "2b 0e 01, length-mismatch", "2b 0e 01 00 00, length-mismatch", "2b, length-mismatch", "2b 0d, ok",
            "2b 00 01, ok",
            // no standard says what is in these
            "5a 00 41, ok", "5a 00, length-mismatch", "41, ok", "7f 01 02, ok",
            // §4.1: 1 to 127
            "00 0000 0000, function-code", "80, function-code", "83 02, function-code", "ff, function-code"})
    void aRequestIsRefusedOnlyOutsideItsLimits(String pdu, String expected) {
        assertEquals(expected, ModbusBench.word(bench.request(adu(pdu))));
    }

    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource({"01 0000 000a, 01 02 ffff, ok", "01 0000 000a, 01 02 ff, byte-count",
            "01 0000 000a, 01 03 ffff, byte-count", "01 0000 000a, 01 01 ff, answer-mismatch",
            "01 0000 000a, 01 00, length-mismatch", "03 0000 0002, 03 04 00010002, ok",
            "03 0000 0002, 03 02 0001, answer-mismatch", "03 0000 0002, 03 03 000100, length-mismatch",
            "03 0000 0002, 03 05 00010002, byte-count", "03 0000 0002, 04 04 00010002, answer-mismatch",
            "05 0001 ff00, 05 0001 ff00, ok", "05 0001 ff00, 05 0002 ff00, answer-mismatch",
            "05 0001 ff00, 05 0001 0001, coil-value", "05 0001 ff00, 05 0001 ff00 00, length-mismatch",
            "06 0001 0003, 06 0001 0003, ok", "06 0001 0003, 06 0001 0004, ok",
            "06 0001 0003, 06 0002 0003, answer-mismatch", "06 0001 0003, 06 0001, length-mismatch", "07, 07 6d, ok",
            "07, 07 6d 00, length-mismatch", "08 0000 a537, 08 0000 a537, ok",
            "08 0000 a537, 08 0000 a538, answer-mismatch", "08 0002 0000, 08 0002 1234, ok",
            "08 0002 0000, 08 000b 1234, answer-mismatch", "08 0002 0000, 08 0002 1234 00, length-mismatch",
            // §6.8.1: nothing is ever returned to Force Listen Only Mode, but a device without it says so
            "08 0004 0000, 08 0004 0000, answer-mismatch", "08 0004 0000, 88 01, ok", "0b, 0b ffff 0001, ok",
            "0b, 0b ffff, length-mismatch", "0c, 0c 06 0000 0001 0002, ok", "0c, 0c 05 0000 0001 00, length-mismatch",
            "0c, 0c 07 0000 0001 0002, byte-count", "0f 0000 0008 01 ff, 0f 0000 0008, ok",
            "0f 0000 0008 01 ff, 0f 0000 0009, answer-mismatch", "10 0000 0001 02 0000, 10 0000 0001, ok",
            "10 0000 0001 02 0000, 10 0001 0001, answer-mismatch", "11, 11 03 0a ff 01, ok",
            "11, 11 04 0a ff 01, byte-count",
            "11, 11 00, length-mismatch", "14 07 06 0001 0000 0001, 14 04 03 06 abcd, ok",
            "14 07 06 0001 0000 0001, 14 06 05 06 abcd abcd, answer-mismatch",
            "14 07 06 0001 0000 0001, 14 04 03 05 abcd, file-group",
            "14 07 06 0001 0000 0001, 14 04 05 06 abcd, file-group",
            "14 07 06 0001 0000 0001, 14 05 03 06 abcd, byte-count",
            "15 09 06 0001 0000 0001 abcd, 15 09 06 0001 0000 0001 abcd, ok",
            "15 09 06 0001 0000 0001 abcd, 15 09 06 0001 0000 0001 abce, answer-mismatch",
            "16 0004 00f2 0025, 16 0004 00f2 0025, ok", "16 0004 00f2 0025, 16 0004 00f2 0026, answer-mismatch",
            "17 0000 0001 0000 0001 02 0000, 17 02 0000, ok",
            "17 0000 0001 0000 0001 02 0000, 17 04 0000 0000, answer-mismatch", "18 04de, 18 0004 0001 01b8, ok",
            // §6.18: at most 31, and the count of bytes has 16 bits
            "18 04de, 18 0004 0002 01b8, fifo-count", "18 04de, 18 0006 0001 01b8, byte-count",
            "18 04de, 18 0003 0001 01, length-mismatch", "2b 0e 01 00, 2b 0e 01 81 00 00 01 00 02 4142, ok",
            "2b 0e 01 00, 2b 0e 02 81 00 00 00, answer-mismatch",
            "2b 0e 01 00, 2b 0e 01 04 00 00 00, device-identification",
            "2b 0e 01 00, 2b 0e 01 81 01 00 00, device-identification",
            "2b 0e 01 00, 2b 0e 01 81 00 00 02 00 02 4142, device-identification",
            "2b 0e 01 00, 2b 0e 01 81 00 00 01 00 03 4142, device-identification",
            "2b 0e 01 00, 2b 0e 01 81 00 00 01 00 01 4142, device-identification",
            "2b 0e 01 00, 2b 0e 01 81 00 00, length-mismatch", "2b 0d 01, 2b 0d 99, ok",
            "2b 0d 01, 2b 0e 01 81 00 00 00, answer-mismatch",
            "5a 00 41, 5a 00 fe, ok", "42 01, 42 02 03, ok",
            // §7: 1 to 6, 8, 10, 11, and 7 of old devices
            "03 0000 0002, 83 02, ok", "03 0000 0002, 83 00, exception-code", "03 0000 0002, 83 09, exception-code",
            "03 0000 0002, 83 0b, ok", "03 0000 0002, 83 0c, exception-code", "03 0000 0002, 83 ff, exception-code",
            "03 0000 0002, 83 02 00, length-mismatch", "03 0000 0002, 83, length-mismatch",
            "03 0000 0002, 84 02, answer-mismatch"})
    void anAnswerMustBeWellFormedAndFitItsRequest(String request, String answer, String expected) {
        assertEquals("ok", ModbusBench.word(bench.allowed(adu(request), 1)));
        assertEquals(expected, ModbusBench.word(bench.answer(adu(answer))));
    }

    // The request is not lost with a bad answer: a good one may still come.
    @Test
    void aBadAnswerLeavesItsRequestOutstanding() {
        bench.allowed(adu("03 0000 0002"), 4);
        assertEquals("byte-count", ModbusBench.word(bench.answer(adu("03 05 00010002"))));
        assertEquals("answer-mismatch", ModbusBench.word(bench.answer(adu("03 02 0001"))));
        assertEquals("ok", ModbusBench.word(bench.answer(adu("03 04 00010002"))));
        assertEquals(4, bench.dissector.answeredRule(bench.session));
    }

    private static byte[] adu(String pdu) {
        String hex = pdu.replace(" ", "");
        return HexFormat.of().parseHex("00010000%04x11".formatted(hex.length() / 2 + 1) + hex);
    }
}
