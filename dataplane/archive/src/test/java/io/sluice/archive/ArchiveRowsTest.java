package io.sluice.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Protocol;
import io.sluice.dissect.Protocols;
import io.sluice.dissect.Vocabulary.Field;
import io.sluice.engine.Profile;
import io.sluice.replay.CaptureSource;
import io.sluice.replay.Progress;
import io.sluice.replay.Replay;
import io.sluice.testdata.Captures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in the rows. */
class ArchiveRowsTest {
    private static final Pattern LINE = Pattern.compile("\\{\"frame\":(\\d+),(\"message\":(\\d+),)?.*"
            + "\"verdict\":\"(\\w+)\",\"reason\":\"([a-z-]+)\"(,\"rule\":\"([^\"]+)\")?.*");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"modbus/line-3", "modbus/pipelined", "opcua/plain", "opcua/chunks",
            "opcua/sign-basic256sha256"})
    void theyHaveTheVerdictsOfTheDecisionLog(String recording) throws Exception {
        ArchiveFolder.copy(recording, folder.resolve("in/eth1.pcap"));
        Replay.Judge judge = ArchiveFolder.recorded(recording);
        Path log = folder.resolve("log.jsonl");
        new Replay(judge, Profile.OBSERVE, Optional.empty(), new Replay.Outputs(Optional.of(log), Optional.empty()))
                .run(List.<CaptureSource>of(new Capture(folder.resolve("in/eth1.pcap"))), Progress.NONE);
        List<String> logged = Files.readAllLines(log).stream().map(ArchiveRowsTest::decision).toList();
        ArchiveFolder.run(folder.resolve("in"), folder.resolve("out"), judge);
        List<Map<String, Object>> rows = ArchiveFolder.rows(folder.resolve("out"), "eth1");
        List<String> first = rows.stream().filter(r -> !r.containsKey("item") || r.get("item").equals(1L))
                .map(r -> r.get("frame") + " " + r.get("message") + " " + r.get("verdict") + " " + r.get("reason") + " "
                        + r.get("rule"))
                .toList();
        assertTrue(logged.size() > 30, "a recording with " + logged.size() + " verdicts");
        assertEquals(logged, first);
    }

    private static String decision(String line) {
        var matcher = LINE.matcher(line);
        assertTrue(matcher.matches(), line);
        return matcher.group(1) + " " + matcher.group(3) + " " + matcher.group(4) + " " + matcher.group(5) + " "
                + matcher.group(7);
    }

    // README of the recording, frames 288 and 303: `write unit 1 holding 105..106 = 5, 1500`, `118 = 0`, denied by s9.
    @Test
    void whatAWriteWritesIsInColumns() throws Exception {
        ArchiveFolder.copy("modbus/line-3", folder.resolve("in/eth1.pcap"));
        ArchiveFolder.run(folder.resolve("in"), folder.resolve("out"), ArchiveFolder.recorded("modbus/line-3"));
        Map<Long, Map<String, Object>> byFrame = new HashMap<>();
        ArchiveFolder.rows(folder.resolve("out"), "eth1").forEach(r -> byFrame.putIfAbsent((Long) r.get("frame"), r));
        Map<String, Object> two = byFrame.getOrDefault(288L, Map.of());
        assertEquals(List.of("write", true, 1L, "holding", 105L, 2L, "5, 1500", 5.0, 1500.0),
                values(two, "operation", "changes", "unit", "space", "address", "items", "value", "value_low",
                        "value_high"));
        Map<String, Object> trip = byFrame.getOrDefault(303L, Map.of());
        assertEquals(List.of("request", "hmi-3", "ops", "plc-3a", "cell-3", "modbus", 118L, "deny", "denied", "s9",
                "hmi-setpoints", true),
                values(trip, "kind", "from_place", "from_zone", "to_place", "to_zone", "protocol", "address", "verdict",
                        "reason", "rule", "conduit", "decisive"));
    }

    @Test
    void nodesMethodsAndAttributesAreInColumns() throws Exception {
        ArchiveFolder.copy("opcua/plain", folder.resolve("in/eth1.pcap"));
        ArchiveFolder.run(folder.resolve("in"), folder.resolve("out"), ArchiveFolder.recorded("opcua/plain"));
        List<Map<String, Object>> rows = ArchiveFolder.rows(folder.resolve("out"), "eth1");
        Map<String, Set<String>> used = new HashMap<>();
        for (Map<String, Object> row : rows) {
            used.computeIfAbsent(String.valueOf(row.get("operation")), _ -> new HashSet<>()).addAll(row.keySet());
        }
        assertTrue(used.getOrDefault("write", Set.of()).containsAll(Set.of("node", "attribute", "value", "changes")),
                used.toString());
        assertTrue(used.getOrDefault("call", Set.of()).containsAll(Set.of("method", "object")), used.toString());
        assertTrue(rows.stream().anyMatch(r -> Long.valueOf(2).equals(r.get("item"))),
                "a message of several operations");
        // A node that the policy does not know has its name all the same, here one asked for twelve times.
        Map<String, Object> many = rows.stream().filter(r -> "read i=11705 and 11 more".equals(r.get("does")))
                .findFirst().orElse(Map.of());
        assertEquals(List.of("i=11705", "value", 12L), values(many, "node", "attribute", "items"));
    }

    @Test
    void everyFieldOfEveryProtocolHasAColumn() {
        for (Protocol protocol : Protocols.ALL) {
            for (Field field : protocol.vocabulary().fields()) {
                assertEquals(FactColumns.column(field).word(),
                        field.name().equals("file") ? "file_number" : field.name());
            }
        }
    }

    @Test
    void theDocumentNamesTheColumnsAndTheirTypes() throws Exception {
        Pattern line = Pattern.compile("\\| `([a-z_]+)` \\| ([A-Z ]+) \\|.*");
        List<String> documented = new ArrayList<>();
        for (String text : Files.readAllLines(Captures.project("docs/archives.md"))) {
            var matcher = line.matcher(text);
            if (matcher.matches()) {
                documented.add(matcher.group(1) + " " + matcher.group(2));
            }
        }
        assertEquals(Arrays.stream(Column.values()).map(c -> c.word() + " " + c.type().sql())
                .collect(Collectors.toList()), documented);
    }

    private static List<Object> values(Map<String, Object> row, String... names) {
        return Arrays.stream(names).map(name -> row.getOrDefault(name, "nothing")).toList();
    }

    private record Capture(Path file) implements CaptureSource {
        @Override
        public String name() {
            return file.toString();
        }

        @Override
        public io.sluice.capture.CaptureReader open() throws io.sluice.capture.CaptureException {
            return io.sluice.capture.CaptureReader.open(file);
        }
    }
}
