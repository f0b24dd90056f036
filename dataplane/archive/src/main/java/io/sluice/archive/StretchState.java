package io.sluice.archive;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a stretch whose rows lie on the disk.
 *
 * @param key the stretch's {@link Stretch#key}
 * @param rows how many there are
 * @param denied messages and connections that were denied
 */
record StretchState(String key, long rows, long denied, List<FileOutcome> files) {
    StretchState {
        files = List.copyOf(files);
    }

    void write(OutputStream out) throws IOException {
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("key", key);
            json.writeNumberField("rows", rows);
            json.writeNumberField("denied", denied);
            json.writeArrayFieldStart("files");
            for (FileOutcome file : files) {
                json.writeStartObject();
                json.writeStringField("name", file.name());
                json.writeNumberField("packets", file.packets());
                json.writeNumberField("first", file.firstNanos());
                json.writeNumberField("last", file.lastNanos());
                json.writeNumberField("trouble_count", file.troubleCount());
                json.writeArrayFieldStart("troubles");
                for (String trouble : file.troubles()) {
                    json.writeString(trouble);
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    /** Empty where there is none, or none that can be read: then the stretch is judged again. */
    static Optional<StretchState> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (JsonParser json = new JsonFactory().createParser(Files.readAllBytes(file))) {
            json.nextToken();
            String key = "";
            long rows = 0;
            long denied = 0;
            List<FileOutcome> files = new ArrayList<>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "key" -> key = json.getText();
                    case "rows" -> rows = json.getLongValue();
                    case "denied" -> denied = json.getLongValue();
                    default -> {
                        while (json.nextToken() == JsonToken.START_OBJECT) {
                            files.add(file(json));
                        }
                    }
                }
            }
            return Optional.of(new StretchState(key, rows, denied, files));
        } catch (JsonProcessingException damaged) {
            return Optional.empty();
        }
    }

    private static FileOutcome file(JsonParser json) throws IOException {
        String file = "";
        long packets = 0;
        long first = 0;
        long last = 0;
        long count = 0;
        List<String> troubles = new ArrayList<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            switch (name) {
                case "name" -> file = json.getText();
                case "packets" -> packets = json.getLongValue();
                case "first" -> first = json.getLongValue();
                case "last" -> last = json.getLongValue();
                case "trouble_count" -> count = json.getLongValue();
                default -> {
                    while (json.nextToken() == JsonToken.VALUE_STRING) {
                        troubles.add(json.getText());
                    }
                }
            }
        }
        return new FileOutcome(file, packets, first, last, troubles, count);
    }
}
