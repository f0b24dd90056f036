package io.sluice.dissect.opcua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Limits;
import io.sluice.dissect.Malformed;
import io.sluice.dissect.Notice;
import io.sluice.dissect.opcua.OpcUaServices.Service;
import io.sluice.testdata.Captures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/protocols/opcua.md is complete: what the code knows, the page names. */
class OpcUaDocumentTest {
    private final List<String> lines;
    private final String text;

    OpcUaDocumentTest() throws IOException {
        lines = Files.readAllLines(Captures.project("docs/protocols/opcua.md"));
        text = String.join("\n", lines);
    }

    private String row(String number) {
        return lines.stream().filter(line -> line.matches("\\| ([0-9]+, )?" + number + "(, [0-9]+)? \\|.*")
                || line.matches("\\| [0-9, ]*\\b" + number + "\\b[0-9, ]* \\|.*")).findFirst().orElse("");
    }

    @Test
    void everyServiceStandsInARowWithItsWord() {
        for (Service service : OpcUaServices.ALL) {
            String row = row(Integer.toString(service.request()));
            String word = switch (service.operation()) {
                case OpcUaMeaning.DISCOVERY, OpcUaMeaning.SESSION -> "comes with any allow";
                case OpcUaMeaning.SERVICE -> "`service " + service.request() + "`";
                default -> "`" + new OpcUaVocabulary().operations().get(service.operation()).word() + "`";
            };
            assertTrue(row.contains(service.name()), service.name() + " in: " + row);
            assertTrue(row.contains(word), service.name() + " and " + word + " in: " + row);
        }
    }

    @Test
    void everySecurityPolicyStandsWithItsStrength() {
        for (OpcUaSecurity.Policy policy : OpcUaSecurity.POLICIES) {
            assertTrue(lines.stream().anyMatch(line -> line.startsWith("| " + policy.rank() + " | ")
                    && line.contains("`" + policy.name() + "`")), policy.name());
        }
    }

    @Test
    void everyReasonStandsWithItsCause() throws IOException {
        Map<String, String> missing = new TreeMap<>();
        int found = 0;
        String code = code();
        for (Malformed reason : Malformed.values()) {
            if (code.matches("(?s).*\\b" + reason.name() + "\\b\\s*[.;,)].*")) {
                found++;
                String row = "| `" + reason.word() + "` | " + reason.cause().name().toLowerCase(java.util.Locale.ROOT);
                if (lines.stream().noneMatch(line -> line.startsWith(row))) {
                    missing.put(reason.word(), row);
                }
            }
        }
        assertEquals(Map.of(), missing);
        assertTrue(found > 15, "only " + found + " reasons are used");
    }

    private static String code() throws IOException {
        Path folder = Captures.project("dissectors/src/main/java/io/sluice/dissect/opcua");
        StringBuilder code = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                code.append(Files.readString(file));
            }
        }
        return code.toString().replaceAll("import static [^;]*;", "");
    }

    @Test
    void everyNoticeStands() {
        List<String> missing = new ArrayList<>();
        for (Notice notice : Notice.values()) {
            if (!text.contains("| `" + notice.word() + "` |")) {
                missing.add(notice.word());
            }
        }
        assertEquals(List.of(), missing);
    }

    @Test
    void theLimitsAreThoseOfTheCode() {
        var limits = Limits.DEFAULT.opcUa();
        for (String row : List.of("| chunk | " + grouped(limits.chunkBytes()) + " bytes |",
                "| chunks of a request | " + limits.requestChunks() + " |",
                "| body of a request in several chunks | " + (limits.requestBytes() >> 20) + " MiB | "
                        + (limits.assembledBytes() >> 20) + " MiB for all",
                "| chunks of an answer | " + limits.responseChunks() + " |",
                "| nodes in a request | " + io.sluice.dissect.Facts.MAX_SPANS + " |",
                "| nesting of values | " + limits.depth() + " |",
                "| requests under way, aliases, monitored items | " + limits.outstanding() + " of each",
                "| certificates of a chain | " + limits.certificates() + " | " + grouped(limits.certificateBytes()))) {
            assertTrue(text.contains(row), row);
        }
    }

    private static String grouped(int number) {
        return number / 1000 + " " + "%03d".formatted(number % 1000);
    }
}
