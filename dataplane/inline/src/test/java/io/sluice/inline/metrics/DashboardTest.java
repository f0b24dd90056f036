package io.sluice.inline.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.inline.Counters;
import io.sluice.inline.DataplaneStatus;
import io.sluice.inline.JournalHealth;
import io.sluice.inline.MemoryDataplane;
import io.sluice.inline.policy.Appliance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The dashboard in docs/grafana asks only for metrics and labels that there are. */
class DashboardTest {
    private static final Path FILE = Path.of(System.getProperty("sluice.root", "../.."))
            .resolve("docs/grafana/sluice.json");
    private static final Pattern METRIC = Pattern.compile("\\bsluice_[a-z_]+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=~?\"|by \\(([\\w, ]+)\\)|\\{\\{(\\w+)}}");

    @TempDir
    Path folder;

    private String text() throws Exception {
        MemoryDataplane dataplane = Appliance.fresh(folder).dataplane;
        try (Metrics metrics = new Metrics(new Metrics.Sources() {
            @Override
            public Counters counters() {
                return dataplane.counters();
            }

            @Override
            public DataplaneStatus status() {
                return dataplane.status();
            }

            @Override
            public JournalHealth journal() {
                return new JournalHealth(Optional.of(folder), 20, 3000, 9, 4711, Optional.empty());
            }

            @Override
            public long refusedPeers() {
                return 0;
            }
        })) {
            return metrics.text();
        }
    }

    /** Every text below a key, however deep. */
    private static void texts(Object in, String key, List<String> out) {
        switch (in) {
            case Map<?, ?> map -> map.forEach((name, value) -> {
                if (key.equals(name) && value instanceof String text) {
                    out.add(text);
                }
                texts(value, key, out);
            });
            case List<?> list -> list.forEach(value -> texts(value, key, out));
            case null, default -> {
            }
        }
    }

    private static List<String> texts(String... keys) throws Exception {
        // JSON is YAML, and that reader is none of ours.
        Object dashboard = assertInstanceOf(Map.class,
                new Load(LoadSettings.builder().build()).loadFromString(Files.readString(FILE)));
        List<String> all = new ArrayList<>();
        for (String key : keys) {
            texts(dashboard, key, all);
        }
        return all;
    }

    @Test
    void everyMetricThatItAsksForIsThere() throws Exception {
        Set<String> exist = text().lines().filter(l -> l.startsWith("sluice_")).map(l -> l.replaceAll("[{ ].*", ""))
                .collect(Collectors.toSet());
        Set<String> asked = new TreeSet<>();
        for (String expression : texts("expr", "query")) {
            METRIC.matcher(expression).results().forEach(m -> asked.add(m.group()));
        }
        assertTrue(asked.size() > 20, asked::toString);
        asked.removeAll(exist);
        assertEquals(Set.of(), asked);
    }

    @Test
    void everyLabelThatItGroupsByIsThere() throws Exception {
        String text = text();
        Set<String> asked = new TreeSet<>();
        for (String expression : texts("expr", "legendFormat")) {
            Matcher m = LABEL.matcher(expression);
            while (m.find()) {
                for (int group = 1; group <= 3; group++) {
                    if (m.group(group) != null) {
                        asked.addAll(List.of(m.group(group).split(", ?")));
                    }
                }
            }
        }
        assertTrue(asked.contains("conduit"), asked::toString);
        asked.remove("instance"); // Prometheus' own
        asked.removeIf(label -> text.contains("{" + label + "=\"") || text.contains("," + label + "=\""));
        assertEquals(Set.of(), asked);
    }
}
