package io.sluice.dissect.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Dissector;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** MODBUS Application Protocol V1.1b3 §6.21, with its own example of an answer. */
class ModbusIdentificationTest {
    private static final String HEAD = "2B0E01010000";

    private static String object(int id, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return String.format("%02X%02X", id, bytes.length) + HexFormat.of().formatHex(bytes);
    }

    private static MemorySegment message(String pdu) {
        byte[] body = HexFormat.of().parseHex(pdu);
        byte[] whole = new byte[7 + body.length];
        whole[5] = (byte) (body.length + 1);
        whole[6] = 9;
        System.arraycopy(body, 0, whole, 7, body.length);
        MemorySegment bytes = Arena.ofAuto().allocate(whole.length);
        MemorySegment.copy(whole, 0, bytes, ValueLayout.JAVA_BYTE, 0, whole.length);
        return bytes;
    }

    private static Map<String, String> of(MemorySegment bytes) {
        return ModbusIdentification.of(Dissector.TO_CLIENT, bytes, 0, (int) bytes.byteSize());
    }

    @Test
    void theObjectsOfAnAnswerAreNamedAsTheStandardNamesThem() {
        MemorySegment bytes = message(HEAD + "03" + object(0, "Company identification") + object(1, "Product code XX")
                + object(2, "V2.11"));
        assertEquals(
                Map.of("vendor_name", "Company identification", "product_code", "Product code XX", "revision", "V2.11"),
                of(bytes));
        assertTrue(Modbus.PROTOCOL.introduces(Dissector.TO_CLIENT, bytes, 0, (int) bytes.byteSize()));
        assertFalse(Modbus.PROTOCOL.introduces(Dissector.TO_SERVER, bytes, 0, (int) bytes.byteSize()));
        assertEquals("unit 9 {vendor_name=Company identification, product_code=Product code XX, revision=V2.11}",
                Modbus.PROTOCOL.columns().introduction(Dissector.TO_CLIENT, bytes, 0, (int) bytes.byteSize()));
    }

    // A vendor's own objects begin at 80h.
    @Test
    void objectsOfTheVendorHaveNumbersAndUnprintableCharactersAreMarked() {
        assertEquals(Map.of("object_128", "a?b"), of(message(HEAD + "01" + object(0x80, "a\u0007b"))));
    }

    // A length that goes beyond the message must not lead the reader there: the segment ends where the message does.
    @Test
    void anObjectThatIsCutIsReadAsFarAsItIsThere() {
        MemorySegment whole = message(HEAD + "02" + object(0, "Vendor") + object(1, "Product"));
        for (int size = 8; size < whole.byteSize(); size++) {
            MemorySegment cut = Arena.ofAuto().allocate(size);
            MemorySegment.copy(whole, 0, cut, 0, size);
            assertTrue("Vendor".startsWith(of(cut).getOrDefault("vendor_name", "")));
        }
    }
}
