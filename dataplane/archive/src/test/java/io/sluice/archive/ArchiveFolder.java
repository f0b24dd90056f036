package io.sluice.archive;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.engine.Profile;
import io.sluice.replay.Replay.Judge;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.testdata.Captures;
import io.sluice.testdata.ModbusTraffic;
import io.sluice.testdata.RotatedCaptures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Folders of captures for tests, and what runs over them wrote. */
final class ArchiveFolder {
    private ArchiveFolder() {}

    static Judge judge(String yaml) throws Exception {
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(yaml.getBytes(StandardCharsets.UTF_8)));
        var read = assertInstanceOf(PolicyReader.Result.Read.class, PolicyReader.read("policy.yaml", yaml));
        var compiled = assertInstanceOf(PolicyCompiler.Result.Compiled.class,
                PolicyCompiler.compile(read.policy(), hash));
        return new Judge(read.policy(), compiled.policy(), List.of());
    }

    /** The policy of a bundled recording, such as {@code modbus/line-3}. */
    static Judge recorded(String recording) throws Exception {
        return judge(Files.readString(Captures.project("testdata/" + recording + "/policy.yaml")));
    }

    static void copy(String recording, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.copy(Captures.project("testdata/" + recording + "/capture.pcap"), file);
    }

    /** Generated traffic as a recorder rotates it. */
    static void rotated(ModbusTraffic traffic, Path folder, String prefix, int packetsEach) throws IOException {
        try (RotatedCaptures captures = new RotatedCaptures(folder, prefix, packetsEach)) {
            traffic.generate(captures);
        }
    }

    static ArchiveSettings settings(Path folder, Path out, Judge judge, RowForm form, int workers) {
        return new ArchiveSettings(folder, out, judge, Profile.OBSERVE, Grouping.NAME, form, workers, 1 << 20, "test");
    }

    static ArchiveSummary run(ArchiveSettings settings) throws IOException, ArchiveException {
        return new Archive(settings).run(_ -> {
        });
    }

    /** Judges a folder into JSON lines. */
    static ArchiveSummary run(Path folder, Path out, Judge judge) throws IOException, ArchiveException {
        return run(settings(folder, out, judge, RowForm.JSON, 2));
    }

    /** The texts of all files of a kind, by their names. */
    static Map<String, String> files(Path out, String kind) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(out.resolve(kind))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(out.resolve(kind).relativize(file).toString(),
                        Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return texts;
    }

    /** All rows of one sensor, in their order, or of all sensors with an empty name. */
    static List<Map<String, Object>> rows(Path out, String sensor) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String text : files(out, "json").values()) {
            for (String line : text.lines().toList()) {
                Map<String, Object> row = row(line);
                if (sensor.isEmpty() || sensor.equals(row.get("sensor"))) {
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private static Map<String, Object> row(String line) throws IOException {
        Map<String, Object> row = new LinkedHashMap<>();
        try (JsonParser json = new JsonFactory()
                .createParser(new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                row.put(name, switch (json.nextToken()) {
                    case VALUE_NUMBER_INT -> json.getLongValue();
                    case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
                    case VALUE_TRUE -> true;
                    case VALUE_FALSE -> false;
                    default -> json.getText();
                });
            }
        }
        return row;
    }
}
