package io.sluice.journal;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.Protocol;
import io.sluice.engine.Anomaly;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Packet;
import io.sluice.engine.Reason;
import io.sluice.engine.words.Words;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.RuleInfo;
import io.sluice.rules.Verdict;
import io.sluice.rules.policy.OnDeny;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Events as lines of Suricata's EVE format: its names where it has any, all else under {@code sluice}. Each method returns
 * the buffer with one record, without a line feed; the next call overwrites it. docs/journal.md lists the fields.
 */
final class EveWriter {
    private static final double SECOND = 1e9;

    private final EveFields eve = new EveFields();

    /**
     * A message that is worth a record of its own.
     *
     * @param most of its octets, the first of which are told too; 0: none
     */
    LineBuffer message(MessageEvent e, Circumstances c, int most) {
        Flow flow = e.flow();
        boolean enforced = e.enforced() && c.carried();
        Protocol protocol = Objects.requireNonNull(flow.service()).protocol();
        boolean alert = !e.allowed() || e.notices() != 0;
        head(e.nanos(), FlowId.of(flow), c.port(), alert ? "alert" : protocol.name());
        eve.ends(FlowEnds.of(flow), e.fromClient());
        eve.word("app_proto", protocol.name());
        eve.word("direction", e.fromClient() ? "to_server" : "to_client");
        if (alert) {
            String what = e.allowed() ? Words.notices(e) : "";
            alert(Alert.of(e.reason()), protocol.name(), what, !e.allowed() && enforced);
            verdict(e.action(), !e.allowed(), enforced);
        }
        fields(e, protocol);
        eve.begin("sluice");
        decision(e.allowed(), e.reason().word(), e.rule(), Likeness.conduit(flow), c);
        places(flow.clientPlace(), flow.serverPlace(), c.policy());
        eve.text("does", Words.does(e));
        eve.optional("detail", Words.detail(e));
        eve.optional("notices", Words.notices(e));
        if (!e.allowed()) {
            enforcement(e.reason() == Reason.ANSWER_TO_REFUSED ? null : e.action(), enforced);
        }
        circumstances(c);
        bytes(e, protocol, most);
        eve.end();
        return eve.finish();
    }

    private void bytes(MessageEvent e, Protocol protocol, int most) {
        int size = Math.min(e.size(), most);
        if (size > 0 && !protocol.columns().secret(e.session(),
                e.fromClient() ? Dissector.TO_SERVER : Dissector.TO_CLIENT, e.bytes(), e.at(), e.size())) {
            eve.hex("bytes", e.bytes(), e.at(), size);
            if (e.size() > size) {
                eve.flag("bytes_cut", true);
            }
        }
    }

    /** A flow that is not inspected and may not pass. */
    LineBuffer plain(Flow flow, Circumstances c, long nanos, boolean enforced) {
        Alert why = Alert.of(flow);
        OnDeny action = flow.plainRule() == Verdict.DEFAULT
                ? flow.relation().onDeny()
                : c.policy().rules().get(flow.plainRule()).onDeny();
        OnDeny done = action == OnDeny.REPLY ? OnDeny.RESET : action;
        head(nanos, FlowId.of(flow), c.port(), "alert");
        eve.ends(FlowEnds.of(flow), true);
        eve.word("direction", "to_server");
        alert(why, Words.service(flow), "", enforced);
        verdict(flow.protocol() == 6 ? done : OnDeny.DROP, true, enforced);
        eve.begin("sluice");
        decision(false, why.reason(), flow.plainRule(), Likeness.conduit(flow), c);
        places(flow.clientPlace(), flow.serverPlace(), c.policy());
        eve.text("does", Words.service(flow));
        enforcement(done, enforced);
        circumstances(c);
        eve.end();
        return eve.finish();
    }

    /** A packet that is unfit to pass whatever the rules say. */
    LineBuffer drop(Anomaly anomaly, Packet packet, @Nullable FlowCount flow, Circumstances c, long nanos) {
        head(nanos, flow == null ? -1 : flow.id, c.port(), "drop");
        packet(packet);
        if (flow != null && packet.kind() != Packet.Kind.NOTHING && packet.kind() != Packet.Kind.LINK) {
            eve.word("direction", flow.ends.fromClient(packet) ? "to_server" : "to_client");
        }
        eve.begin("drop");
        eve.word("reason", anomaly.word());
        eve.end();
        eve.begin("verdict");
        eve.word("action", "drop");
        eve.end();
        eve.begin("sluice");
        eve.text("detail", anomaly.sentence());
        if (flow != null) {
            places(flow.ends.clientPlace(), flow.ends.serverPlace(), c.policy());
        }
        circumstances(c);
        eve.end();
        return eve.finish();
    }

