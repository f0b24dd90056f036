package io.sluice.testdata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recordings hold what their README says; a new recording must bring a new README. */
class RecordingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"line-3", "pipelined"})
    void checksumsAreFinishedAndNothingIsLost(String recording) {
        Path capture = capture(recording);
        // Offloading left on while recording would leave checksums half done, and every engine would drop the frames.
        assertEquals(List.of(), Tshark.fields(capture,
                "ip.checksum.status == 0 || tcp.checksum.status == 0 || tcp.analysis.lost_segment || ipv6",
                "frame.number"));
    }

    @Test
    void line3HoldsTheRequestsThatItsReadmeLists() {
        Path capture = capture("line-3");
        assertEquals(559, Tshark.fields(capture, "frame", "frame.number").size());
        assertEquals(128, requests(capture, "10.3.1.109"));
        assertEquals(57, requests(capture, "10.3.1.105"));
        assertEquals(4, requests(capture, "10.3.1.77"));
        assertEquals(List.of("90"), Tshark.fields(capture, "frame.number == 373", "modbus.func_code"));
        assertEquals(List.of("118"), Tshark.fields(capture, "frame.number == 303", "modbus.reference_num"));
    }

    @Test
    void pipelinedHoldsAnAnswerForEachOfItsRequests() {
        String all = String.join(",", Tshark.fields(capture("pipelined"), "tcp.srcport == 502 && modbus",
                "mbtcp.trans_id"));
        assertEquals(59, all.split(",", -1).length);
    }

    private static int requests(Path capture, String from) {
        return Tshark.fields(capture, "modbus && tcp.dstport == 502 && ip.src == " + from, "frame.number").size();
    }

    private static Path capture(String recording) {
        return Captures.project("testdata/modbus/" + recording + "/capture.pcap");
    }
}
