package io.sluice.replay;

import io.sluice.capture.CaptureException;
import io.sluice.capture.CaptureReader;
import io.sluice.dissect.Columns;
import io.sluice.dissect.Dissector;
import io.sluice.dissect.Malformed;
import io.sluice.dissect.Protocol;
import io.sluice.engine.Anomaly;
import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.EngineListener;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Packet;
import io.sluice.engine.Profile;
import io.sluice.engine.words.Addresses;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lists the messages of a capture, without a policy. */
public final class Dissection {
    private static final int PROTOCOL_TCP = 6;

    /** Takes the messages in the order in which they were complete. */
    public interface Rows {
        void row(Row row);
    }

    /**
     * One message.
     *
     * @param stream number of its TCP or UDP flow, in the order of first packets, from 0
     * @param ordinal which message of its frame it is, from 1
     * @param segments how many segments it came in
     * @param fields by the names of the protocol's {@link Columns}
     * @param problem one word, or null for a well-formed message
     */
    public record Row(long frame, long nanos, String source, int sourcePort, String destination, int destinationPort,
            long stream, int ordinal, int segments, boolean request, String protocol, Map<String, String> fields,
            String summary, @Nullable Malformed problem) {
        public Row {
            fields = new LinkedHashMap<>(fields);
        }
    }

    /** What was found beside the messages. */
    public record Summary(InputSummary input, long messages, Map<Anomaly, Long> anomalies) {}

    private final Map<Protocol, Integer> ports;

    /** Reads these protocols, each on its port. */
    public Dissection(Map<Protocol, Integer> ports) {
        this.ports = new LinkedHashMap<>(ports);
    }

    /** Reads a capture to its end. */
    public Summary run(CaptureSource source, Progress progress, Rows rows) throws CaptureException {
        Listener listener = new Listener(rows);
        CaptureRun run = new CaptureRun(progress);
        try (Engine engine = new Engine(Listening.on(ports), Profile.OBSERVE, EngineLimits.DEFAULT, listener)) {
            run.run(source, (reader, frame) -> accept(engine, reader, frame));
            engine.finish();
        }
        return new Summary(run.inputs().getFirst(), listener.messages, listener.anomalies);
    }

    private static void accept(Engine engine, CaptureReader reader, long frame) {
        engine.accept(reader.bytes(), reader.at(), reader.captured(), reader.wire(), reader.linkType(), frame,
                reader.epochNanos());
    }

    private static final class Listener implements EngineListener {
        private final Rows rows;
        private final Map<Anomaly, Long> anomalies = new EnumMap<>(Anomaly.class);
        private long messages;

        Listener(Rows rows) {
            this.rows = rows;
        }

        @Override
        public void message(MessageEvent e) {
            messages++;
            Flow flow = e.flow();
            Protocol protocol = Objects.requireNonNull(flow.service()).protocol();
            Columns columns = protocol.columns();
            int direction = e.fromClient() ? Dissector.TO_SERVER : Dissector.TO_CLIENT;
            String client = Addresses.text(flow.clientHigh(), flow.clientLow());
            String server = Addresses.text(flow.serverHigh(), flow.serverLow());
            Map<String, String> fields = new LinkedHashMap<>();
            List<String> values = columns.values(e.session(), direction, e.bytes(), e.at(), e.size());
            for (int i = 0; i < values.size(); i++) {
                fields.put(columns.names().get(i), values.get(i));
            }
            rows.row(new Row(e.frame(), e.nanos(), e.fromClient() ? client : server,
                    e.fromClient() ? flow.clientPort() : flow.serverPort(), e.fromClient() ? server : client,
                    e.fromClient() ? flow.serverPort() : flow.clientPort(), flow.number(), e.ordinal(), e.segments(),
                    e.fromClient(), protocol.name() + (flow.protocol() == PROTOCOL_TCP ? "" : "/udp"), fields,
                    columns.summary(e.session(), direction, e.bytes(), e.at(), e.size()), e.problem()));
        }

        @Override
        public void anomaly(Anomaly anomaly, Packet packet, @Nullable Flow flow) {
            anomalies.merge(anomaly, 1L, Long::sum);
        }
    }
}
