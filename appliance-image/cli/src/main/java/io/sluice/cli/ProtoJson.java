package io.sluice.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;

/**
 * An answer of the control API as JSON for scripts: the names of {@code control.proto}, enums in small letters, zeros written
 * out, and what is not known left out.
 */
final class ProtoJson {
    private static final JsonFactory JSON = new JsonFactory();

    private ProtoJson() {}

    /** @param pretty over several lines */
    static String of(Message message, boolean pretty) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            if (pretty) {
                json.useDefaultPrettyPrinter();
            }
            object(message, json);
        }
        return text.toString();
    }

    private static void object(Message message, JsonGenerator json) throws IOException {
        json.writeStartObject();
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (field.isRepeated()) {
                json.writeArrayFieldStart(field.getName());
                for (Object value : (List<?>) message.getField(field)) {
                    value(value, json);
                }
                json.writeEndArray();
            } else if (!field.hasPresence() || message.hasField(field)) {
                json.writeFieldName(field.getName());
                value(message.getField(field), json);
            }
        }
        json.writeEndObject();
    }

    private static void value(Object value, JsonGenerator json) throws IOException {
        switch (value) {
            case Message message -> object(message, json);
            case EnumValueDescriptor word -> json.writeString(word.getName().toLowerCase(Locale.ROOT));
            case Boolean flag -> json.writeBoolean(flag);
            case Double number -> json.writeNumber(number);
            case Number number -> json.writeNumber(number.longValue());
            default -> json.writeString(value.toString());
        }
    }
}
