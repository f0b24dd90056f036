package io.sluice.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.engine.Profile;
import io.sluice.replay.Report.TalkerRow;
import io.sluice.replay.ReportWriter.Form;
import io.sluice.testdata.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The recordings under their policies, against what is kept beside them and what their README says. */
class RecordingsReplayTest {
    private static final String RATE = "its rate is used up";
    private static final String VALUE = "outside the permitted values";
    private static final String ADDRESS = "outside the permitted addresses";
    private static final String OPERATION = "no rule permits this operation here";

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"modbus/line-3", "modbus/pipelined", "opcua/plain", "opcua/chunks",
            "opcua/sign-basic256sha256", "opcua/sign-aes128", "opcua/encrypt-basic256sha256", "opcua/encrypt-aes128"})
    void theReportIsTheOneKept(String recording) throws Exception {
        Report report = Recordings.replay(recording, Profile.OBSERVE);
        String text = Recordings.written(report, Form.TEXT);
        Golden.check("testdata/" + recording + "/expected.txt", text);
        assertTrue(text.lines().allMatch(line -> line.length() <= TextTable.WIDTH), "a line is too long");
    }

    @Test
    void theDecisionLogIsTheOneKept() throws Exception {
        Path log = folder.resolve("log");
        Recordings.replay("modbus/pipelined", Profile.OBSERVE, log);
        Golden.check("testdata/modbus/pipelined/expected.log.jsonl", Files.readString(log));
    }

    // Nothing may depend on the run: journals and tests compare bytes.
    @ParameterizedTest
    @ValueSource(strings = {"modbus/line-3", "modbus/pipelined", "opcua/plain", "opcua/chunks",
            "opcua/sign-basic256sha256", "opcua/sign-aes128", "opcua/encrypt-basic256sha256", "opcua/encrypt-aes128"})
    void twoRunsGiveTheSameBytes(String recording) throws Exception {
        for (Profile profile : Profile.values()) {
            Path first = folder.resolve("first");
            Path second = folder.resolve("second");
            Report one = Recordings.replay(recording, profile, first);
            Report other = Recordings.replay(recording, profile, second);
            assertEquals(one, other);
            for (Form form : Form.values()) {
                assertEquals(Recordings.written(one, form), Recordings.written(other, form));
            }
            assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
        }
    }

    @Test
    void line3DeniesTheRequestsThatItsReadmeNames() throws Exception {
        Map<Long, String> expected = new TreeMap<>();
        deny(expected, OPERATION, 127, 130, 132, 134);
        deny(expected, RATE, IntStream.rangeClosed(0, 19).map(i -> 218 + 2 * i).toArray());
        deny(expected, VALUE, 291, 294, 309, 330);
        deny(expected, ADDRESS, 297, 300, 312, 324, 327);
        deny(expected, "s9", 303, 306, 315);
        deny(expected, "its window is closed", 318, 321);
        deny(expected, RATE, 338, 340, 342);
        deny(expected, "no rule permits this function", 352, 355, 373);
        deny(expected, OPERATION, 363);
        assertEquals(45, expected.size(), "the other 4 of 49 are the laptop's, whose flow has no conduit");

        assertEquals(expected, Recordings.denied(requests("modbus/line-3")));
    }

    @Test
    void line3AllowsTheOthersAndShowsTheLaptopAsWithoutAConduit() throws Exception {
        Report report = Recordings.replay("modbus/line-3", Profile.OBSERVE);
        assertEquals(140, report.totals().allowedRequests());
        assertEquals(45, report.totals().deniedRequests());
        assertEquals(List.of(new TalkerRow("10.3.1.77", "10.3.1.10", "tcp port 502", "?", "plc-3a", "no conduit", 1, 19,
                1383, 383, 401)), report.unclassified());
        assertEquals(List.of(), report.anomalies());
    }

    // Requests are told apart by their transaction number, which counts from 1 in this recording.
    @Test
    void pipelinedDeniesTheRequestsThatItsReadmeNames() throws Exception {
        List<Map<String, Object>> requests = requests("modbus/pipelined");
        assertEquals(59, requests.size());
        List<String> denied = new ArrayList<>();
        for (int i = 0; i < requests.size(); i++) {
            Map<String, Object> line = requests.get(i);
            if ("deny".equals(line.get("verdict"))) {
                denied.add((i + 1) + " " + line.getOrDefault("rule", line.get("detail")));
            }
        }
        assertEquals(List.of("7 " + VALUE, "9 s9", "12 s9", "44 " + VALUE, "45 " + VALUE, "47 s9", "48 s9", "49 s9",
                "55 " + VALUE, "58 s9"), denied);
    }

    private static void deny(Map<Long, String> expected, String why, int... frames) {
        for (int frame : frames) {
            expected.put((long) frame, why);
        }
    }

    private List<Map<String, Object>> requests(String recording) throws Exception {
        return Recordings.requests(recording, Recordings.capture(recording), folder.resolve("requests"));
    }
}
