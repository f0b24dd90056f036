package io.sluice.replay;

import io.sluice.dissect.Columns;
import io.sluice.dissect.Dissector;
import io.sluice.dissect.Protocol;
import io.sluice.engine.EngineListener;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Packet;
import io.sluice.engine.words.Addresses;
import io.sluice.replay.FlowNotes.Waiting;
import io.sluice.rules.learn.Conversation;
import io.sluice.rules.learn.Host;
import io.sluice.rules.learn.Moment;
import io.sluice.rules.learn.Observation;
import io.sluice.rules.learn.Observation.Ask;
import io.sluice.rules.learn.Observation.Asked;
import io.sluice.rules.learn.Observation.Outcome;
import io.sluice.rules.policy.PlainVocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes observations of what the engine finds. A request is told when its answer is there, or will not come. */
final class LearningListener implements EngineListener {
    /** Requests of one flow that wait for their answers; the oldest is given up for the next. */
    private static final int MOST_WAITING = 1_024;
    private static final int ETHERTYPE_ARP = 0x0806;

    private final LearningPolicy policy;
    private final Consumer<Observation> observations;
    private final Map<Protocol, Asks> asks = new HashMap<>();
    private final Map<Long, FlowNotes> flows = new HashMap<>();
    private long lastEnded = -1;
    private long frame;
    private long nanos;

    LearningListener(LearningPolicy policy, Consumer<Observation> observations) {
        this.policy = policy;
        this.observations = observations;
    }

    /** The frame that the engine is given next. */
    void frame(long number, long epochNanos) {
        frame = number;
        nanos = epochNanos;
        lastEnded = -1;
    }

    /** The flow of the frame that the engine was given last, and where the frame came in; port empty if unknown. */
    void travelled(@Nullable Flow flow, String port) {
        if (flow == null || key(flow) == lastEnded) {
            return;
        }
        FlowNotes notes = notes(flow);
        boolean fromClient = flow.packetsToServer() != notes.packetsToServer;
        notes.packetsToServer = flow.packetsToServer();
        int vlan = flow.vlan() > 0xFFF ? flow.vlan() >>> 12 : flow.vlan();
        String site = port + "\n" + vlan;
        Host host = fromClient ? notes.conversation.client() : notes.conversation.server();
        if (!site.equals(fromClient ? notes.clientSite : notes.serverSite)) {
            if (fromClient) {
                notes.clientSite = site;
            } else {
                notes.serverSite = site;
            }
            observations.accept(new Observation.Sighted(host, new Moment(nanos, frame), port, vlan));
        }
    }

    @Override
    public void message(MessageEvent e) {
        FlowNotes notes = notes(e.flow());
        Protocol protocol = Objects.requireNonNull(e.flow().service()).protocol();
        if (e.fromClient()) {
            fromClient(e, notes, protocol);
        } else if (!e.part() && e.problem() == null) {
            Columns columns = protocol.columns();
            long exchange = columns.exchange(e.session(), Dissector.TO_CLIENT, e.bytes(), e.at(), e.size());
            Waiting request = notes.waiting.remove(exchange);
            if (request != null) {
                boolean refused = columns.refusal(e.session(), e.bytes(), e.at(), e.size());
                tell(notes, request, refused ? Outcome.REFUSED : Outcome.ANSWERED);
            }
        }
    }

    private void fromClient(MessageEvent e, FlowNotes notes, Protocol protocol) {
        Moment at = new Moment(e.nanos(), e.frame());
        if (!e.request()) {
            notes.pieces.clear();
            String why = e.problem() == null ? e.reason().word() : e.problem().word();
            observations.accept(new Observation.Unreadable(notes.conversation, at, why));
            return;
        }
        Asks understood = asks.computeIfAbsent(protocol, p -> new Asks(p, policy.collected(p)));
        notes.pieces.addAll(understood.of(e.facts()));
        if (e.part()) {
            return;
        }
        List<Ask> all = new ArrayList<>(notes.pieces);
        notes.pieces.clear();
        Waiting request = new Waiting(at, all, all.isEmpty() ? Map.of() : understood.traits(e.facts()));
        long exchange = protocol.columns().exchange(e.session(), Dissector.TO_SERVER, e.bytes(), e.at(), e.size());
        if (exchange < 0) {
            tell(notes, request, Outcome.ANSWERED); // nobody can tell
            return;
        }
        Waiting before = notes.waiting.put(exchange, request);
        if (before != null) {
            tell(notes, before, Outcome.UNANSWERED);
        }
        if (notes.waiting.size() > MOST_WAITING) {
            tell(notes, Objects.requireNonNull(notes.waiting.pollFirstEntry()).getValue(), Outcome.UNANSWERED);
        }
    }

    private void tell(FlowNotes notes, Waiting request, Outcome outcome) {
        observations.accept(
                new Asked(notes.conversation, request.at(), request.asks(), outcome, request.traits()));
    }

    @Override
    public void other(Packet packet) {
        String what = switch (packet.kind()) {
            case LINK -> packet.etherType() < 0x600
                    ? "IEEE 802.3 frames"
                    : "ethertype " + PlainVocabulary.ethertypeName(packet.etherType());
            case UDP -> "udp port " + packet.destinationPort() + " to a group of hosts";
            default -> "IP protocol " + packet.protocol();
        };
        if (packet.etherType() != ETHERTYPE_ARP) {
            observations.accept(new Observation.Beside(new Moment(nanos, frame), what));
        }
    }

    @Override
    public void ended(Flow flow) {
        lastEnded = key(flow);
        FlowNotes notes = notes(flow);
        flows.remove(lastEnded);
        notes.waiting.values().forEach(request -> tell(notes, request, Outcome.UNANSWERED));
        observations.accept(new Observation.Flowed(notes.conversation, new Moment(flow.firstNanos(), flow.firstFrame()),
                flow.lastNanos(), flow.answered(), flow.packets(), flow.octets()));
    }

    private FlowNotes notes(Flow flow) {
        FlowNotes notes = flows.get(key(flow));
        if (notes == null || notes.clientPort != flow.clientPort()) {
            notes = new FlowNotes(conversation(flow), flow.clientPort());
            flows.put(key(flow), notes);
        }
        return notes;
    }

    /** Flows are numbered for each transport. */
    private static long key(Flow flow) {
        return flow.number() << 8 | flow.protocol();
    }

    private static Conversation conversation(Flow flow) {
        Host client = new Host(flow.clientHigh(), flow.clientLow(),
                Addresses.text(flow.clientHigh(), flow.clientLow()));
        Host server = new Host(flow.serverHigh(), flow.serverLow(),
                Addresses.text(flow.serverHigh(), flow.serverLow()));
        boolean ports = flow.protocol() == Conversation.TCP || flow.protocol() == Conversation.UDP;
        return new Conversation(client, server, flow.service() == null ? "" : flow.service().protocol().name(),
                flow.protocol(), ports ? flow.serverPort() : 0);
    }
}
