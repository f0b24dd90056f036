package io.sluice.dissect.opcua;

import static io.sluice.dissect.Dissector.PART;
import static io.sluice.dissect.Dissector.PARTIAL;
import static io.sluice.dissect.Dissector.REQUEST;
import static io.sluice.dissect.Dissector.RESPONSE;
import static io.sluice.dissect.Dissector.TO_CLIENT;
import static io.sluice.dissect.Dissector.TO_SERVER;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Limits.OpcUaLimits;
import io.sluice.dissect.Malformed;
import io.sluice.dissect.Notice;
import java.lang.foreign.MemorySegment;

/** MSG and CLO chunks, OPC 10000-6 §6.7.2: requests become facts; responses are for {@link OpcUaResponses}. */
final class OpcUaMessages {
    private static final int CHUNKS_MIXED = -Malformed.CHUNKS_MIXED.code();
    private static final int TRAILING_BYTES = -Malformed.TRAILING_BYTES.code();
    private static final int UNEXPECTED = -Malformed.UNEXPECTED_MESSAGE.code();
    /** The whole body's end is not known yet. */
    static final long OPEN_END = Long.MAX_VALUE / 2;

    private final OpcUaCursor c;
    private final OpcUaRequests requests;
    private final OpcUaAnswers answers;
    private final OpcUaResponses responses;
    private final OpcUaLimits limits;
    private final OpcUaStore store;
    private final OpcUaProgress progress = new OpcUaProgress();

    OpcUaMessages(OpcUaCursor cursor, OpcUaRequests requests, OpcUaAnswers answers, OpcUaLimits limits) {
        c = cursor;
        this.requests = requests;
        this.answers = answers;
        this.limits = limits;
        store = new OpcUaStore(limits.assembledBytes());
        responses = new OpcUaResponses(cursor, answers, limits, store);
    }

    /** The readable items of a request's first chunk that has not come to its end: they can be refused already. */
    int beginning(OpcUaSession s, MemorySegment bytes, long at, int size, long available, Facts facts) {
        OpcUaChannel channel = s.channel;
        if (s.assembly(TO_SERVER).open || available < OpcUaView.BODY + 8
                || OpcUaView.type(bytes, at) != OpcUaView.MSG || OpcUaView.chunk(bytes, at) == 'A'
                || !isClear(channel, bytes, at, available)) {
            return PARTIAL;
        }
        boolean last = OpcUaView.chunk(bytes, at) == 'F';
        c.wrap(bytes, at + OpcUaView.BODY, at + available, last ? at + size - channel.signature : OPEN_END);
        int id = c.typeId();
        int service = OpcUaServices.find(id);
        if (!c.ok() || service == OpcUaServices.UNKNOWN || !OpcUaServices.isRequest(service, id)) {
            return c.ok() || c.problem == OpcUaCursor.BODY_CUT ? PARTIAL : -c.problem;
        }
        if (id == OpcUaServices.OPEN_CHANNEL || id == OpcUaServices.CLOSE_CHANNEL) {
            return UNEXPECTED;
        }
        progress.reset();
        int problem = requests.read(s, service, at + OpcUaView.BODY, progress, facts);
        if (problem != 0 && problem != OpcUaCursor.BODY_CUT) {
            return -problem;
        }
        s.traits(facts);
        if (channel.mode == 0 && channel.secured()) {
            facts.trait(OpcUaMeaning.MODE, OpcUaMeaning.MODE_SIGN); // as its end is going to say
        }
        return PARTIAL;
    }

    /** Whether the mode, or where it is not known yet this message itself, says that bodies can be read. */
    private static boolean isClear(OpcUaChannel channel, MemorySegment bytes, long at, long available) {
        return switch (channel.mode) {
            case OpcUaMeaning.MODE_NONE, OpcUaMeaning.MODE_SIGN -> true;
            case OpcUaMeaning.MODE_SIGN_AND_ENCRYPT -> false;
            default -> OpcUaAnswers.looksClear(bytes, at + OpcUaView.BODY, available - OpcUaView.BODY);
        };
    }

