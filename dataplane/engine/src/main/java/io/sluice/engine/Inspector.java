package io.sluice.engine;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.Facts;
import io.sluice.dissect.Limits;
import io.sluice.dissect.Malformed;
import io.sluice.dissect.Notice;
import io.sluice.dissect.Protocol;
import io.sluice.dissect.Protocols;
import io.sluice.dissect.Session;
import io.sluice.dissect.Shortfall;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.DecisionTable;
import io.sluice.rules.Demands;
import io.sluice.rules.PolicyChange;
import io.sluice.rules.RateBuckets;
import io.sluice.rules.Service;
import io.sluice.rules.Situation;
import io.sluice.rules.Verdict;
import io.sluice.rules.policy.Mode;
import io.sluice.rules.policy.OnDeny;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Walks a byte stream message by message: frame, check, fill facts, decide. It does not know where the bytes come from,
 * so that packets, captures and the broker's sockets are judged by the same code. One per worker.
 */
final class Inspector {
    /** {@link #step}: the message is not complete. */
    static final int NEED_MORE = 0;
    /** {@link #step}: no message can start here. */
    static final int LOST = -1;

    private final Profile profile;
    private final EngineListener listener;
    private final Dissector[] dissectors;
    private final Limits limits;
    private final Verdict verdict = new Verdict();
    private final Situation situation;
    private final MessageEvent event = new MessageEvent();
    private CompiledPolicy policy;

    private long frame;
    private long nanos;
    private long age;
    private int ordinal;
    /** The trait that the connection lacks, or {@link Demands#MET}. */
    private int unmet = Demands.MET;
    /** The last message judged goes on to its receiver. */
    private boolean forwards;
    /** What happens to the last refused message. */
    private OnDeny action = OnDeny.DROP;

    Inspector(CompiledPolicy policy, Profile profile, Limits limits, EngineLimits engineLimits,
            EngineListener listener) {
        this.policy = policy;
        this.profile = profile;
        this.limits = limits;
        this.listener = listener;
        situation = new Situation(new RateBuckets(engineLimits.meteredSources()));
        dissectors = Protocols.ALL.stream().map(p -> p.dissector(limits)).toArray(Dissector[]::new);
    }

    Situation situation() {
        return situation;
    }

    /** Gives a flow what its service needs. */
    void attach(Flow flow, Service service) {
        Protocol protocol = service.protocol();
        for (int i = 0; i < dissectors.length; i++) {
            if (Protocols.ALL.get(i).equals(protocol)) {
                flow.dissector = dissectors[i];
            }
        }
        flow.service = service;
        if (flow.session == null || !protocol.equals(flow.sessionOf)) {
            flow.session = protocol.session(limits);
            flow.sessionOf = protocol;
        }
        flow.session.reset();
        flow.session.names(policy.names(protocol));
        flow.clientCertificate = policy.certificate(flow.clientPlace, protocol);
        flow.serverCertificate = policy.certificate(flow.serverPlace, protocol);
        if (flow.midstream) {
            flow.session.midstream();
        }
    }

    /** Another policy is in force. */
    void policy(CompiledPolicy next) {
        policy = next;
    }

    /** A flow goes on under another policy with the same protocol. */
    void carry(Flow flow, Service service, PolicyChange change) {
        Protocol protocol = service.protocol();
        flow.service = service;
        session(flow).renumber(change.renumbering(protocol));
        flow.clientCertificate = policy.certificate(flow.clientPlace, protocol);
        flow.serverCertificate = policy.certificate(flow.serverPlace, protocol);
    }

    /** Bytes of a direction are lost to the observer. */
    void missed(Flow flow, boolean fromClient) {
        session(flow).missed(direction(fromClient));
    }

    /** Messages judged from here on lie in this frame. */
    void frame(long number, long epochNanos, long monotonicNanos) {
        frame = number;
        nanos = epochNanos;
        age = monotonicNanos;
    }

    /** How many messages of the frame were judged. */
    int ordinal() {
        return ordinal;
    }

    /** Goes on counting the messages of a frame. */
    void ordinal(int messages) {
        ordinal = messages;
    }

    /** The last message was refused as the answer to a refused request. */
    boolean answersRefused() {
        return event.reason == Reason.ANSWER_TO_REFUSED;
    }

