package io.sluice.dissect.opcua;

import static io.sluice.dissect.Dissector.REQUEST;
import static io.sluice.dissect.Dissector.RESPONSE;
import static io.sluice.dissect.Dissector.TO_CLIENT;
import static io.sluice.dissect.Dissector.TO_SERVER;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Limits.OpcUaLimits;
import io.sluice.dissect.Malformed;
import java.lang.foreign.MemorySegment;

/** Hello, Acknowledge, Error and OpenSecureChannel: OPC 10000-6 §7.1.2 and §6.7.4. */
final class OpcUaHandshake {
    /** What {@link OpcUaDissector#decided} tells the verdict of. */
    static final int NOTHING = 0;
    static final int HELLO = 1;
    static final int OPENING = 2;
    static final int ENCRYPTED = 3;
    static final int MESSAGE = 4;
    static final int PIECE = 5;

    private static final int MOST_URL = 4096;
    private static final int MOST_POLICY = 255;
    private static final int THUMBPRINT = 20;
    private static final int RENEW = 1;
    private static final int UNEXPECTED = -Malformed.UNEXPECTED_MESSAGE.code();
    private static final int ENCODING = -Malformed.ENCODING.code();

    private final OpcUaCursor c;
    private final OpcUaRequests requests;
    private final OpcUaAnswers answers;
    private final OpcUaCertificates certificates;
    private final OpcUaProgress progress = new OpcUaProgress();

    OpcUaHandshake(OpcUaCursor cursor, OpcUaRequests requests, OpcUaAnswers answers, OpcUaLimits limits) {
        c = cursor;
        this.requests = requests;
        this.answers = answers;
        certificates = new OpcUaCertificates(limits);
    }

    int hello(OpcUaSession s, int direction, MemorySegment bytes, long at, int size, Facts facts) {
        OpcUaChannel channel = s.channel;
        if (direction != TO_SERVER || (channel.state != OpcUaChannel.NEW && !channel.joined)) {
            return UNEXPECTED;
        }
        c.wrap(bytes, at + OpcUaView.HEADER, at + size, at + size);
        // A server answers with its own version, whichever is asked for (§7.1.2.3).
        c.skip(4);
        int receive = c.i32();
        c.skip(4);
        int message = c.i32();
        int chunks = c.i32();
        long url = c.at;
        s.endpoint(c);
        if (!c.ok()) {
            return -c.problem;
        }
        if (c.at != at + size || c.at - url - 4 > MOST_URL) {
            return -Malformed.TRAILING_BYTES.code();
        }
        channel.state = OpcUaChannel.HELLO;
        // What the client receives bounds what the server sends.
        channel.chunkBytes[1] = receive;
        channel.messageBytes[1] = message;
        channel.chunks[1] = chunks;
        s.lastKind = HELLO;
        s.traits(facts);
        facts.addOrRepeat(OpcUaMeaning.DISCOVERY, OpcUaMeaning.NO_ATTRIBUTE, OpcUaServices.HELLO, Facts.NO_ITEM,
                Facts.NOWHERE);
        return REQUEST;
    }

    int acknowledge(OpcUaSession s, int direction, MemorySegment bytes, long at, int size) {
        OpcUaChannel channel = s.channel;
        if (direction == TO_SERVER || (channel.state != OpcUaChannel.HELLO && !channel.joined)) {
            return UNEXPECTED;
        }
        if (size != OpcUaView.least(OpcUaView.ACK)) {
            return -Malformed.TRAILING_BYTES.code();
        }
        channel.state = OpcUaChannel.ACKNOWLEDGED;
        channel.chunkBytes[0] = OpcUaView.i32(bytes, at + 12);
        channel.messageBytes[0] = OpcUaView.i32(bytes, at + 20);
        channel.chunks[0] = OpcUaView.i32(bytes, at + 24);
        s.lastAnswered = s.helloVerdict;
        return RESPONSE;
    }

    /** An Error ends a connection; from a server it answers whatever was asked last. */
    int error(OpcUaSession s, int direction, MemorySegment bytes, long at, int size, Facts facts) {
        c.wrap(bytes, at + OpcUaView.HEADER, at + size, at + size);
        c.skip(4);
        c.string();
        if (!c.ok() || c.at != at + size) {
            return c.ok() ? -Malformed.TRAILING_BYTES.code() : -c.problem;
        }
        if (direction != TO_SERVER) {
            s.lastAnswered = OpcUaSession.verdict(true, -1);
            return RESPONSE;
        }
        s.lastKind = NOTHING;
        s.traits(facts);
        facts.addOrRepeat(OpcUaMeaning.DISCOVERY, OpcUaMeaning.NO_ATTRIBUTE, OpcUaServices.ERROR, Facts.NO_ITEM,
                Facts.NOWHERE);
        return REQUEST;
    }

    /** OpenSecureChannel in either direction: what stands in clear before the sequence header, then the body. */
    int open(OpcUaSession s, int direction, MemorySegment bytes, long at, int size, Facts facts) {
        boolean request = direction == TO_SERVER;
        OpcUaChannel channel = s.channel;
        if (s.assembly(direction).open) {
            return -Malformed.CHUNKS_MIXED.code();
        }
        boolean inOrder = request
                ? channel.state == OpcUaChannel.ACKNOWLEDGED || channel.state == OpcUaChannel.OPEN
                : s.opening;
        if (!inOrder && !channel.joined) {
            return UNEXPECTED;
        }
        int id = OpcUaView.i32(bytes, at + OpcUaView.CHANNEL);
        if (request && channel.state == OpcUaChannel.OPEN && !channel.isChannel(id)) {
            return -Malformed.CHANNEL_ID.code();
        }
        if (request && channel.state == OpcUaChannel.ACKNOWLEDGED && id != 0) {
            return -Malformed.CHANNEL_ID.code();
        }
        c.wrap(bytes, at + OpcUaView.POLICY, at + size, at + size);
        int problem = security(s, request);
        if (problem != 0) {
            return problem;
        }
        return request ? request(s, at, size, facts) : response(s, id);
    }