    int inspect(OpcUaSession s, int direction, MemorySegment bytes, long at, int size, Facts facts) {
        OpcUaChannel channel = s.channel;
        if (channel.state != OpcUaChannel.OPEN && !channel.joined
                && !(channel.state == OpcUaChannel.CLOSED && direction == TO_CLIENT)) {
            return UNEXPECTED;
        }
        int problem = channel.belongs(OpcUaView.i32(bytes, at + OpcUaView.CHANNEL),
                OpcUaView.i32(bytes, at + OpcUaView.TOKEN));
        if (problem != 0) {
            return problem;
        }
        boolean clear = isClear(channel, bytes, at, size);
        if (channel.mode == 0 && (direction == TO_SERVER || channel.joined)) {
            infer(channel, clear, s.assembly(direction).open);
        }
        if (!clear) {
            if (direction == TO_CLIENT) {
                channel.confirm(OpcUaAnswers.looksClear(bytes, at + OpcUaView.BODY, size - OpcUaView.BODY));
            }
            return encrypted(s, direction, bytes, at, facts);
        }
        problem = numbered(s, direction, bytes, at, size);
        if (problem != 0) {
            return problem;
        }
        if (direction == TO_CLIENT) {
            return responses.answer(s, bytes, at, size);
        }
        int kind = request(s, bytes, at, size, facts);
        if (kind < 0) {
            // Observing, it reaches its server all the same, and its answer is nobody's surprise.
            s.lastService = OpcUaServices.UNKNOWN;
            s.asked(OpcUaSession.verdict(false, -1));
        }
        return kind;
    }

    /** The sequence header, and that a signature fits behind it. */
    private static int numbered(OpcUaSession s, int direction, MemorySegment bytes, long at, int size) {
        int sequence = OpcUaView.i32(bytes, at + OpcUaView.SEQUENCE);
        s.last.sequence(sequence, OpcUaView.i32(bytes, at + OpcUaView.REQUEST));
        int problem = s.channel.follows(direction, sequence);
        return problem == 0 && size < OpcUaView.BODY + s.channel.signature ? -Malformed.BODY_CUT.code() : problem;
    }

    /** The first message shows how the channel is protected. Where its opening was not seen, a body's end tells more. */
    private static void infer(OpcUaChannel channel, boolean clear, boolean midway) {
        if (channel.secured()) {
            channel.mode = clear ? OpcUaMeaning.MODE_SIGN : OpcUaMeaning.MODE_SIGN_AND_ENCRYPT;
        } else if (!clear && !midway && channel.policy == OpcUaSecurity.UNKNOWN) {
            channel.mode = OpcUaMeaning.MODE_SIGN_AND_ENCRYPT;
        }
    }

    /** All that is known of an encrypted message is that it is one. */
    private int encrypted(OpcUaSession s, int direction, MemorySegment bytes, long at, Facts facts) {
        boolean whole = OpcUaView.chunk(bytes, at) != 'C';
        OpcUaAssembly assembly = s.assembly(direction);
        assembly.chunks = whole ? 0 : assembly.chunks + 1;
        int most = direction == TO_SERVER ? limits.requestChunks() : limits.responseChunks();
        // How long the body is lies in the cipher; how many chunks it has does not.
        if (assembly.chunks >= s.channel.mostChunks(direction, most)) {
            return -Malformed.TOO_MANY_CHUNKS.code();
        }
        if (direction == TO_CLIENT) {
            s.lastAnswered = s.encryptedVerdict;
            return s.encryptedAsked || s.channel.joined ? (whole ? RESPONSE : PART) : -Malformed.UNSOLICITED.code();
        }
        s.traits(facts);
        compare(s, facts);
        if (OpcUaView.type(bytes, at) == OpcUaView.CLO) {
            return closing(s, facts);
        }
        facts.opaque(true);
        facts.addOrRepeat(OpcUaMeaning.ENCRYPTED, OpcUaMeaning.NO_ATTRIBUTE, Facts.NO_ITEM, Facts.NO_ITEM,
                Facts.NOWHERE);
        s.encryptedAsked = true;
        s.lastKind = whole ? OpcUaHandshake.ENCRYPTED : OpcUaHandshake.NOTHING;
        return whole ? REQUEST : PART;
    }

