package io.sluice.inline.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.inline.policy.PolicyChange.Why;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was active when: one JSON object a line, only ever appended to. A damaged line is skipped and counted. */
final class HistoryFile {
    private static final JsonFactory JSON = new JsonFactory();

    private final Path file;
    private int damaged;

    HistoryFile(Path file) {
        this.file = file;
    }

    /** Returns when the line is on the disk. */
    void append(PolicyChange change) throws IOException {
        String line = line(change) + "\n";
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            long end = channel.size();
            ByteBuffer bytes = ByteBuffer.wrap(
                    ((cutShort(channel, end) ? "\n" : "") + line).getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                end += channel.write(bytes, end);
            }
            channel.force(true);
        }
    }

    /** A line that was not finished, perhaps by a power failure, must not swallow the next one. */
    private static boolean cutShort(FileChannel channel, long end) throws IOException {
        ByteBuffer last = ByteBuffer.allocate(1);
        return end > 0 && channel.read(last, end - 1) == 1 && last.get(0) != '\n';
    }

    /** Oldest first. */
    List<PolicyChange> read() throws IOException {
        damaged = 0;
        List<PolicyChange> changes = new ArrayList<>();
        if (Files.exists(file)) {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            for (String line : text.split("\n", -1)) {
                if (!line.isBlank()) {
                    change(line).ifPresentOrElse(changes::add, () -> damaged++);
                }
            }
        }
        return changes;
    }

    /** Lines that the last {@link #read} could not understand. */
    int damaged() {
        return damaged;
    }

    private static String line(PolicyChange change) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("at", Times.text(change.nanos()));
            json.writeStringField("who", change.who());
            json.writeStringField("why", change.why().word());
            json.writeStringField("policy", change.name());
            json.writeStringField("hash", change.hash());
            json.writeEndObject();
        }
        return text.toString();
    }

    private static Optional<PolicyChange> change(String line) {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser json = JSON.createParser(line)) {
            json.nextToken();
            for (String key = json.nextFieldName(); key != null; key = json.nextFieldName()) {
                if (json.nextToken() == JsonToken.VALUE_STRING) {
                    fields.put(key, json.getText());
                }
            }
            if (json.currentToken() != JsonToken.END_OBJECT) {
                return Optional.empty();
            }
            Why why = Arrays.stream(Why.values()).filter(w -> w.word().equals(fields.get("why"))).findFirst()
                    .orElseThrow();
            String hash = fields.getOrDefault("hash", "");
            return Sha256.isHash(hash)
                    ? Optional.of(new PolicyChange(Times.nanos(Instant.parse(fields.getOrDefault("at", ""))),
                            fields.getOrDefault("who", "?"), hash, fields.getOrDefault("policy", "?"), why))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) { // whatever is wrong with it
            return Optional.empty();
        }
    }
}
