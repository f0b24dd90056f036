package io.sluice.manage.firewall;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * All verdicts of a replay beside those of the baseline: two decision logs put together frame by frame into one file, which is
 * read again for each page of it. Sums are made on the way.
 */
public final class ReplayLog {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectReader LINES = JSON.readerFor(JsonNode.class);
    private static final ObjectReader MESSAGES = JSON.readerFor(ReplayMessage.class);

    private final Path file;
    private final Map<String, long[]> conduits = new TreeMap<>();
    private final Map<String, Long> rules = new TreeMap<>();
    private long changed;

    private ReplayLog(Path file) {
        this.file = file;
    }

    /**
     * Puts two logs together.
     *
     * @param conduit names the conduits between two places, {@code from > to}
     */
    static ReplayLog merge(Path log, Path baseline, Path into, Function<String, String> conduit) throws IOException {
        ReplayLog merged = new ReplayLog(into);
        try (MappingIterator<JsonNode> now = LINES.readValues(log.toFile());
                MappingIterator<JsonNode> before = LINES.readValues(baseline.toFile());
                BufferedWriter out = Files.newBufferedWriter(into)) {
            FrameGroups was = new FrameGroups(before);
            Map<String, String> verdicts = Map.of();
            long frame = -1;
            while (now.hasNextValue()) {
                JsonNode line = now.nextValue();
                if (line.path("frame").asLong() != frame) {
                    frame = line.path("frame").asLong();
                    verdicts = was.verdictsOf(frame);
                }
                String places = line.path("from").asText() + " > " + line.path("to").asText();
                String name = line.has("conduit") ? line.path("conduit").asText() : conduit.apply(places);
                ReplayMessage message = ReplayMessage.of(line, verdicts.get(key(line)), name.isEmpty() ? null : name);
                merged.count(message);
                out.write(JSON.writeValueAsString(message));
                out.newLine();
            }
        }
        return merged;
    }

    /** What makes a message the same in both logs. */
    private static String key(JsonNode line) {
        return line.path("flow").asText() + " " + line.path("message").asText() + " " + line.path("direction").asText();
    }

    /** Walks the baseline's log, which is in the order of frames too. */
    private static final class FrameGroups {
        private final MappingIterator<JsonNode> lines;
        private JsonNode next = com.fasterxml.jackson.databind.node.MissingNode.getInstance();

        FrameGroups(MappingIterator<JsonNode> lines) throws IOException {
            this.lines = lines;
            step();
        }

        private void step() throws IOException {
            next = lines.hasNextValue()
                    ? lines.nextValue()
                    : com.fasterxml.jackson.databind.node.MissingNode.getInstance();
        }

        Map<String, String> verdictsOf(long frame) throws IOException {
            Map<String, String> verdicts = new HashMap<>();
            while (!next.isMissingNode() && next.path("frame").asLong() <= frame) {
                if (next.path("frame").asLong() == frame) {
                    verdicts.put(key(next), next.path("verdict").asText());
                }
                step();
            }
            return verdicts;
        }
    }

    private void count(ReplayMessage m) {
        long[] sums = conduits.computeIfAbsent(m.conduit() == null ? "" : m.conduit(), _ -> new long[3]);
        if (!m.answer()) {
            sums[m.denied() ? 1 : 0]++;
        }
        if (m.changed()) {
            sums[2]++;
            changed++;
        }
        if (m.rule() != null) {
            rules.merge((m.conduit() == null ? "" : m.conduit()) + "\n" + m.rule(), 1L, Long::sum);
        }
    }

    long changed() {
        return changed;
    }

    /** Allowed, denied and changed requests by conduit. */
    Map<String, long[]> conduits() {
        return conduits;
    }

    /** Messages by conduit and rule, a line feed between. */
    Map<String, Long> rules() {
        return rules;
    }

    /**
     * Some of the verdicts that are chosen, in the order of the capture.
     *
     * @param total of those that are chosen
     */
    public record Page(List<ReplayMessage> messages, int total) {}

    Page page(Predicate<ReplayMessage> chosen, int offset, int limit) throws IOException {
        List<ReplayMessage> page = new ArrayList<>();
        int total = 0;
        try (MappingIterator<ReplayMessage> all = MESSAGES.readValues(file.toFile())) {
            while (all.hasNextValue()) {
                ReplayMessage message = all.nextValue();
                if (chosen.test(message)) {
                    if (total >= offset && page.size() < limit) {
                        page.add(message);
                    }
                    total++;
                }
            }
        }
        return new Page(page, total);
    }
}
