package io.sluice.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The records of a folder as text, and as maps: JSON is YAML, and that reader is none of ours. */
final class Lines {
    private Lines() {}

    static List<String> of(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(folder, 0)) {
            while (reader.next()) {
                lines.add(new String(reader.bytes(), reader.from(), reader.length(), StandardCharsets.UTF_8));
            }
        }
        return lines;
    }

    static Map<?, ?> parse(String line) {
        return (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(line);
    }

    static Map<?, ?> object(Map<?, ?> in, String name) {
        return (Map<?, ?>) Objects.requireNonNull(in.get(name), name);
    }

    static long number(Map<?, ?> in, String name) {
        return ((Number) Objects.requireNonNull(in.get(name), name)).longValue();
    }

    static String text(Map<?, ?> in, String name) {
        return String.valueOf(in.get(name));
    }
}