    private static int closing(OpcUaSession s, Facts facts) {
        s.channel.state = OpcUaChannel.CLOSED;
        s.lastKind = OpcUaHandshake.NOTHING;
        facts.addOrRepeat(OpcUaMeaning.DISCOVERY, OpcUaMeaning.NO_ATTRIBUTE, OpcUaServices.CLOSE_CHANNEL,
                Facts.NO_ITEM, Facts.NOWHERE);
        return REQUEST;
    }

    /** Once for each channel: is it as good as what the server has offered? */
    private void compare(OpcUaSession s, Facts facts) {
        if (s.offerChanged) {
            s.offerChanged = false;
            facts.notice(Notice.OFFER_CHANGED);
        }
        boolean discovers = facts.spans() > 0 && facts.operation(0) == OpcUaMeaning.DISCOVERY;
        if (!s.channel.compared && s.channel.mode != 0 && !discovers) {
            s.channel.compared = true;
            facts.validity(s.channel.notBefore, s.channel.notAfter);
            if (answers.offeredBetter(s)) {
                facts.notice(Notice.WEAKER_THAN_OFFERED);
            }
        }
    }

    private int request(OpcUaSession s, MemorySegment bytes, long at, int size, Facts facts) {
        OpcUaAssembly assembly = s.assembly(TO_SERVER);
        int id = OpcUaView.i32(bytes, at + OpcUaView.REQUEST);
        int chunk = OpcUaView.chunk(bytes, at);
        long body = at + OpcUaView.BODY;
        long end = at + size - s.channel.signature;
        s.lastRequestId = id;
        if (assembly.open && (assembly.requestId != id || OpcUaView.type(bytes, at) == OpcUaView.CLO)) {
            return CHUNKS_MIXED;
        }
        if (s.awaitsAnswer(id)) {
            // Two questions by one number: which of them an answer answers could not be told.
            return UNEXPECTED;
        }
        if (chunk == 'A') {
            return abort(s, assembly, facts);
        }
        if (chunk == 'F' && !assembly.open) {
            if (end - body > s.channel.mostBytes(TO_SERVER, Long.MAX_VALUE)) {
                return -Malformed.MESSAGE_SIZE.code();
            }
            c.wrap(bytes, body, end, end);
            return whole(s, body, end, OpcUaView.type(bytes, at) == OpcUaView.CLO, facts);
        }
        int problem = collect(s, assembly, id, bytes, body, end);
        if (problem != 0) {
            return problem;
        }
        facts.reset(assembly.memory());
        return chunk == 'F' ? last(s, assembly, facts) : piece(s, assembly, facts);
    }

    /** Puts the body of a chunk behind those of the ones before: 0, or a negated problem. */
    private int collect(OpcUaSession s, OpcUaAssembly assembly, int id, MemorySegment bytes, long body, long end) {
        if (!assembly.open) {
            c.wrap(bytes, body, end, OPEN_END);
            int type = c.typeId();
            if (!c.ok()) {
                return -c.problem;
            }
            assembly.begin(id, type, OpcUaServices.find(type));
        }
        int problem = assembly.append(store, bytes, body, end - body,
                s.channel.mostChunks(TO_SERVER, limits.requestChunks()),
                s.channel.mostBytes(TO_SERVER, limits.requestBytes()));
        if (problem != 0) {
            assembly.end();
        }
        return problem;
    }

    private static int abort(OpcUaSession s, OpcUaAssembly assembly, Facts facts) {
        if (!assembly.open && !s.channel.joined) {
            return CHUNKS_MIXED;
        }
        assembly.end();
        s.lastKind = OpcUaHandshake.NOTHING;
        s.traits(facts);
        facts.addOrRepeat(OpcUaMeaning.SESSION, OpcUaMeaning.NO_ATTRIBUTE, OpcUaServices.ABORT, Facts.NO_ITEM,
                Facts.NOWHERE);
        return REQUEST;
    }