    boolean forwards() {
        return forwards;
    }

    OnDeny action() {
        return action;
    }

    /** Whether verdicts on this flow are obeyed at the moment. */
    boolean enforced(Flow flow) {
        Service service = flow.service;
        return (service == null ? flow.relation().mode(nanos) : service.mode(nanos)) == Mode.ENFORCE;
    }

    /** Whether a message could start here: positive yes, 0 too few bytes to tell, negative no. */
    int plausible(Flow flow, boolean fromClient, MemorySegment bytes, long at, int available) {
        return dissector(flow).frame(session(flow), direction(fromClient), bytes, at, available);
    }

    /**
     * Judges the message that starts at {@code at}.
     *
     * @return its size if it is whole; {@link #NEED_MORE}; or {@link #LOST}
     */
    int step(Flow flow, boolean fromClient, MemorySegment bytes, long at, int available) {
        Dissector dissector = dissector(flow);
        int size = dissector.frame(session(flow), direction(fromClient), bytes, at, available);
        if (size < 0) {
            malformed(flow, fromClient, Malformed.of(size), bytes, at, available);
            return LOST;
        }
        if (size == 0 || size > available) {
            return NEED_MORE;
        }
        judge(flow, dissector, fromClient, bytes, at, size);
        return size;
    }

    /** Judges a datagram: it must be one whole message. */
    void datagram(Flow flow, boolean fromClient, MemorySegment bytes, long at, int length) {
        half(flow, fromClient).firstFrame = frame;
        half(flow, fromClient).segments = 1;
        Dissector dissector = dissector(flow);
        int size = dissector.frame(session(flow), direction(fromClient), bytes, at, length);
        if (size < 0) {
            malformed(flow, fromClient, Malformed.of(size), bytes, at, length);
        } else if (size == 0 || size != length) { // an empty one is no message either
            malformed(flow, fromClient, Malformed.DATAGRAM_LENGTH, bytes, at, length);
        } else {
            judge(flow, dissector, fromClient, bytes, at, size);
        }
    }

    /**
     * Whether the readable part of an incomplete message may go on: nothing in it is wrong or refused so far.
     */
    boolean prefixPermitted(Flow flow, boolean fromClient, MemorySegment bytes, long at, int available) {
        Dissector dissector = dissector(flow);
        Session session = session(flow);
        int size = dissector.frame(session, direction(fromClient), bytes, at, available);
        if (size <= 0) {
            return size == 0;
        }
        Facts facts = event.facts;
        facts.reset(bytes);
        int kind = dissector.inspect(session, direction(fromClient), bytes, at, size, available, facts);
        if (kind < 0) {
            return false;
        }
        if (!fromClient || facts.spans() == 0) {
            return true;
        }
        return permitted(flow, true);
    }

    /**
     * Whether the connection is as it must be and the rules permit the facts; {@link #unmet} or, where that is met,
     * {@link #verdict} says what stands against it.
     *
     * @param preview the request is not complete
     */
    private boolean permitted(Flow flow, boolean preview) {
        Service service = service(flow);
        Facts facts = event.facts;
        unmet = service.demands().unmet(facts, flow.clientCertificate, flow.serverCertificate);
        if (unmet != Demands.MET) {
            return false; // before the rules: a message that is refused for another reason costs no rate
        }
        situate(flow);
        DecisionTable table = service.table();
        DecisionTable narrowing = flow.grant == null ? null : flow.grant.rules().table();
        if (narrowing == null && preview) {
            table.preview(facts, situation, verdict);
        } else if (narrowing == null) {
            table.decide(facts, situation, verdict);
        } else if (preview) {
            table.preview(facts, situation, verdict, narrowing);
        } else {
            table.decide(facts, situation, verdict, narrowing);
        }
        return verdict.allowed();
    }

