package io.sluice.testdata;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModbusTrafficTest {
    private static final ModbusTraffic TRAFFIC = new ModbusTraffic(20_000, 30, 7);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void sameSeedGivesTheSameBytesToFileAndStream() throws IOException {
        Path file = folder.resolve("a.pcap");
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        ModbusTraffic.Summary first = TRAFFIC.write(file);
        assertEquals(first, TRAFFIC.write(stream));
        assertArrayEquals(Files.readAllBytes(file), stream.toByteArray());
    }

    /** Benchmarks of different days and Java versions are comparable only if their traffic is. */
    @Test
    void bytesAreThoseOfTheFirstRelease() throws IOException, NoSuchAlgorithmException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        TRAFFIC.write(stream);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(stream.toByteArray());
        assertEquals("f71c205d7e0d848b97b050a13ac6d325809bc35fbe80100d892a9301ae27ae62",
                HexFormat.of().formatHex(digest));
    }

    @Test
    void anotherSeedGivesOtherBytes() throws IOException {
        ByteArrayOutputStream one = new ByteArrayOutputStream();
        ByteArrayOutputStream other = new ByteArrayOutputStream();
        new ModbusTraffic(100, 5, 1).write(one);
        new ModbusTraffic(100, 5, 2).write(other);
        assertFalse(Arrays.equals(one.toByteArray(), other.toByteArray()));
    }

    @Test
    void givesExactlyThePacketsAskedForAndTimesNeverGoBack() throws IOException {
        long[] seen = new long[2];
        TRAFFIC.generate((nanoseconds, bytes, length) -> {
            assertTrue(nanoseconds >= seen[0]);
            assertTrue(length >= 60 && length <= 1514, () -> "length " + length);
            seen[0] = nanoseconds;
            seen[1]++;
        });
        assertEquals(20_000, seen[1]);
    }

    @Test
    void oneRequestInHundredIsAboveTheLimitThatThePolicySets() throws IOException {
        long[] found = new long[1];
        ModbusTraffic.Summary summary = new ModbusTraffic(100_000, 3)
                .generate((nanoseconds, bytes, length) -> found[0] += writesAboveLimit(bytes) ? 1 : 0);
        assertEquals(found[0], summary.refusals());
        double share = (double) summary.refusals() / summary.requests();
        assertTrue(share > 0.007 && share < 0.013, () -> "share " + share);
    }

    /** One run over all frames, since starting the decoder takes longer than the decoding. */
    @Test
    void independentDecoderFindsNothingWrongAndReadsEveryPayload() throws IOException {
        Tshark.require();
        Path file = folder.resolve("traffic.pcap");
        TRAFFIC.write(file);
        List<String[]> frames = Tshark.fields(file, "frame", "frame.number", "_ws.malformed", "tcp.analysis.flags",
                "ip.checksum.status", "tcp.checksum.status", "tcp.flags", "tcp.len", "modbus.func_code",
                "modbus.request_frame", "modbus.exception_code", "tcp.srcport").stream()
                .map(line -> line.split("\\|", -1))
                .toList();
        assertEquals(20_000, frames.size());
        Set<String> functions = new TreeSet<>();
        Map<String, Integer> flags = new HashMap<>();
        for (String[] frame : frames) {
            String where = "frame " + frame[0];
            assertEquals("", frame[1] + frame[2], where);
            assertEquals("1 1", frame[3] + " " + frame[4], () -> "checksums of " + where);
            assertEquals(frame[6].equals("0"), frame[7].isEmpty(), where);
            // Wireshark pairs answers by transaction, unit and function; exceptions it leaves alone.
            boolean answer = frame[10].equals("502") && !frame[7].isEmpty() && frame[9].isEmpty();
            assertEquals(answer, !frame[8].isEmpty(), where);
            functions.add(frame[7]);
            flags.merge(frame[5], 1, Integer::sum);
        }
        assertEquals(Set.of("", "1", "2", "3", "4", "5", "6", "15", "16", "23", "43"), functions);
        assertTrue(flags.getOrDefault("0x0002", 0) > 30, () -> "connections opened again: " + flags);
        assertTrue(flags.containsKey("0x0011") && flags.containsKey("0x0014"), () -> "FIN and RST: " + flags);
        assertTrue(flags.getOrDefault("0x0010", 0) > 1000, () -> "acknowledgments alone: " + flags);
    }

    @Test
    void policyNamesEveryHostOfTheTraffic() throws IOException {
        String policy = TRAFFIC.policy();
        TRAFFIC.generate((nanoseconds, bytes, length) -> {
            String source = (bytes[26] & 0xFF) + "." + bytes[27] + "." + bytes[28] + "." + (bytes[29] & 0xFF);
            assertTrue(policy.contains("address: " + source + "}"), () -> source + " is missing in\n" + policy);
        });
    }

    @Test
    void impossibleNumbersAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ModbusTraffic(0, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new ModbusTraffic(1, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new ModbusTraffic(1, 200_001, 1));
    }

    /** Counted from the bytes alone: a request of function 6, 16 or 23 with a value above 1500. */
    private static boolean writesAboveLimit(byte[] frame) {
        int tcp = 34;
        int pdu = tcp + (frame[tcp + 12] >> 4 & 0xF) * 4 + 7;
        boolean request = Wire.u16(frame, tcp + 2) == 502 && Wire.u16(frame, 16) > pdu - 14;
        return request && switch (frame[pdu]) {
            case 6 -> Wire.u16(frame, pdu + 3) > 1500;
            case 16 -> anyAbove(frame, pdu + 6, Wire.u16(frame, pdu + 3));
            case 23 -> anyAbove(frame, pdu + 10, Wire.u16(frame, pdu + 7));
            default -> false;
        };
    }

    private static boolean anyAbove(byte[] frame, int at, int count) {
        for (int i = 0; i < count; i++) {
            if (Wire.u16(frame, at + 2 * i) > 1500) {
                return true;
            }
        }
        return false;
    }
}
