package io.sluice.replay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.sluice.dissect.Protocol;
import io.sluice.engine.EngineListener;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Packet;
import io.sluice.engine.Reason;
import io.sluice.engine.words.Addresses;
import io.sluice.engine.words.Times;
import io.sluice.engine.words.Words;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.RuleInfo;
import io.sluice.rules.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;

/**
 * One JSON line for each verdict, in the order in which the verdicts fell. Nothing in it depends on the clock, the
 * machine or the run, so the same captures and policy give the same bytes.
 */
final class DecisionLog implements EngineListener, AutoCloseable {
    private final CompiledPolicy policy;
    private final JsonGenerator json;

    DecisionLog(OutputStream out, CompiledPolicy policy) throws IOException {
        this.policy = policy;
        json = new JsonFactory().createGenerator(out);
        json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    }

    @Override
    public void message(MessageEvent e) {
        if (e.part() && e.allowed()) {
            return; // the verdict falls with the message's last piece
        }
        try {
            Flow flow = e.flow();
            Protocol protocol = Objects.requireNonNull(flow.service()).protocol();
            json.writeStartObject();
            json.writeNumberField("frame", e.frame());
            json.writeNumberField("message", e.ordinal());
            json.writeStringField("time", Times.iso(e.nanos()));
            ends(flow);
            json.writeStringField("protocol", protocol.name());
            json.writeStringField("direction", e.fromClient() ? "request" : "answer");
            json.writeStringField("does", Words.does(e));
            verdict(e.allowed(), e.reason().word(), e.rule());
            optional("detail", Words.detail(e));
            optional("notices", Words.notices(e));
            if (!e.allowed() && e.reason() != Reason.ANSWER_TO_REFUSED) {
                json.writeStringField("action", e.action().name().toLowerCase(Locale.ROOT));
                json.writeBooleanField("enforced", e.enforced());
            }
            json.writeEndObject();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void plain(Flow flow, Packet packet) {
        try {
            json.writeStartObject();
            json.writeNumberField("frame", flow.lastFrame());
            ends(flow);
            json.writeStringField("protocol", Words.service(flow));
            verdict(flow.plainAllowed(), flow.plainAllowed()
                    ? "allowed"
                    : flow.relation().conduits().isEmpty()
                            ? "no-conduit"
                            : flow.plainRule() == Verdict.DEFAULT ? "default" : "denied",
                    flow.plainRule());
            json.writeEndObject();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void ends(Flow flow) throws IOException {
        json.writeNumberField("flow", flow.number());
        json.writeStringField("from", policy.nameOf(flow.clientPlace()));
        json.writeStringField("to", policy.nameOf(flow.serverPlace()));
        json.writeStringField("client", Addresses.text(flow.clientHigh(), flow.clientLow()));
        json.writeNumberField("client_port", flow.clientPort());
        json.writeStringField("server", Addresses.text(flow.serverHigh(), flow.serverLow()));
        json.writeNumberField("server_port", flow.serverPort());
    }

    private void verdict(boolean allowed, String reason, int rule) throws IOException {
        json.writeStringField("verdict", allowed ? "allow" : "deny");
        json.writeStringField("reason", reason);
        if (rule != Verdict.DEFAULT) {
            RuleInfo info = policy.rules().get(rule);
            json.writeStringField("rule", info.id());
            json.writeStringField("conduit", info.conduit());
        }
    }

    private void optional(String name, String value) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, value);
        }
    }

    /** Ends the last line; without a verdict there is none. */
    @Override
    public void close() throws IOException {
        if (json.getOutputContext().getEntryCount() > 0) {
            json.writeRaw('\n');
        }
        json.close();
    }
}