    /**
     * Reports the readable part of a message whose first bytes have gone on and whose next must not: what {@link
     * #prefixPermitted} said no to. A refusal in its place would need all of it, so {@code reply} becomes {@code reset}.
     */
    void refusePrefix(Flow flow, boolean fromClient, MemorySegment bytes, long at, int available) {
        Dissector dissector = dissector(flow);
        Session session = session(flow);
        begin(flow, fromClient, bytes, at, available);
        Facts facts = event.facts;
        facts.reset(bytes);
        int size = dissector.frame(session, direction(fromClient), bytes, at, available);
        int kind = size < 0
                ? size
                : dissector.inspect(session, direction(fromClient), bytes, at, size, available, facts);
        if (kind < 0) {
            refuseMalformed(flow, Malformed.of(kind));
        } else {
            event.request = true;
            permitted(flow, true);
            refuseRequest(service(flow));
        }
        action = action == OnDeny.REPLY ? OnDeny.RESET : action;
    }

    /** Whether a limit that is reached ends the flow. */
    boolean overloadResets() {
        return policy.whenUnsure().overload() == OnDeny.RESET;
    }

    /** A message that exceeds what may be kept of it. */
    void overload(Flow flow, boolean fromClient, MemorySegment bytes, long at, int available) {
        begin(flow, fromClient, bytes, at, available);
        event.reason = Reason.OVERLOAD;
        finish(false, policy.whenUnsure().overload());
    }

    private void judge(Flow flow, Dissector dissector, boolean fromClient, MemorySegment bytes, long at, int size) {
        begin(flow, fromClient, bytes, at, size);
        Facts facts = event.facts;
        facts.reset(bytes);
        Session session = session(flow);
        int kind = dissector.inspect(session, direction(fromClient), bytes, at, size, size, facts);
        if (kind == Dissector.REQUEST) {
            request(flow, dissector, session);
        } else if (kind == Dissector.PART) {
            part(flow, dissector, session, fromClient);
        } else if (kind == Dissector.RESPONSE) {
            flow.settled = true;
            event.rule = dissector.answeredRule(session);
            boolean allowed = dissector.answered(session);
            event.reason = allowed ? Reason.ALLOWED : Reason.ANSWER_TO_REFUSED;
            // The request never arrived and its client has an answer already: this one is cut out, and the connection
            // goes on where that is possible.
            finish(allowed, OnDeny.REPLY);
        } else {
            refuseMalformed(flow, Malformed.of(kind));
        }
    }

    /** A piece that can be refused is the end of its message; else its bytes go on, all but the last piece's. */
    private void part(Flow flow, Dissector dissector, Session session, boolean fromClient) {
        event.part = true;
        event.request = fromClient;
        if (fromClient && event.facts.spans() > 0 && !permitted(flow, true)) {
            dissector.decided(session, false, unmet == Demands.MET ? verdict.rule() : Verdict.DEFAULT);
            refuseRequest(service(flow));
            return;
        }
        event.reason = Reason.ALLOWED;
        finish(true, OnDeny.DROP);
    }

    private void request(Flow flow, Dissector dissector, Session session) {
        boolean allowed = permitted(flow, false);
        int rule = unmet == Demands.MET ? verdict.rule() : Verdict.DEFAULT;
        dissector.decided(session, allowed, rule);
        event.request = true;
        event.rule = rule;
        if (allowed) {
            event.reason = Reason.ALLOWED;
            finish(true, OnDeny.DROP);
            return;
        }
        refuseRequest(service(flow));
    }

    private void refuseRequest(Service service) {
        if (unmet != Demands.MET) {
            event.rule = Verdict.DEFAULT;
            event.shortfall = Shortfall.TRAIT;
            event.trait = unmet;
            event.reason = Reason.CHANNEL;
            finish(false, service.onDeny());
            return;
        }
        event.rule = verdict.rule();
        event.shortfall = verdict.shortfall();
        event.span = verdict.span();
        event.index = verdict.index();
        if (verdict.rule() != Verdict.DEFAULT) {
            event.reason = Reason.DENIED;
            finish(false, policy.rules().get(verdict.rule()).onDeny());
        } else if (verdict.narrowed()) {
            event.reason = Reason.GRANT;
            finish(false, service.onDeny());
        } else if (event.facts.opaque()) {
            event.reason = Reason.OPAQUE;
            finish(false, policy.whenUnsure().opaque());
        } else {
            event.reason = Reason.DEFAULT;
            finish(false, service.onDeny());
        }
    }

