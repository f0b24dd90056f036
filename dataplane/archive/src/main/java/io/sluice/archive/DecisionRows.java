package io.sluice.archive;

import io.sluice.dissect.Protocol;
import io.sluice.engine.EngineListener;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Packet;
import io.sluice.engine.Reason;
import io.sluice.engine.words.Words;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.RuleInfo;
import io.sluice.rules.Verdict;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Makes rows of what the engine tells, in the order in which verdicts fall. One thread. */
final class DecisionRows implements EngineListener {
    private static final long NANOS_PER_MICRO = 1000;

    private final CompiledPolicy policy;
    private final String sensor;
    private final FileFrames frames;
    private final Consumer<Row> sink;
    private final AddressTexts addresses = new AddressTexts();
    private final Map<Protocol, FactColumns> facts = new HashMap<>();

    DecisionRows(CompiledPolicy policy, String sensor, FileFrames frames, Consumer<Row> sink) {
        this.policy = policy;
        this.sensor = sensor;
        this.frames = frames;
        this.sink = sink;
    }

    @Override
    public void message(MessageEvent e) {
        if (e.part() && e.allowed()) {
            return; // the verdict falls with the message's last piece
        }
        Protocol protocol = Objects.requireNonNull(e.flow().service()).protocol();
        Row row = begin(e.nanos(), e.frame(), e.fromClient() ? "request" : "answer", e.flow())
                .set(Column.MESSAGE, e.ordinal()).set(Column.ITEM, 1).set(Column.PROTOCOL, protocol.name())
                .text(Column.DOES, Words.does(e));
        verdict(row, e.allowed(), e.reason().word(), e.rule());
        row.text(Column.DETAIL, Words.detail(e));
        if (e.notices() != 0) {
            row.text(Column.NOTICES, Words.notices(e));
        }
        if (!e.allowed() && e.reason() != Reason.ANSWER_TO_REFUSED) {
            row.set(Column.ACTION, e.action().name().toLowerCase(Locale.ROOT)).set(Column.ENFORCED, e.enforced());
        }
        if (e.request() && e.facts().spans() > 0) {
            operations(e, row);
        } else {
            sink.accept(row);
        }
    }

    private void operations(MessageEvent e, Row message) {
        FactColumns columns = facts.computeIfAbsent(Objects.requireNonNull(e.flow().service()).protocol(),
                FactColumns::new);
        int spans = e.facts().spans();
        for (int span = 0; span < spans; span++) {
            Row row = spans == 1 ? message : message.copy();
            row.set(Column.ITEM, span + 1);
            if (!e.allowed()) {
                row.set(Column.DECISIVE, span == e.span());
            }
            columns.fill(e.facts(), span, row);
            sink.accept(row);
        }
    }

    @Override
    public void plain(Flow flow, Packet packet) {
        Row row = begin(flow.lastNanos(), flow.lastFrame(), "connection", flow).text(Column.DOES,
                Words.service(flow));
        verdict(row, flow.plainAllowed(), flow.plainAllowed()
                ? "allowed"
                : flow.relation().conduits().isEmpty()
                        ? "no-conduit"
                        : flow.plainRule() == Verdict.DEFAULT ? "default" : "denied",
                flow.plainRule());
        sink.accept(row);
    }

    private Row begin(long nanos, long frame, String kind, Flow flow) {
        Row row = new Row().set(Column.TIME, Math.floorDiv(nanos, NANOS_PER_MICRO)).set(Column.NANOS, nanos)
                .set(Column.SENSOR, sensor).set(Column.KIND, kind).set(Column.FLOW, flow.number())
                .set(Column.TRANSPORT, transport(flow.protocol()));
        frames.locate(frame, row);
        row.set(Column.CLIENT, addresses.text(flow.clientHigh(), flow.clientLow()))
                .set(Column.CLIENT_PORT, flow.clientPort())
                .set(Column.SERVER, addresses.text(flow.serverHigh(), flow.serverLow()))
                .set(Column.SERVER_PORT, flow.serverPort());
        place(row, Column.FROM_PLACE, Column.FROM_ZONE, flow.clientPlace());
        place(row, Column.TO_PLACE, Column.TO_ZONE, flow.serverPlace());
        return row;
    }

    private void place(Row row, Column place, Column zone, int number) {
        if (number != CompiledPolicy.NOWHERE) {
            row.set(place, policy.nameOf(number)).set(zone, policy.nameOf(policy.zone(number)));
        }
    }

    private void verdict(Row row, boolean allowed, String reason, int rule) {
        row.set(Column.VERDICT, allowed ? "allow" : "deny").set(Column.REASON, reason);
        if (rule != Verdict.DEFAULT) {
            RuleInfo info = policy.rules().get(rule);
            row.set(Column.RULE, info.id()).set(Column.CONDUIT, info.conduit());
        }
    }

    private static String transport(int protocol) {
        return switch (protocol) {
            case 6 -> "tcp";
            case 17 -> "udp";
            case 1, 58 -> "icmp";
            default -> "ip " + protocol;
        };
    }
}
