package io.sluice.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.dissect.Columns;
import io.sluice.dissect.Malformed;
import io.sluice.engine.words.Times;
import io.sluice.replay.Dissection.Row;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Pattern;

/** Prints dissected messages, one a line. */
public final class DissectionWriter {
    /** How a message is printed. */
    public enum Form {
        TEXT,
        JSON,
        TSV
    }

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final JsonFactory JSON = new JsonFactory();

    private final PrintStream out;
    private final Form form;

    public DissectionWriter(PrintStream out, Form form) {
        this.out = out;
        this.form = form;
    }

    /** For TSV the header line: the columns that the protocol's truth tables have. */
    public void header(Columns columns) {
        if (form == Form.TSV) {
            out.println("frame\ttime_epoch\tip_src\tsport\tip_dst\tdport\ttcp_stream\tpdu_in_frame\tsegments\t"
                    + String.join("\t", columns.names()) + "\tdirection\tmalformed");
        }
    }

    public void write(Row row) {
        out.println(switch (form) {
            case TEXT -> text(row);
            case JSON -> json(row);
            case TSV -> tsv(row);
        });
    }

    private static String text(Row row) {
        return row.frame() + "." + row.ordinal() + "  " + Times.iso(row.nanos()) + "  " + row.source() + ":"
                + row.sourcePort() + (row.request() ? " -> " : " => ") + row.destination() + ":" + row.destinationPort()
                + "  " + (row.request() ? "request " : "answer  ") + row.summary()
                + (row.problem() == null ? "" : "  [" + row.problem().word() + ": " + row.problem().sentence() + "]");
    }

    private static String tsv(Row row) {
        return row.frame() + "\t" + Times.epoch(row.nanos()) + "\t" + row.source() + "\t" + row.sourcePort() + "\t"
                + row.destination() + "\t" + row.destinationPort() + "\t" + row.stream() + "\t" + row.ordinal() + "\t"
                + (row.segments() > 1 ? row.segments() : "") + "\t" + String.join("\t", row.fields().values()) + "\t"
                + (row.request() ? "request" : "response") + "\t" + (isMalformed(row) ? "1" : "0");
    }

    /** The column speaks of the message alone, not of whether anybody asked for it. */
    private static boolean isMalformed(Row row) {
        return row.problem() != null && row.problem() != Malformed.UNSOLICITED
                && row.problem() != Malformed.ANSWER_MISMATCH;
    }

    /** A column that a message does not have is left out. */
    private static void field(JsonGenerator json, String name, String value) throws IOException {
        if (NUMBER.matcher(value).matches()) {
            json.writeNumberField(name, Long.parseLong(value));
        } else if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }

    private static String json(Row row) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeNumberField("frame", row.frame());
            json.writeStringField("time", Times.iso(row.nanos()));
            json.writeStringField("source", row.source());
            json.writeNumberField("source_port", row.sourcePort());
            json.writeStringField("destination", row.destination());
            json.writeNumberField("destination_port", row.destinationPort());
            json.writeNumberField("stream", row.stream());
            json.writeNumberField("message_in_frame", row.ordinal());
            json.writeNumberField("segments", row.segments());
            json.writeStringField("protocol", row.protocol());
            json.writeStringField("direction", row.request() ? "request" : "response");
            for (Map.Entry<String, String> field : row.fields().entrySet()) {
                field(json, field.getKey(), field.getValue());
            }
            json.writeStringField("summary", row.summary());
            if (row.problem() != null) {
                json.writeStringField("problem", row.problem().word());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
