package io.sluice.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Whether a line is a record, one JSON object and nothing else; and the little that readers of the journal ask of all. */
final class RecordCheck {
    private final JsonFactory factory = new JsonFactory();
    private String timestamp = "";
    private String type = "";
    private String management = "";
    private long before;

    boolean isRecord(RecordScanner line) {
        return !line.overlong() && isRecord(line.buffer(), line.from(), line.length());
    }

    boolean isRecord(byte[] bytes, int from, int length) {
        timestamp = type = management = "";
        before = 0;
        if (length < 2 || bytes[from] != '{' || bytes[from + length - 1] != '}') {
            return false;
        }
        try (JsonParser parser = factory.createParser(bytes, from, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            JsonToken token = parser.nextToken();
            while (token == JsonToken.FIELD_NAME) {
                field(parser, parser.currentName(), parser.nextToken());
                token = parser.nextToken();
            }
            return token == JsonToken.END_OBJECT && parser.nextToken() == null;
        } catch (IOException broken) {
            return false;
        }
    }

    private void field(JsonParser parser, String name, JsonToken value) throws IOException {
        if (name.equals("management") && value == JsonToken.START_OBJECT) {
            management(parser);
        } else if (value == JsonToken.VALUE_STRING && name.equals("timestamp")) {
            timestamp = parser.getText();
        } else if (value == JsonToken.VALUE_STRING && name.equals("event_type")) {
            type = parser.getText();
        } else {
            parser.skipChildren();
        }
    }

    private void management(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("type") && value == JsonToken.VALUE_STRING) {
                management = parser.getText();
            } else if (name.equals("records_before") && value == JsonToken.VALUE_NUMBER_INT) {
                before = parser.getLongValue();
            } else {
                parser.skipChildren();
            }
        }
    }

    /** Of the last record that was one; empty where it has none. */
    String timestamp() {
        return timestamp;
    }

    /** If the last record says that retention deletes: the number of the first record that stays; else 0. */
    long retainedFrom() {
        return type.equals("management") && management.equals(JournalDisk.RETENTION) ? before : 0;
    }
}
