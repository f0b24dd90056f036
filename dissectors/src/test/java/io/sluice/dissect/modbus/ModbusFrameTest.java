package io.sluice.dissect.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.Limits;
import io.sluice.dissect.Malformed;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModbusFrameTest {
    private final ModbusBench bench = new ModbusBench();

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({"'', 0", "0001, 0", "00010000, 0", "0001000000, 0", "000100000002, 8", "0001000000fe, 260",
            "00010000000601, 12",
            // a length above 254 is possible only for function 90: that takes the eighth byte to know
            "0001000000ff, 0", "0001000000ff01, 0", "0001000000ff015a, 261", "00010000040001 5a, 1030",
            "000100000 5dc015a, 1506"})
    void aFrameEndsWhereItsLengthSays(String hex, int size) {
        assertEquals(size, frame(hex));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({"00010001, protocol-id", "0001ff00, protocol-id", "000100000000, frame-length",
            "000100000001, frame-length", "0001000000ff0103, frame-length", "0001000000ff01da, frame-length",
            "0001000005dd, frame-length", "00010000ffff, frame-length"})
    void whatCannotBeAFrameIsRefusedAtTheFirstByteThatTells(String hex, String reason) {
        assertEquals(reason, Malformed.of(frame(hex)).word());
        assertEquals(Dissector.NEED_MORE, frame(hex.substring(0, hex.length() - 2)));
    }

    @Test
    void theLongestUmasFrameIsALimit() {
        ModbusBench narrow = new ModbusBench(new Limits(16, 300, Limits.OpcUaLimits.DEFAULT));
        assertEquals(306, frame(narrow, "00010000012c015a"));
        assertEquals("frame-length", Malformed.of(frame(narrow, "00010000012d015a")).word());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({"read one register, 010300640001", "write a register, 110600010003", "exception status, 0107",
            "write registers, 011000640001020001", "write registers answered, 011000640001",
            "read answered, 0103020007",
            "mask write, 0116000400f20025", "read and write, 01170003000600 0e000306 00ff00ff00ff",
            "fifo, 011804de", "identification, 012b0e0100", "server id, 0111", "file, 01140706 0001 0000 0001",
            "exception, 018302"})
    void rtuFramesInTcpAreNamed(String what, String hex) {
        String rtu = hex.replace(" ", "");
        byte[] frame = HexFormat.of().parseHex(rtu);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(frame.length);
            MemorySegment.copy(frame, 0, bytes, ValueLayout.JAVA_BYTE, 0, frame.length);
            int crc = ModbusStranger.crc(bytes, 0, frame.length);
            String whole = rtu + "%02x%02x".formatted(crc & 0xFF, crc >> 8);
            assertEquals("rtu-over-tcp", Malformed.of(frame(whole)).word());
            String broken = rtu + "%02x%02x".formatted((crc & 0xFF) ^ 1, crc >> 8);
            assertNotEquals("rtu-over-tcp", Malformed.of(frame(broken)).word(), "with a wrong CRC");
        }
    }

    // Serial Line V1.02 §6.2.2 and every RTU example in circulation: 01 03 00 00 00 0A has the CRC C5 CD.
    @Test
    void theCommonestRtuRequestLooksLikeMbapAndIsNamedAllTheSame() {
        assertEquals(16, frame("01030000000ac5cd"));
        assertEquals("rtu-over-tcp", ModbusBench.word(bench.request("01030000000ac5cd")));
    }

    @Test
    void asciiFramesAndTlsAreNamed() {
        byte[] ascii = ":010300000001FB\r\n".getBytes(StandardCharsets.US_ASCII);
        assertEquals("ascii-over-tcp", Malformed.of(frame(HexFormat.of().formatHex(ascii))).word());
        assertEquals("tls", Malformed.of(frame("16030100c8010000")).word());
        assertEquals("protocol-id", Malformed.of(frame("474554202f20485454502f312e31")).word());
    }

    @Test
    void aFrameThatStartsInsideTheWindowIsFoundThere() {
        byte[] two = HexFormat.of()
                .parseHex("1005000000060105 0003ff00".replace(" ", "") + "100700000002 0107".replace(" ", ""));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(two.length);
            MemorySegment.copy(two, 0, bytes, ValueLayout.JAVA_BYTE, 0, two.length);
            assertEquals(12, bench.dissector.frame(bench.session, Dissector.TO_SERVER, bytes, 0, two.length));
            assertEquals(8, bench.dissector.frame(bench.session, Dissector.TO_SERVER, bytes, 12, 8));
            assertEquals(Dissector.REQUEST, bench.dissector.inspect(bench.session, Dissector.TO_SERVER, bytes, 0, 12,
                    two.length, bench.facts));
            assertEquals("write unit 1 coil 3 = 1", bench.words());
            assertEquals(Dissector.REQUEST,
                    bench.dissector.inspect(bench.session, Dissector.TO_SERVER, bytes, 12, 8, 8, bench.facts));
            assertEquals("read unit 1", bench.words());
        }
    }

    private int frame(String hex) {
        return frame(bench, hex);
    }

    private static int frame(ModbusBench bench, String hex) {
        byte[] message = HexFormat.of().parseHex(hex.replace(" ", ""));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(Math.max(1, message.length), 1);
            MemorySegment.copy(message, 0, bytes, ValueLayout.JAVA_BYTE, 0, message.length);
            return bench.dissector.frame(bench.session, Dissector.TO_SERVER, bytes.asSlice(0, message.length), 0,
                    message.length);
        }
    }
}