    /** What a further chunk adds: items that are whole now. */
    private int piece(OpcUaSession s, OpcUaAssembly assembly, Facts facts) {
        s.lastKind = OpcUaHandshake.PIECE;
        if (assembly.refused || assembly.service == OpcUaServices.UNKNOWN) {
            return PART;
        }
        c.wrap(assembly.memory(), 0, assembly.kept(), OPEN_END);
        c.typeId();
        int problem = requests.read(s, assembly.service, 0, assembly.progress, facts);
        if (problem != 0 && problem != OpcUaCursor.BODY_CUT) {
            assembly.end();
            return -problem;
        }
        s.traits(facts);
        return PART;
    }

    private int last(OpcUaSession s, OpcUaAssembly assembly, Facts facts) {
        boolean refused = assembly.refused;
        s.last.chunks = assembly.chunks;
        assembly.end();
        if (refused) {
            s.last.service(assembly.typeId);
            s.outstanding.put(Integer.toUnsignedLong(assembly.requestId), assembly.service, assembly.verdict);
            s.lastKind = OpcUaHandshake.NOTHING;
            return PART;
        }
        c.wrap(assembly.memory(), 0, assembly.kept(), assembly.kept());
        return whole(s, 0, assembly.kept(), false, facts);
    }

    private int whole(OpcUaSession s, long body, long end, boolean closing, Facts facts) {
        int type = c.typeId();
        s.last.service(type);
        s.lastKind = OpcUaHandshake.MESSAGE;
        int service = OpcUaServices.find(type);
        if (!c.ok()) {
            return -c.problem;
        }
        if (service == OpcUaServices.UNKNOWN || type == OpcUaServices.FAULT) {
            unknown(s, type, facts);
            return REQUEST;
        }
        if (!OpcUaServices.isRequest(service, type)) {
            return -Malformed.SERVICE_DIRECTION.code();
        }
        if (type == OpcUaServices.OPEN_CHANNEL || closing != (type == OpcUaServices.CLOSE_CHANNEL)) {
            return UNEXPECTED;
        }
        progress.reset();
        int problem = requests.read(s, service, body, progress, facts);
        if (problem != 0) {
            return -problem;
        }
        problem = facts.opaque() ? 0 : rest(s.channel, end);
        if (problem != 0 || s.outstanding.isFull() || !s.canFollow()) {
            return problem != 0 ? problem : -Malformed.TOO_MANY_ITEMS.code();
        }
        s.lastService = service;
        if (type == OpcUaServices.CLOSE_CHANNEL) {
            s.channel.state = OpcUaChannel.CLOSED;
            s.lastKind = OpcUaHandshake.NOTHING;
        }
        s.traits(facts);
        if (type == OpcUaServices.ACTIVATE_SESSION) {
            facts.trait(OpcUaMeaning.USER, s.requestedUser);
        }
        compare(s, facts);
        return REQUEST;
    }

    /** Nothing may follow the last field; where the opening was not seen, a signature of a usual length may. */
    private int rest(OpcUaChannel channel, long end) {
        int left = (int) (end - c.at);
        if (channel.signatureKnown()) {
            return left == 0 ? 0 : TRAILING_BYTES;
        }
        if (left != 0 && left != 16 && left != 20 && left != 32 && left != 48) {
            return TRAILING_BYTES;
        }
        channel.learn(left);
        return 0;
    }

    /** A service that nobody knows: a rule may name its number, if it has one. */
    private void unknown(OpcUaSession s, int type, Facts facts) {
        // Every request begins with the RequestHeader, and that with the session's token: OPC 10000-4 §7.33.
        c.nodeId();
        s.begin(c.ok() ? OpcUaSession.token(c.bytes, c.nodeHead, c.nodeTail, c.nodeTailLength) : 0);
        facts.opaque(true);
        facts.addOrRepeat(OpcUaMeaning.SERVICE, OpcUaMeaning.NO_ATTRIBUTE, type < 0 ? Facts.NO_ITEM : type,
                Facts.NO_ITEM, Facts.NOWHERE);
        s.lastService = OpcUaServices.UNKNOWN;
        s.traits(facts);
    }
}
