package io.sluice.cli;

import static io.sluice.cli.Shell.sluice;
import static io.sluice.cli.Shell.sluiceReading;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell.Ran;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DissectCommandTest {
    private static final int MESSAGES = 377;

    @TempDir
    Path folder;

    @Test
    void textIsOneLineAMessage() {
        Ran ran = sluice("dissect", Line3.CAPTURE.toString());
        assertEquals(MESSAGES, ran.out().lines().count());
        assertEquals("6.1  2026-11-21T23:35:08.805412477Z  10.3.1.109:34480 -> 10.3.1.10:502  "
                + "request Read Holding Registers, unit 1, 0..19", ran.out().lines().findFirst().orElseThrow());
        assertEquals("", ran.err());
        assertEquals(0, ran.exitCode());
    }

    @Test
    void jsonIsOneObjectAMessage() {
        Ran ran = sluice("dissect", Line3.CAPTURE.toString(), "--format", "json");
        assertEquals(MESSAGES, ran.out().lines().count());
        assertTrue(ran.out().lines().allMatch(l -> l.startsWith("{\"frame\":") && l.endsWith("}")), ran.out());
        assertTrue(ran.out().contains("\"func_code\":23"), "the panel reads and writes in one request");
    }

    // The header is that of the truth tables, so that both can be compared line by line.
    @Test
    void tsvIsATableOfOneProtocol() {
        Ran ran = sluice("dissect", Line3.CAPTURE.toString(), "--format", "tsv");
        assertEquals(2, ran.exitCode());
        assertTrue(ran.err().contains("needs --protocol"), ran.err());
    }

    @Test
    void tsvIsATableWithAHeader() {
        Ran ran = sluice("dissect", Line3.CAPTURE.toString(), "--protocol", "modbus", "--format", "tsv");
        List<String> lines = ran.out().lines().toList();
        assertEquals("frame\ttime_epoch\tip_src\tsport\tip_dst\tdport\ttcp_stream\tpdu_in_frame\tsegments\ttrans_id"
                + "\tproto_id\tlength\tunit_id\tfunc_code\texception_code\tref_num\tword_cnt\tbit_cnt\tbyte_cnt"
                + "\tdiag_code\tmei\tdirection\tmalformed", lines.getFirst());
        assertEquals(MESSAGES + 1, lines.size());
        long columns = lines.getFirst().split("\t", -1).length;
        assertTrue(lines.stream().allMatch(l -> l.split("\t", -1).length == columns));
    }

    @Test
    void aCaptureFromStandardInputOrCompressedGivesTheSame() throws IOException {
        String plain = sluice("dissect", Line3.CAPTURE.toString()).out();
        assertEquals(new Ran(0, plain, ""), sluiceReading(Line3.bytes(), "dissect", "-"));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(Line3.bytes());
        }
        Path file = Files.write(folder.resolve("plant.pcap.gz"), packed.toByteArray());
        assertEquals(new Ran(0, plain, ""), sluice("dissect", file.toString()));
        assertEquals(new Ran(0, plain, ""), sluiceReading(packed.toByteArray(), "dissect", "-"));
    }

    @Test
    void zstdIsReadToo() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Tool.isInstalled("zstd"), "zstd is not installed; `apt install zstd` to compress by it");
        Path file = folder.resolve("plant.pcap.zst");
        Process zstd = new ProcessBuilder("zstd", "-q", Line3.CAPTURE.toString(), "-o", file.toString()).start();
        assertTrue(zstd.waitFor(1, TimeUnit.MINUTES));
        assertEquals(sluice("dissect", Line3.CAPTURE.toString()), sluice("dissect", file.toString()));
    }

    @Test
    void aCaptureThatEndsEarlyIsReadAsFarAsItGoes() throws IOException {
        Path file = Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(Line3.bytes(), 1000));
        Ran ran = sluice("dissect", file.toString());
        assertEquals(4, ran.out().lines().count());
        assertEquals("sluice: " + file
                + ": the file ends inside the header of packet 12; the packets before it were used\n", ran.err());
        assertEquals(0, ran.exitCode());
    }

    @Test
    void anotherPortIsLookedAtWhereAsked() {
        String file = Line3.CAPTURE.toString();
        assertEquals(sluice("dissect", file), sluice("dissect", file, "--port", "502", "--protocol", "modbus"));
        assertEquals(
                new Ran(0, "",
                        "sluice: " + file + ": no messages in 559 packets; looked for modbus on port 1502;"
                                + " give --port N where another port is used\n"),
                sluice("dissect", file, "--protocol", "modbus", "--port", "1502"));
    }

    @Test
    void anUnknownProtocolIsAnsweredByTheKnownOnes() {
        assertEquals(
                new Ran(2, "",
                        "sluice: protocol `dnp3` is not known; there is modbus, opcua\ntry `sluice dissect --help`\n"),
                sluice("dissect", Line3.CAPTURE.toString(), "--protocol", "dnp3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "65536", "502.0", ""})
    void aPortThatIsNoneIsWrongUsage(String port) {
        assertEquals(2, sluice("dissect", Line3.CAPTURE.toString(), "--port=" + port).exitCode());
    }

    // The header of a pcap alone: tcpdump was stopped before anything came.
    @Test
    void aCaptureWithoutPacketsSaysSo() throws IOException {
        Path file = Files.write(folder.resolve("none.pcap"), Arrays.copyOf(Line3.bytes(), 24));
        assertEquals(new Ran(0, "", "sluice: " + file + ": holds no packets; nothing was captured\n"),
                sluice("dissect", file.toString()));
    }

    @Test
    void whatIsNoCaptureIsRefusedWithTheReason() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.pcap"));
        assertRefused(empty + ": is empty; nothing was captured, or the file was not copied completely",
                empty.toString());
        assertRefused(Line3.POLICY + ": is neither pcap nor pcapng (plain, gzip or zstd); it begins with the bytes"
                + " 23 20 54 68", Line3.POLICY.toString());
        assertRefused(folder + ": is a folder; give a capture file in it", folder.toString());
        assertRefused("nowhere.pcap: there is no such file; check the name and the folder", "nowhere.pcap");
        assertRefused("a file's name is empty; give a name, or - for standard input", "");
        assertRefused("`a\0b` cannot be a file's name here; if it has letters beyond ASCII, set LC_ALL=C.UTF-8 and try"
                + " again", "a\0b");
        assertRefused("standard input: is empty; nothing was captured, or the file was not copied completely", "-");
    }

    private static void assertRefused(String sentence, String capture) {
        Ran refused = new Ran(3, "", "sluice: " + sentence + "\n");
        assertEquals(refused, sluice("dissect", capture));
        if (!capture.equals(CaptureArgument.STANDARD_INPUT)) {
            assertEquals(refused, sluice("dissect", capture, "--protocol", "modbus", "--format", "tsv"),
                    "a table without rows is no answer");
        }
    }
}
