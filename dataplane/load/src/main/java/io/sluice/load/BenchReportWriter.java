package io.sluice.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.sluice.load.Row.Target;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;

/** Writes a report, as a table for people or as one JSON object. */
public final class BenchReportWriter {
    private static final String LINE = "%-14s %14s   %-28s %6s   %-10s %s";

    private final BenchReport report;
    private final String command;

    /** @param command what the user typed */
    public BenchReportWriter(BenchReport report, String command) {
        this.report = report;
        this.command = command;
    }

    public void text(PrintStream out) {
        Machine machine = report.machine();
        out.println("%s, %d processors, %s, %s".formatted(machine.processor(), machine.processors(), machine.kernel(),
                machine.java()));
        out.println("%s, load average %s before".formatted(machine.when(), machine.load()));
        out.println("%s: best of %d rounds of %s s, devices in turns, seed %d".formatted(command,
                report.options().rounds(), seconds(), report.options().seed()));
        out.println();
        out.println(LINE.formatted("", "sluice", "reference", "ratio", "target", "").stripTrailing());
        report.rows().forEach(row -> line(out, row));
        for (BenchReport.Failure failure : report.failures()) {
            out.println("%-14s not measured: %s".formatted(failure.name(), failure.why()));
        }
    }

    private static void line(PrintStream out, Row row) {
        out.println(LINE.formatted(row.name(), row.unit().format(row.figure()),
                row.reference().map(r -> r.name() + " " + row.unit().format(r.figure())).orElse("–"),
                row.ratio().map(BenchReportWriter::number).orElse("–"),
                row.target().map(t -> words(t, row)).orElse("–"),
                row.isReached().map(reached -> reached ? "reached" : "missed").orElse("")).stripTrailing());
        out.println("  " + row.what() + (row.note().isEmpty() ? "" : "; " + row.note()));
    }

    private static String words(Target target, Row row) {
        return (target.atLeast() ? "≥ " : "≤ ") + number(target.bound())
                + (row.reference().isPresent() ? "" : " " + row.unit().word());
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.2f", value);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }

    private String seconds() {
        return number(report.options().round().toMillis() / 1000.0);
    }

    public void json(PrintStream out) throws IOException {
        JsonGenerator json = new JsonFactory().createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.setPrettyPrinter(new DefaultPrettyPrinter());
        json.writeStartObject();
        json.writeStringField("command", command);
        json.writeStringField("date", report.machine().when().toString());
        json.writeStringField("processor", report.machine().processor());
        json.writeNumberField("processors", report.machine().processors());
        json.writeStringField("kernel", report.machine().kernel());
        json.writeStringField("java", report.machine().java());
        json.writeStringField("load", report.machine().load());
        json.writeNumberField("rounds", report.options().rounds());
        json.writeNumberField("round_seconds", report.options().round().toMillis() / 1000.0);
        json.writeNumberField("seed", report.options().seed());
        json.writeArrayFieldStart("figures");
        for (Row row : report.rows()) {
            object(json, row);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("not_measured");
        for (BenchReport.Failure failure : report.failures()) {
            json.writeStartObject();
            json.writeStringField("name", failure.name());
            json.writeStringField("why", failure.why());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.close();
        out.println();
    }

    private static void object(JsonGenerator json, Row row) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", row.name());
        json.writeStringField("what", row.what());
        json.writeStringField("unit", row.unit().word());
        json.writeNumberField("figure", row.figure());
        if (row.reference().isPresent()) {
            json.writeStringField("reference", row.reference().get().name());
            json.writeNumberField("reference_figure", row.reference().get().figure());
            json.writeNumberField("ratio", row.figure() / row.reference().get().figure());
        }
        if (row.target().isPresent()) {
            json.writeStringField("target", row.target().get().atLeast() ? "at_least" : "at_most");
            json.writeNumberField("bound", row.target().get().bound());
            json.writeBooleanField("reached", row.isReached().orElseThrow());
        }
        if (!row.note().isEmpty()) {
            json.writeStringField("note", row.note());
        }
        json.writeEndObject();
    }
}