    /** Policy, certificate, thumbprint. A renewal keeps the policy, §6.7.4. */
    private int security(OpcUaSession s, boolean request) {
        int length = c.length();
        long uri = c.at;
        c.at += Math.max(length, 0);
        int certificateLength = c.length();
        long certificate = c.at;
        c.at += Math.max(certificateLength, 0);
        int thumbprint = c.length();
        c.at += Math.max(thumbprint, 0);
        if (!c.ok()) {
            return -c.problem;
        }
        int policy = length > MOST_POLICY
                ? OpcUaSecurity.UNKNOWN
                : OpcUaSecurity.find(c.bytes, uri, Math.max(length, 0));
        OpcUaChannel channel = s.channel;
        if (policy == OpcUaSecurity.UNKNOWN) {
            return -Malformed.SECURITY_POLICY.code();
        }
        boolean first = channel.policy == OpcUaSecurity.UNKNOWN;
        if ((!first && policy != channel.policy) || (first && !request && !channel.joined)) {
            return UNEXPECTED;
        }
        if (thumbprint > 0 && thumbprint != THUMBPRINT) {
            return -Malformed.CERTIFICATE.code();
        }
        int problem = certificates.read(c.bytes, certificate, certificateLength, s.names());
        if (problem != 0) {
            return problem;
        }
        channel.opened(policy);
        if (request) {
            channel.clientCertificate = certificates.name;
        } else {
            channel.serverCertificate = certificates.name;
        }
        channel.notBefore = Math.max(channel.notBefore, certificates.notBefore);
        channel.notAfter = Math.min(channel.notAfter, certificates.notAfter);
        return 0;
    }

    private int request(OpcUaSession s, long at, int size, Facts facts) {
        OpcUaChannel channel = s.channel;
        s.lastKind = OPENING;
        if (channel.secured()) {
            channel.hidden(TO_SERVER);
            facts.addOrRepeat(OpcUaMeaning.DISCOVERY, OpcUaMeaning.NO_ATTRIBUTE, OpcUaServices.OPEN_CHANNEL,
                    Facts.NO_ITEM, Facts.NOWHERE);
        } else {
            int problem = clear(s, at, size, facts);
            if (problem != 0) {
                return problem;
            }
        }
        if (channel.state != OpcUaChannel.OPEN) {
            channel.state = OpcUaChannel.OPENING;
        }
        s.opening = true;
        s.traits(facts);
        facts.validity(channel.notBefore, channel.notAfter);
        return REQUEST;
    }

    /** Without security the body can be read, and must say so itself. */
    private int clear(OpcUaSession s, long at, int size, Facts facts) {
        int sequence = c.i32();
        s.last.sequence(sequence, c.i32());
        long body = c.at;
        c.nodeId();
        if (c.ok() && (c.nodeHead != OpcUaServices.OPEN_CHANNEL || c.nodeTailLength != 0)) {
            return -Malformed.SERVICE_DIRECTION.code();
        }
        s.last.service(OpcUaServices.OPEN_CHANNEL);
        progress.reset();
        int service = OpcUaServices.find(OpcUaServices.OPEN_CHANNEL);
        int problem = c.ok() ? requests.read(s, service, body, progress, facts) : c.problem;
        if (problem != 0) {
            return -problem;
        }
        if (c.at != at + size) {
            return -Malformed.TRAILING_BYTES.code();
        }
        boolean renewal = s.channel.state == OpcUaChannel.OPEN;
        if (s.requestedMode != OpcUaMeaning.MODE_NONE || ((s.requestType == RENEW) != renewal && !s.channel.joined)) {
            return ENCODING;
        }
        s.channel.mode = OpcUaMeaning.MODE_NONE;
        return s.channel.follows(TO_SERVER, sequence);
    }

    private int response(OpcUaSession s, int id) {
        OpcUaChannel channel = s.channel;
        if (channel.hasChannel() && !channel.isChannel(id)) {
            return -Malformed.CHANNEL_ID.code();
        }
        int token = 0;
        if (channel.secured()) {
            channel.hidden(TO_CLIENT);
        } else {
            channel.mode = OpcUaMeaning.MODE_NONE;
            int sequence = c.i32();
            s.last.sequence(sequence, c.i32());
            c.nodeId();
            boolean answer = c.ok() && c.nodeHead == OpcUaServices.OPEN_CHANNEL + 3;
            s.last.service((int) c.nodeHead);
            if (!answer && (!c.ok() || c.nodeHead != OpcUaServices.FAULT)) {
                return c.ok() ? -Malformed.ANSWER_MISMATCH.code() : -c.problem;
            }
            int problem = channel.follows(TO_CLIENT, sequence);
            if (problem != 0) {
                return problem;
            }
            token = answer ? token() : 0;
        }
        s.opening = false;
        channel.granted(id, token);
        s.lastAnswered = s.openVerdict;
        return RESPONSE;
    }

    /** ServerProtocolVersion, then the SecurityToken: channel, token. 0 where it cannot be read. */
    private int token() {
        answers.header();
        c.skip(8);
        int token = c.i32();
        return c.ok() ? token : 0;
    }
}
