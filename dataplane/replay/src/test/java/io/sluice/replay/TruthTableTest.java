package io.sluice.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.capture.CaptureReader;
import io.sluice.dissect.Protocol;
import io.sluice.dissect.Protocols;
import io.sluice.replay.DissectionWriter.Form;
import io.sluice.testdata.Captures;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every capture of the collection against the truth table that tshark made of it. Every row must be equal but
 * for the differences named in {@link KnownDifferences}, each with its reason.
 */
class TruthTableTest {
    /** Columns that have no meaning where the truth was made from another rendering of the same streams. */
    private static final List<String> FRAME_COLUMNS = List.of("frame", "time_epoch", "tcp_stream", "pdu_in_frame",
            "segments", "ip_src", "sport", "ip_dst", "dport");

    @ParameterizedTest
    @CsvSource({"modbus, 20000", "opcua, 2300"})
    void everyRowOfEveryTruthTableIsFound(String protocol, int fewest) throws Exception {
        int compared = 0;
        int equal = 0;
        List<String> unexplained = new ArrayList<>();
        Map<String, Integer> explained = new TreeMap<>();
        for (TruthTable truth : TruthTable.all(protocol)) {
            List<Map<String, String>> ours = dissect(truth);
            RowComparison comparison = RowComparison.of(truth, ours, truth.framesApply() ? List.of() : FRAME_COLUMNS);
            compared += comparison.compared();
            equal += comparison.equal();
            System.out.printf("truth table %-62s rows %5d, equal %5d%n", truth.name(), comparison.compared(),
                    comparison.equal());
            for (RowComparison.Difference difference : comparison.differences()) {
                String reason = KnownDifferences.reason(truth, difference);
                if (reason.isEmpty()) {
                    unexplained.add(truth.name() + ": " + difference);
                } else {
                    explained.merge(reason, 1, Integer::sum);
                }
            }
        }
        System.out.printf("truth tables of %s: %d rows compared, %d equal%n", protocol, compared, equal);
        explained.forEach((reason, count) -> System.out.printf("difference, %d rows: %s%n", count, reason));
        unexplained.stream().limit(60).forEach(line -> System.out.println("UNEXPLAINED " + line));
        assertTrue(compared > fewest, "too few rows compared: " + compared);
        assertEquals(List.of(), unexplained.stream().limit(20).toList());
    }

    private static List<Map<String, String>> dissect(TruthTable truth) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DissectionWriter writer = new DissectionWriter(new PrintStream(bytes, false, StandardCharsets.UTF_8), Form.TSV);
        Protocol protocol = Protocols.named(truth.protocol()).orElseThrow();
        writer.header(protocol.columns());
        List<String> problems = new ArrayList<>();
        new Dissection(Map.of(protocol, truth.port())).run(source(truth.capture()), Progress.NONE, row -> {
            writer.write(row);
            problems.add(row.problem() == null ? "" : row.problem().word());
        });
        List<Map<String, String>> parsed = TruthTable.parse(bytes.toString(StandardCharsets.UTF_8).lines().toList());
        for (int i = 0; i < parsed.size(); i++) {
            parsed.get(i).put("problem", problems.get(i));
        }
        return parsed;
    }

    static CaptureSource source(Path file) {
        return new CaptureSource() {
            @Override
            public String name() {
                return file.toString();
            }

            @Override
            public CaptureReader open() throws io.sluice.capture.CaptureException {
                return CaptureReader.open(file);
            }
        };
    }

    @Test
    void theTablesAreReadAsTheyAre() throws Exception {
        Path table = Captures.require("modbus/zeek__fuzz-1011.modbus.tsv");
        assertEquals(4, TruthTable.parse(Files.readAllLines(table)).size());
    }
}
