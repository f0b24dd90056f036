package io.sluice.testdata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
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
        List<String> frames = Tshark.fields(capture("line-3"), "frame", "ip.src", "tcp.dstport", "modbus.func_code",
                "modbus.reference_num");
        assertEquals(559, frames.size());
        assertEquals(128, requests(frames, "10.3.1.109"));
        assertEquals(57, requests(frames, "10.3.1.105"));
        assertEquals(4, requests(frames, "10.3.1.77"));
        assertEquals("10.3.1.105|502|90|", frames.get(373 - 1));
        assertEquals("10.3.1.105|502|6|118", frames.get(303 - 1));
    }

    @Test
    void pipelinedHoldsAnAnswerForEachOfItsRequests() {
        String all = String.join(",", Tshark.fields(capture("pipelined"), "tcp.srcport == 502 && modbus",
                "mbtcp.trans_id"));
        assertEquals(59, all.split(",", -1).length);
    }

    private static long requests(List<String> frames, String from) {
        return frames.stream().filter(frame -> frame.matches(Pattern.quote(from) + "\\|502\\|\\d+\\|.*")).count();
    }

    private static Path capture(String recording) {
        return Captures.project("testdata/modbus/" + recording + "/capture.pcap");
    }
}