    /** How many more there were of what was told already, in an interval that is over. */
    LineBuffer repeat(Repeats.Repeat r, long nanos) {
        Likeness like = r.likeness;
        Alert alert = like.alert();
        head(nanos, -1, r.circumstances.port(), alert == null ? "drop" : "alert");
        if (like.sourced()) {
            eve.end("src_ip", "", like.high(), like.low(), -1);
        }
        if (alert != null) {
            alert(alert, "repeated", like.notices(), alert != Alert.NOTICE && like.enforced());
        } else if (like.anomaly() != null) {
            eve.begin("drop");
            eve.word("reason", like.anomaly().word());
            eve.end();
        }
        verdict(OnDeny.DROP, alert != Alert.NOTICE, like.enforced());
        eve.begin("sluice");
        if (alert != null) {
            eve.word("verdict", alert == Alert.NOTICE ? "allow" : "deny");
            eve.word("reason", alert.reason());
        }
        if (like.rule() != null) {
            rule(like.rule());
        } else {
            eve.optional("conduit", like.conduit());
        }
        eve.optional("from", like.from());
        eve.optional("notices", like.notices());
        if (alert != Alert.NOTICE) {
            eve.flag("enforced", like.enforced());
        }
        eve.begin("repeated");
        eve.number("count", r.untold);
        eve.timestamp("first", r.firstNanos);
        eve.timestamp("last", r.lastNanos);
        eve.end();
        circumstances(new Circumstances(r.circumstances.policy(), null, true, like.person(), like.grant()));
        eve.end();
        return eve.finish();
    }

    /** What a flow has carried; {@code over} or so far. */
    LineBuffer flow(FlowCount f, long nanos, String state, @Nullable String reason) {
        head(nanos, f.id, f.circumstances.port(), "flow");
        eve.ends(f.ends, true);
        if (f.ends.service() != null) {
            eve.word("app_proto", f.ends.service().name());
        }
        eve.stations(f.ends);
        FlowTotals t = f.totals;
        eve.begin("flow");
        eve.number("pkts_toserver", t.packetsToServer);
        eve.number("pkts_toclient", t.packetsToClient);
        eve.number("bytes_toserver", t.octetsToServer);
        eve.number("bytes_toclient", t.octetsToClient);
        eve.timestamp("start", t.firstNanos);
        eve.timestamp("end", t.lastNanos);
        eve.number("age", (long) ((t.lastNanos - t.firstNanos) / SECOND));
        eve.word("state", state);
        eve.optional("reason", reason);
        eve.optional("action", f.blocked ? "drop" : null);
        eve.flag("alerted", f.alerted);
        eve.end();
        eve.begin("sluice");
        places(f.ends.clientPlace(), f.ends.serverPlace(), f.circumstances.policy());
        counts(f);
        circumstances(f.circumstances);
        eve.end();
        return eve.finish();
    }

    private void counts(FlowCount f) {
        if (f.ends.service() != null) {
            eve.begin("requests");
            eve.number("allowed", f.totals.requestsAllowed);
            eve.number("denied", f.totals.requestsRefused);
            eve.end();
            eve.number("answers", f.answers);
            if (f.places > 0) {
                eve.number("read_places", f.places);
            }
            eve.begin("rules");
            f.rules.forEach((rule, by) -> {
                eve.begin(rule);
                eve.optional("conduit", by.conduit());
                eve.number("reads", by.reads + by.untold);
                eve.number("writes", by.writes);
                eve.end();
            });
            eve.end();
        }
        if (!f.anomalies.isEmpty()) {
            eve.begin("anomalies");
            f.anomalies.forEach((anomaly, times) -> eve.number(anomaly.word(), times));
            eve.end();
        }
        eve.flag("midstream", f.totals.midstream);
        eve.flag("ended_by_firewall", f.totals.ended);
    }

    /** Counters, in as many levels as the map has. */
    LineBuffer stats(Map<String, ?> counters, long nanos) {
        head(nanos, -1, null, "stats");
        object("stats", counters);
        return eve.finish();
    }