    private void malformed(Flow flow, boolean fromClient, Malformed problem, MemorySegment bytes, long at, int size) {
        begin(flow, fromClient, bytes, at, size);
        event.lost = true;
        refuseMalformed(flow, problem);
    }

    private void refuseMalformed(Flow flow, Malformed problem) {
        event.problem = problem;
        // An answer whose request was sent before the flow was seen is nobody's fault.
        if (problem == Malformed.UNSOLICITED && flow.midstream && !flow.settled) {
            event.reason = Reason.MIDSTREAM;
            finish(false, policy.whenUnsure().midstream());
            return;
        }
        switch (problem.cause()) {
            case MALFORMED -> {
                event.reason = Reason.MALFORMED;
                finish(false, policy.whenUnsure().malformed());
            }
            case OPAQUE -> {
                event.reason = Reason.OPAQUE;
                finish(false, policy.whenUnsure().opaque());
            }
            case MIDSTREAM -> {
                event.reason = Reason.MIDSTREAM;
                finish(false, policy.whenUnsure().midstream());
            }
            case OVERLOAD -> {
                event.reason = Reason.OVERLOAD;
                finish(false, policy.whenUnsure().overload());
            }
        }
    }

    private void begin(Flow flow, boolean fromClient, MemorySegment bytes, long at, int size) {
        Half half = half(flow, fromClient);
        event.policy = policy;
        event.flow = flow;
        event.fromClient = fromClient;
        event.request = false;
        event.part = false;
        event.problem = null;
        event.rule = Verdict.DEFAULT;
        event.shortfall = Shortfall.NONE;
        event.span = 0;
        event.index = 0;
        event.bytes = bytes;
        event.at = at;
        event.size = size;
        event.frame = frame;
        event.firstFrame = half.firstFrame;
        event.nanos = nanos;
        event.age = age;
        event.lost = false;
        event.ordinal = ++ordinal;
        event.segments = half.segments;
    }

    private void finish(boolean allowed, OnDeny onDeny) {
        event.allowed = allowed;
        action = possible(event.flow, onDeny);
        event.action = action;
        event.enforced = enforced(event.flow);
        event.notices = event.facts.notices() | (outOfDate(event.facts) ? Notice.CERTIFICATE_OUT_OF_DATE.bit() : 0);
        forwards = allowed || !event.enforced;
        event.flow.count(event);
        listener.message(event);
    }

    /**
     * Where nothing can be put in place of a message, {@code reply} falls back to {@code reset}: in a TCP stream that
     * runs through between two peers. A datagram stands for itself.
     */
    private OnDeny possible(Flow flow, OnDeny wanted) {
        boolean replaceable = profile.replaces() || flow.protocol != Packet.PROTOCOL_TCP;
        return wanted == OnDeny.REPLY && !replaceable ? OnDeny.RESET : wanted;
    }

    /** A connection rests on a certificate whose time is over or has not come; to be said once, while it is opened. */
    private boolean outOfDate(Facts facts) {
        long seconds = Math.floorDiv(nanos, 1_000_000_000L);
        return facts.validUntil() < seconds || facts.validFrom() > seconds;
    }

    /** Writes the protocol's refusal of the last message; 0 bytes where there is none. */
    int refuse(Flow flow, MemorySegment bytes, long at, int size, Answer answer) {
        if (!event.request || answer.refusalLength + 512 > Answer.REFUSAL_BYTES) {
            return 0;
        }
        int length = dissector(flow).refuse(bytes, at, size, event.shortfall, answer.refusal, answer.refusalLength);
        answer.refusalLength += length;
        return length;
    }

    private void situate(Flow flow) {
        situation.at(nanos, age, policy.windows());
        situation.source(flow.clientHigh, flow.clientLow);
    }

    private static int direction(boolean fromClient) {
        return fromClient ? Dissector.TO_SERVER : Dissector.TO_CLIENT;
    }

    private static Half half(Flow flow, boolean fromClient) {
        return flow.half(fromClient);
    }

    private static Dissector dissector(Flow flow) {
        return Objects.requireNonNull(flow.dissector);
    }

    private static Session session(Flow flow) {
        return Objects.requireNonNull(flow.session);
    }

    private static Service service(Flow flow) {
        return Objects.requireNonNull(flow.service);
    }
}
