package io.sluice.replay;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.sluice.capture.CaptureTrouble;
import io.sluice.engine.words.Times;
import io.sluice.replay.Report.AnomalyRow;
import io.sluice.replay.Report.CauseRow;
import io.sluice.replay.Report.ChangeRow;
import io.sluice.replay.Report.Changes;
import io.sluice.replay.Report.ConduitRow;
import io.sluice.replay.Report.Effects;
import io.sluice.replay.Report.OperationRow;
import io.sluice.replay.Report.OtherRow;
import io.sluice.replay.Report.PolicyId;
import io.sluice.replay.Report.TalkerRow;
import io.sluice.replay.Report.Totals;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;

/** A report for programs: every row of it, in a fixed order of fields, UTF-8. */
final class ReportJson {
    /** Writes one row's fields. */
    private interface Fields<T> {
        void write(JsonGenerator json, T row) throws IOException;
    }

    private final Report report;

    ReportJson(Report report) {
        this.report = report;
    }

    void write(OutputStream out) {
        JsonFactory factory = JsonFactory.builder()
                .disable(com.fasterxml.jackson.core.StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build();
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter pretty = new DefaultPrettyPrinter().withObjectIndenter(indenter);
        pretty.indentArraysWith(indenter);
        try (JsonGenerator json = factory.createGenerator(out, JsonEncoding.UTF8)) {
            json.setPrettyPrinter(pretty);
            report(json);
            json.writeRaw('\n');
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void report(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeObjectFieldStart("policy");
        policy(json, report.policy());
        json.writeEndObject();
        json.writeStringField("profile", report.profile().name().toLowerCase(Locale.ROOT));
        rows(json, "captures", report.inputs(), ReportJson::input);
        strings(json, "placing", report.placing());
        totals(json, report.totals());
        rows(json, "conduits", report.conduits(), ReportJson::conduit);
        rows(json, "unclassified", report.unclassified(), ReportJson::talker);
        rows(json, "causes", report.causes(), ReportJson::cause);
        rows(json, "anomalies", report.anomalies(), ReportJson::anomaly);
        effects(json, report.effects());
        rows(json, "other_frames", report.others(), ReportJson::other);
        if (report.changes().isPresent()) {
            changes(json, report.changes().get());
        }
        json.writeEndObject();
    }

    private static <T> void rows(JsonGenerator json, String name, List<T> rows, Fields<T> fields) throws IOException {
        json.writeArrayFieldStart(name);
        for (T row : rows) {
            json.writeStartObject();
            fields.write(json, row);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void strings(JsonGenerator json, String name, List<String> strings) throws IOException {
        json.writeArrayFieldStart(name);
        for (String string : strings) {
            json.writeString(string);
        }
        json.writeEndArray();
    }

    private static void policy(JsonGenerator json, PolicyId policy) throws IOException {
        json.writeStringField("name", policy.name());
        json.writeStringField("sha256", policy.hash());
        json.writeStringField("mode", policy.mode());
    }

    private static void input(JsonGenerator json, InputSummary input) throws IOException {
        json.writeStringField("name", input.name());
        json.writeNumberField("packets", input.packets());
        json.writeNumberField("bytes", input.octets());
        if (input.packets() > 0) {
            json.writeStringField("first", Times.iso(input.firstNanos()));
            json.writeStringField("last", Times.iso(input.lastNanos()));
        }
        json.writeNumberField("trouble_count", input.troubleCount());
        rows(json, "troubles", input.troubles(), ReportJson::trouble);
    }

    private static void trouble(JsonGenerator json, CaptureTrouble trouble) throws IOException {
        json.writeStringField("kind", trouble.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        json.writeNumberField("offset", trouble.offset());
        json.writeNumberField("packet", trouble.packet());
        json.writeStringField("sentence", trouble.sentence());
    }

    private static void totals(JsonGenerator json, Totals totals) throws IOException {
        json.writeObjectFieldStart("totals");
        json.writeNumberField("packets", totals.packets());
        json.writeNumberField("bytes", totals.octets());
        json.writeNumberField("tcp_flows", totals.tcpFlows());
        json.writeNumberField("datagram_flows", totals.datagramFlows());
        json.writeNumberField("messages", totals.messages());
        json.writeNumberField("messages_allowed", totals.allowed());
        json.writeNumberField("messages_denied", totals.denied());
        json.writeNumberField("requests", totals.requests());
        json.writeNumberField("requests_allowed", totals.allowedRequests());
        json.writeNumberField("requests_denied", totals.deniedRequests());
        json.writeNumberField("bytes_not_judged", totals.gapBytes());
        json.writeEndObject();
    }

    private static void conduit(JsonGenerator json, ConduitRow conduit) throws IOException {
        json.writeStringField("from", conduit.from());
        json.writeStringField("to", conduit.to());
        strings(json, "conduits", conduit.conduits());
        json.writeNumberField("allowed", conduit.allowed());
        json.writeNumberField("denied", conduit.denied());
        rows(json, "operations", conduit.operations(), ReportJson::operation);
    }

    private static void operation(JsonGenerator json, OperationRow row) throws IOException {
        json.writeStringField("operation", row.operation());
        json.writeBooleanField("answer", row.answer());
        json.writeStringField("verdict", row.allowed() ? "allow" : "deny");
        json.writeStringField("reason", row.reason());
        json.writeStringField("detail", row.detail());
        json.writeStringField("rule", row.rule());
        json.writeStringField("because", row.because());
        span(json, row.count(), row.firstFrame(), row.lastFrame());
        json.writeStringField("example", row.example());
    }

    private static void span(JsonGenerator json, long count, long firstFrame, long lastFrame) throws IOException {
        json.writeNumberField("count", count);
        json.writeNumberField("first_frame", firstFrame);
        json.writeNumberField("last_frame", lastFrame);
    }

    private static void talker(JsonGenerator json, TalkerRow row) throws IOException {
        json.writeStringField("client", row.client());
        json.writeStringField("server", row.server());
        json.writeStringField("service", row.service());
        json.writeStringField("from", row.from());
        json.writeStringField("to", row.to());
        json.writeStringField("verdict", row.verdict());
        json.writeNumberField("flows", row.flows());
        json.writeNumberField("packets", row.packets());
        json.writeNumberField("bytes", row.octets());
        json.writeNumberField("first_frame", row.firstFrame());
        json.writeNumberField("last_frame", row.lastFrame());
    }

    private static void cause(JsonGenerator json, CauseRow row) throws IOException {
        json.writeStringField("cause", row.cause());
        json.writeStringField("reason", row.reason());
        json.writeStringField("sentence", row.sentence());
        span(json, row.count(), row.firstFrame(), row.lastFrame());
    }

    private static void anomaly(JsonGenerator json, AnomalyRow row) throws IOException {
        json.writeStringField("anomaly", row.anomaly());
        json.writeStringField("sentence", row.sentence());
        json.writeBooleanField("blocks", row.blocks());
        span(json, row.count(), row.firstFrame(), row.lastFrame());
    }

    private static void other(JsonGenerator json, OtherRow row) throws IOException {
        json.writeStringField("what", row.what());
        span(json, row.count(), row.firstFrame(), row.lastFrame());
    }

    private static void effects(JsonGenerator json, Effects effects) throws IOException {
        json.writeObjectFieldStart("effects");
        json.writeNumberField("replies", effects.replies());
        json.writeNumberField("resets", effects.resets());
        json.writeNumberField("drops", effects.drops());
        json.writeNumberField("frames_with_blocking_anomaly", effects.blockedFrames());
        if (effects.frames().isPresent()) {
            Effects.Frames frames = effects.frames().get();
            json.writeObjectFieldStart("frames");
            json.writeNumberField("forwarded", frames.forwarded());
            json.writeNumberField("rewritten", frames.rewritten());
            json.writeNumberField("held", frames.held());
            json.writeNumberField("dropped", frames.dropped());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void changes(JsonGenerator json, Changes changes) throws IOException {
        json.writeObjectFieldStart("changes");
        json.writeObjectFieldStart("baseline");
        policy(json, changes.baseline());
        json.writeEndObject();
        json.writeNumberField("compared", changes.compared());
        json.writeNumberField("changed", changes.changed());
        rows(json, "rows", changes.rows(), ReportJson::change);
        json.writeEndObject();
    }

    private static void change(JsonGenerator json, ChangeRow row) throws IOException {
        json.writeStringField("from", row.from());
        json.writeStringField("to", row.to());
        json.writeStringField("operation", row.operation());
        json.writeStringField("before", row.before());
        json.writeStringField("after", row.after());
        json.writeNumberField("count", row.count());
        json.writeFieldName("frames");
        // On one line: there may be a thousand.
        long[] frames = row.frames().stream().mapToLong(Long::longValue).toArray();
        StringBuilder line = new StringBuilder("[");
        for (int i = 0; i < frames.length; i++) {
            line.append(i == 0 ? "" : ", ").append(frames[i]);
        }
        json.writeRawValue(line.append(']').toString());
        json.writeStringField("example", row.example());
    }
}