    /** What people or the journal itself did. */
    LineBuffer management(String type, Map<String, ?> fields, long nanos) {
        head(nanos, -1, null, "management");
        eve.begin("management");
        eve.text("type", type);
        fields.forEach(this::value);
        eve.end();
        return eve.finish();
    }

    private void object(String name, Map<?, ?> fields) {
        eve.begin(name);
        fields.forEach((key, value) -> value(String.valueOf(key), value));
        eve.end();
    }

    private void value(String name, @Nullable Object value) {
        switch (value) {
            case null -> {
            }
            case Map<?, ?> nested -> object(name, nested);
            case Boolean flag -> eve.flag(name, flag);
            case Double real when Double.isFinite(real) -> eve.real(name, real);
            case Number number -> eve.number(name, number.longValue());
            default -> eve.text(name, value.toString());
        }
    }

    private void head(long nanos, long flowId, @Nullable String port, String type) {
        eve.begin(nanos);
        if (flowId >= 0) {
            eve.number("flow_id", flowId);
        }
        eve.optional("in_iface", port);
        eve.word("event_type", type);
    }

    private void packet(Packet p) {
        eve.vlan(p.vlan());
        switch (p.kind()) {
            case NOTHING -> {
            }
            case LINK -> eve.number("ether_type", p.etherType());
            case IP, ICMP, TCP, UDP -> {
                boolean ports = p.kind() == Packet.Kind.TCP || p.kind() == Packet.Kind.UDP;
                eve.end("src_ip", "src_port", p.sourceHigh(), p.sourceLow(), ports ? p.sourcePort() : -1);
                eve.end("dest_ip", "dest_port", p.destinationHigh(), p.destinationLow(),
                        ports ? p.destinationPort() : -1);
                eve.transport(p.protocol());
                eve.number("ip_v", p.ipv6() ? 6 : 4);
            }
        }
    }

    private void alert(Alert alert, String what, String more, boolean blocked) {
        eve.begin("alert");
        eve.word("action", blocked ? "blocked" : "allowed");
        eve.number("gid", 1);
        eve.number("signature_id", alert.number());
        eve.number("rev", 1);
        eve.text("signature", what + ": " + alert.sentence() + (more.isEmpty() ? "" : ": " + more));
        eve.word("category", alert.category());
        eve.number("severity", alert.severity());
        eve.end();
    }

    private void verdict(OnDeny action, boolean denied, boolean enforced) {
        eve.begin("verdict");
        eve.word("action", !denied ? "pass" : enforced ? "drop" : "alert");
        if (denied && enforced && action == OnDeny.RESET) {
            eve.word("reject-target", "both");
            eve.texts("reject", List.of("tcp-reset"));
        }
        eve.end();
    }

    private void fields(MessageEvent e, Protocol protocol) {
        eve.begin(protocol.name());
        eve.begin(e.fromClient() ? "request" : "response");
        protocol.columns().fields(e.session(), e.fromClient() ? Dissector.TO_SERVER : Dissector.TO_CLIENT, e.bytes(),
                e.at(), e.size(), eve);
        eve.end();
        eve.end();
    }

    /** @param conduit that relates the two ends, named where no rule decided */
    private void decision(boolean allowed, String reason, int rule, String conduit, Circumstances c) {
        eve.word("verdict", allowed ? "allow" : "deny");
        eve.word("reason", reason);
        if (rule != Verdict.DEFAULT && rule < c.policy().rules().size()) {
            rule(c.policy().rules().get(rule));
        } else if (!conduit.isEmpty()) {
            eve.word("conduit", conduit);
        }
    }

    /** The reason that a deny gives comes from the policy that judged, whatever the policy of today says. */
    private void rule(RuleInfo info) {
        eve.word("rule", info.id());
        eve.word("conduit", info.conduit());
        if (info.because().isPresent()) {
            eve.text("because", info.because().get());
        }
    }

    private void places(int from, int to, CompiledPolicy policy) {
        eve.word("from", policy.nameOf(from));
        eve.word("to", policy.nameOf(to));
    }

    private void enforcement(@Nullable OnDeny action, boolean enforced) {
        if (action != null) {
            eve.word("action", action.name().toLowerCase(Locale.ROOT));
        }
        eve.flag("enforced", enforced);
    }

    private void circumstances(Circumstances c) {
        eve.word("policy", c.policy().hash());
        eve.optional("person", c.person());
        eve.optional("grant", c.grant());
    }
}
