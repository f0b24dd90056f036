package io.sluice.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.rules.analyze.Differences;
import io.sluice.rules.analyze.SettingChange;
import io.sluice.rules.analyze.Statement;
import io.sluice.rules.analyze.Witness;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.util.List;

/** Differences for programs: one object, in a fixed order of fields. What has nothing to say is left out. */
final class DifferenceJson {
    private DifferenceJson() {}

    static void print(Differences differences, PrintStream out) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeBooleanField("differ", !differences.isEmpty());
            json.writeArrayFieldStart("statements");
            for (Statement statement : differences.statements()) {
                statement(statement, json);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("settings");
            for (SettingChange change : differences.settings()) {
                json.writeStartObject();
                json.writeStringField("what", change.what());
                json.writeStringField("before", change.before());
                json.writeStringField("after", change.after());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.println(text);
    }

    private static void statement(Statement s, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", DifferenceText.name(s.kind()));
        list("from", s.from(), json);
        list("to", s.to(), json);
        field("service", s.service(), json);
        field("what", s.what(), json);
        field("when", s.when(), json);
        field("before", s.before(), json);
        field("after", s.after(), json);
        if (s.witness().isPresent()) {
            witness(s.witness().get(), json);
        }
        json.writeEndObject();
    }

    private static void witness(Witness w, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("witness");
        json.writeStringField("from", w.from());
        json.writeStringField("to", w.to());
        field("does", w.does().orElse(""), json);
        json.writeStringField("before", w.before().text());
        json.writeStringField("after", w.after().text());
        json.writeEndObject();
    }

    private static void list(String name, List<String> texts, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static void field(String name, String text, JsonGenerator json) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(name, text);
        }
    }
}
