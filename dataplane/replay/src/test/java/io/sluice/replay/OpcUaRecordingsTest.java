package io.sluice.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Protocol;
import io.sluice.dissect.Protocols;
import io.sluice.testdata.Captures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The project's own recordings of OPC UA stacks: plain, signed, encrypted and renewed channels, many chunks. */
class OpcUaRecordingsTest {
    /** Messages from clients in several chunks, and those whose bodies are encrypted, as the recordings' notes count. */
    @ParameterizedTest
    @CsvSource({"plain, 0, 0", "chunks, 5, 0", "sign-aes128, 0, 0", "sign-basic256sha256, 0, 0",
            "encrypt-aes128, 0, 78",
            "encrypt-basic256sha256, 0, 110"})
    void everyChunkIsUnderstood(String recording, int assembled, int encrypted) throws Exception {
        Protocol protocol = Protocols.named("opcua").orElseThrow();
        List<String> problems = new ArrayList<>();
        int[] counts = new int[3];
        var capture = Captures.project("testdata/opcua/" + recording + "/capture.pcap");
        new Dissection(Map.of(protocol, 4840)).run(TruthTableTest.source(capture), Progress.NONE, row -> {
            if (row.problem() != null) {
                problems.add(row.frame() + ": " + row.problem().word() + " in " + row.summary());
            }
            Map<String, String> fields = row.fields();
            boolean message = row.request() && "MSG".equals(fields.get("msg_type"));
            counts[0]++;
            counts[1] += message && !fields.getOrDefault("chunks_reassembled", "").isEmpty() ? 1 : 0;
            counts[2] += message && "0".equals(fields.get("body_clear")) ? 1 : 0;
        });
        assertEquals(List.of(), problems);
        assertTrue(counts[0] > 50);
        assertEquals(assembled, counts[1], "requests of several chunks");
        assertEquals(encrypted, counts[2], "encrypted requests");
    }
}
