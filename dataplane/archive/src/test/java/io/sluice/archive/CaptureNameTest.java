package io.sluice.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which captures are one sensor's, by the names that recorders give. */
class CaptureNameTest {
    @ParameterizedTest
    @CsvSource({
            "eth1.pcap, eth1", "eth1.pcap1, eth1", "eth1.pcap12, eth1", // tcpdump -C 100 -w eth1.pcap
            "eth1.pcap03, eth1", // and with -W 12
            "eth1-20260105-060000.pcap, eth1", "eth1-2026-01-05_06-00-00.pcap.gz, eth1", // tcpdump -G
            "eth1_2026-01-05T06:00:00Z.pcap, eth1", "eth1.2026-01-05T06:00:00.pcap, eth1",
            "tap_00001_20260105060000.pcapng, tap", "tap_00002_20260105070000.pcapng.zst, tap", // dumpcap -b
            "cell-3/eth1_00001.pcap, cell-3/eth1", "2026/01/05/eth1-060000.pcap, eth1",
            "2026-01-05/cell-3/eth1-1767592800.pcap, cell-3/eth1", "log.pcap.1767592800, log", // Suricata
            "plc-3.pcap, plc-3", "line 3.cap, line 3", "20260105-060000.pcap, .", "cell-3/20260105.pcap, cell-3/"})
    void theNameBeforeRotationNumberAndTimeIsTheSensors(String name, String sensor) {
        assertTrue(CaptureName.isCapture(name));
        assertEquals(sensor, CaptureName.sensor(name, Grouping.NAME));
    }

    @ParameterizedTest
    @CsvSource({"a/2026/01/eth1_00001.pcap, a/", "eth1.pcap, ."})
    void orItsFolder(String name, String sensor) {
        assertEquals(sensor, CaptureName.sensor(name, Grouping.FOLDER));
        assertEquals(name, CaptureName.sensor(name, Grouping.FILE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"README", "eth1.pcap.txt", "eth1.pcap.sha256", ".eth1.pcap", "eth1.tar.gz", "rows.jsonl"})
    void otherFilesAreNoCaptures(String name) {
        assertFalse(CaptureName.isCapture(name));
    }
}
