package io.sluice.engine;

import io.sluice.engine.Flow.State;
import org.jspecify.annotations.Nullable;

/**
 * Holds a TCP connection to one reading of its control fields: flags, handshake, acknowledgements, window, timestamps,
 * RST and FIN. RFC 9293, RFC 5961, RFC 7323. It says what is wrong; who obeys is not its business, so state goes on in
 * the most useful way.
 */
final class TcpTracker {
    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int ACK = 16;
    private static final int URG = 32;
    private static final int CONTROL = FIN | SYN | RST | ACK | URG | 8;
    /** NOP, NOP, timestamps: how practically every stack lays out the option. */
    private static final int ALIGNED_TIMESTAMPS = 0x0101_080A;
    /** How far behind an acknowledgement may be; G. van Rooij, Real Stateful TCP Packet Filtering, 2000. */
    static final int ACK_SLACK = 66_000;

    private boolean timestampFound;
    private int timestamp;
    private int windowScale;
    private int largestSegment;
    private boolean optionsBroken;
    /** The segment goes on whatever is wrong with it, so what it says is taken to have happened. */
    private boolean lenient;

    /** Combinations that no stack sends, and urgent data. */
    static @Nullable Anomaly flags(Packet p) {
        int f = p.flags() & CONTROL;
        boolean contradiction = ((f & SYN) != 0 && (f & (FIN | RST)) != 0) || (f & (FIN | RST)) == (FIN | RST);
        if (contradiction || (f & (SYN | RST | ACK)) == 0 || p.reservedFlags() != 0) {
            return Anomaly.TCP_FLAGS;
        }
        return (f & URG) != 0 ? Anomaly.TCP_URGENT : null;
    }

    static boolean isSyn(Packet p) {
        return (p.flags() & (SYN | ACK | RST | FIN)) == SYN;
    }

    static boolean isSynAck(Packet p) {
        return (p.flags() & (SYN | ACK | RST | FIN)) == (SYN | ACK);
    }

    static boolean isReset(Packet p) {
        return (p.flags() & RST) != 0;
    }

    /** First packet of a flow: a client's SYN. */
    @Nullable
    Anomaly open(Flow flow, Packet p) {
        flow.state = State.SYN_SENT;
        flow.clientStart = p.sequence();
        flow.toServer.start(p.sequence() + 1);
        synOptions(flow.toServer, p);
        if (optionsBroken) {
            return Anomaly.TCP_HEADER;
        }
        return p.payloadLength() > 0 ? Anomaly.SYN_WITH_DATA : null;
    }

    /** A connection that began before it was seen. */
    void adopt(Flow flow) {
        flow.state = State.ESTABLISHED;
        flow.joinMidstream();
        flow.toServer.resynchronise = true;
        flow.toClient.resynchronise = true;
    }

    /** Any further packet of a known flow. */
    @Nullable
    Anomaly next(Flow flow, Packet p, boolean fromClient, boolean goesOn) {
        lenient = goesOn;
        return switch (flow.state) {
            case SYN_SENT -> synSent(flow, p, fromClient);
            case SYN_RECEIVED -> synReceived(flow, p, fromClient);
            case ESTABLISHED, CLOSED -> established(flow, p, fromClient);
            case DATAGRAM -> null;
        };
    }

    private @Nullable Anomaly synSent(Flow flow, Packet p, boolean fromClient) {
        if (fromClient) {
            if (isSyn(p) && p.sequence() == flow.clientStart) {
                return p.payloadLength() > 0 ? Anomaly.SYN_WITH_DATA : null;
            }
            if (isReset(p) && p.sequence() == flow.clientStart + 1) {
                flow.state = State.CLOSED;
                return null;
            }
            if (isReset(p) && flow.stands && p.sequence() == flow.standsAt) {
                flow.state = State.CLOSED;
                return null;
            }
            return halfSeen(flow, p, true);
        }
        if (!lenient && (p.flags() & (SYN | ACK | RST | FIN)) == ACK && p.payloadLength() == 0) {
            // A connection of which nothing is known here; the client is going to reset it by this number.
            flow.stands = true;
            flow.standsAt = p.acknowledgement();
            return null;
        }
        if (isReset(p)) {
            if ((p.flags() & ACK) == 0 || p.acknowledgement() != flow.clientStart + 1) {
                return Anomaly.RST_OUT_OF_SEQUENCE;
            }
            flow.state = State.CLOSED;
            return null;
        }
        if (isSynAck(p) && p.acknowledgement() == flow.clientStart + 1) {
            flow.state = State.SYN_RECEIVED;
            flow.serverStart = p.sequence();
            flow.toClient.start(p.sequence() + 1);
            synOptions(flow.toClient, p);
            negotiate(flow);
            acknowledge(flow.toServer, flow.toClient, p);
            return optionsBroken ? Anomaly.TCP_HEADER : p.payloadLength() > 0 ? Anomaly.SYN_WITH_DATA : null;
        }
        return isSyn(p) || isSynAck(p) ? Anomaly.HANDSHAKE : halfSeen(flow, p, false);
    }

    /** Part of the handshake was not seen. Not acceptable inline; observing, the connection evidently stands. */
    private Anomaly halfSeen(Flow flow, Packet p, boolean fromClient) {
        if (lenient) {
            flow.state = State.ESTABLISHED;
            flow.joinMidstream();
            flow.toServer.windowScale = 0;
            flow.toServer.timestamps = false;
            established(flow, p, fromClient);
        }
        return Anomaly.HANDSHAKE;
    }

    private @Nullable Anomaly synReceived(Flow flow, Packet p, boolean fromClient) {
        if (isReset(p)) {
            return reset(flow, p, flow.half(fromClient));
        }
        if (!fromClient) {
            if (isSynAck(p) && p.sequence() == flow.serverStart && p.acknowledgement() == flow.clientStart + 1) {
                return p.payloadLength() > 0 ? Anomaly.SYN_WITH_DATA : null;
            }
            return unfinished(flow, p, false);
        }
        if (isSyn(p) && p.sequence() == flow.clientStart) {
            return p.payloadLength() > 0 ? Anomaly.SYN_WITH_DATA : null;
        }
        if ((p.flags() & (SYN | ACK)) != ACK || p.acknowledgement() != flow.serverStart + 1) {
            return unfinished(flow, p, true);
        }
        flow.state = State.ESTABLISHED;
        return established(flow, p, true);
    }

    /** The client's ACK was lost to the capture, not to the server: what is not of the handshake proves it. */
    private Anomaly unfinished(Flow flow, Packet p, boolean fromClient) {
        if (lenient && (p.flags() & SYN) == 0) {
            flow.state = State.ESTABLISHED;
            established(flow, p, fromClient);
        }
        return Anomaly.HANDSHAKE;
    }

    private @Nullable Anomaly established(Flow flow, Packet p, boolean fromClient) {
        Half mine = flow.half(fromClient);
        Half other = flow.half(!fromClient);
        int flags = p.flags();
        if ((flags & SYN) != 0) {
            return synInside(flow, p, fromClient);
        }
        if (!mine.synchronised) {
            mine.start(p.sequence());
            mine.resynchronise = true;
        }
        if ((flags & RST) != 0) {
            return !fromClient && refusesChallenge(flow, p) ? null : reset(flow, p, mine);
        }
        int end = p.sequence() + p.payloadLength();
        Anomaly problem = acknowledgement(other, p);
        if (problem == null) {
            problem = window(flow, mine, p.sequence(), end);
        }
        if (problem == null && p.tcpHeaderLength() > 20) {
            problem = timestamp(mine, p, end, flow.service == null ? mine.sent : mine.next);
        }
        if (problem == null && mine.finished && p.payloadLength() > 0 && end - mine.finAt > 0) {
            problem = Anomaly.DATA_AFTER_FIN;
        }
        if (problem == null) {
            acknowledge(other, mine, p);
        } else if (lenient && other.synchronised) {
            observeAcknowledgement(other, p);
        }
        if ((problem == null || lenient) && end - mine.sent > 0) {
            mine.sent = end;
        }
        if ((flags & FIN) != 0 && problem == null) {
            mine.finished = true;
            mine.finAt = end;
        }
        if (mine.finished && other.finished && flow.state == State.ESTABLISHED) {
            flow.state = State.CLOSED;
        }
        return problem;
    }

    /**
     * RFC 5961 §4.2 has every SYN answered by a challenge ACK, to which a client that lost the connection (a power cut)
     * answers with an exact RST. For that its SYN must reach the server. The connection stands until an answer shows
     * that it does not.
     */
    private @Nullable Anomaly synInside(Flow flow, Packet p, boolean fromClient) {
        boolean asks = fromClient && isSyn(p) && p.sequence() != flow.clientStart && p.payloadLength() == 0
                && flow.grant == null && !flow.midstream && !lenient;
        if (!asks) {
            return Anomaly.SYN_IN_CONNECTION;
        }
        windowScale = -1;
        options(p);
        if (optionsBroken) {
            return Anomaly.TCP_HEADER;
        }
        flow.challenged = true;
        flow.challenge = p.sequence();
        flow.challengeScale = windowScale;
        flow.challengeStamped = timestampFound;
        flow.challengeStamp = timestamp;
        return Anomaly.SYN_CHALLENGE;
    }

    /** A server without the connection answers the new SYN by a RST that acknowledges it: the old one is over. */
    private static boolean refusesChallenge(Flow flow, Packet p) {
        boolean refuses = flow.challenged && (p.flags() & ACK) != 0 && p.acknowledgement() == flow.challenge + 1;
        if (refuses) {
            flow.state = State.CLOSED;
        }
        return refuses;
    }

    /** Whether the server takes up the new connection that a SYN inside an old one asked for. */
    static boolean takesUp(Flow flow, Packet p) {
        return isSynAck(p) && p.acknowledgement() == flow.challenge + 1
                && !flow.isClient(p.sourceHigh(), p.sourceLow(), p.sourcePort());
    }

    /** RFC 5961 §5.2: what acknowledges bytes that were never sent is not from the peer. */
    private static @Nullable Anomaly acknowledgement(Half other, Packet p) {
        if (!other.synchronised || other.resynchronise) {
            return null;
        }
        int ahead = p.acknowledgement() - other.sent;
        // A FIN counts as one byte.
        return ahead > 1 || ahead < -Math.max(other.largestWindow, ACK_SLACK) ? Anomaly.ACK_OF_UNSENT : null;
    }

    /** RFC 9293 §3.10.7.4, with one byte of grace for window probes. Unknown while a window scale may be hidden. */
    private static @Nullable Anomaly window(Flow flow, Half mine, int sequence, int end) {
        if (!mine.windowSeen || flow.midstream) {
            return null;
        }
        if (end - mine.rightEdge > 1 || sequence - mine.sent > mine.largestWindow) {
            return Anomaly.OUT_OF_WINDOW;
        }
        return null;
    }

    /** RFC 7323 §5: a segment with an older timestamp is discarded by its receiver, so it is not to be judged as data. */
    private @Nullable Anomaly timestamp(Half mine, Packet p, int end, int expected) {
        options(p);
        if (optionsBroken) {
            return Anomaly.TCP_HEADER;
        }
        if (!timestampFound || !mine.timestamps) {
            return null;
        }
        if (mine.timestampSeen && timestamp - mine.timestamp < 0 && end - expected > 0) {
            return Anomaly.STALE_TIMESTAMP;
        }
        if (!mine.timestampSeen || (timestamp - mine.timestamp > 0 && p.sequence() - expected <= 0)) {
            mine.timestamp = timestamp;
            mine.timestampSeen = true;
        }
        return null;
    }

    /** RFC 5961 §3.2: only a RST at exactly the expected number ends a connection. */
    private static @Nullable Anomaly reset(Flow flow, Packet p, Half mine) {
        if (!mine.synchronised || p.sequence() == mine.next || p.sequence() == mine.sent
                || (mine.acknowledgementSeen && p.sequence() == mine.acknowledged)
                || (mine.finished && p.sequence() == mine.finAt + 1)) {
            flow.state = State.CLOSED;
            return null;
        }
        return Anomaly.RST_OUT_OF_SEQUENCE;
    }

    private static void observeAcknowledgement(Half acknowledged, Packet p) {
        if ((p.flags() & ACK) != 0 && p.acknowledgement() - acknowledged.acknowledged > 0) {
            acknowledged.acknowledged = p.acknowledgement();
            acknowledged.acknowledgementSeen = true;
            acknowledged.sent = p.acknowledgement() - acknowledged.sent > 0 ? p.acknowledgement() : acknowledged.sent;
        }
    }

    /** Takes over acknowledgement and window that one side announces for the bytes of the other. */
    private static void acknowledge(Half acknowledged, Half announcing, Packet p) {
        if ((p.flags() & ACK) == 0 || !acknowledged.synchronised) {
            return;
        }
        int ack = p.acknowledgement();
        if (!acknowledged.acknowledgementSeen || ack - acknowledged.acknowledged > 0) {
            acknowledged.acknowledged = ack;
            acknowledged.acknowledgementSeen = true;
        }
        int window = (p.flags() & SYN) != 0 ? p.window() : p.window() << announcing.windowScale;
        if (!acknowledged.windowSeen || ack + window - acknowledged.rightEdge > 0) {
            acknowledged.rightEdge = ack + window;
        }
        acknowledged.windowSeen = true;
        acknowledged.largestWindow = Math.max(acknowledged.largestWindow, Math.max(window, 1));
    }

    private void synOptions(Half half, Packet p) {
        windowScale = -1;
        largestSegment = 0;
        options(p);
        half.windowScale = windowScale;
        half.announcedSegment = largestSegment;
        half.timestamps = timestampFound;
        half.timestamp = timestamp;
        half.timestampSeen = timestampFound;
    }

    /** RFC 7323 §2.2, §3.2: scale and timestamps hold only if both sides sent them. */
    private static void negotiate(Flow flow) {
        boolean scaled = flow.toServer.windowScale >= 0 && flow.toClient.windowScale >= 0;
        flow.toServer.windowScale = scaled ? Math.min(flow.toServer.windowScale, 14) : 0;
        flow.toClient.windowScale = scaled ? Math.min(flow.toClient.windowScale, 14) : 0;
        boolean stamped = flow.toServer.timestamps && flow.toClient.timestamps;
        flow.toServer.timestamps = stamped;
        flow.toClient.timestamps = stamped;
    }

    private void options(Packet p) {
        timestampFound = false;
        optionsBroken = false;
        long at = p.transportAt() + 20;
        long end = p.transportAt() + p.tcpHeaderLength();
        if (end - at == 12 && p.u32(at) == ALIGNED_TIMESTAMPS) {
            timestampFound = true;
            timestamp = p.u32(at + 4);
            return;
        }
        while (at < end) {
            int kind = p.u8(at);
            if (kind == 0) {
                return;
            }
            if (kind == 1) {
                at++;
                continue;
            }
            int length = at + 1 < end ? p.u8(at + 1) : 0;
            if (length < 2 || at + length > end) {
                optionsBroken = true;
                return;
            }
            if (kind == 2 && length == 4) {
                largestSegment = p.u16(at + 2);
            } else if (kind == 3 && length == 3) {
                windowScale = p.u8(at + 2);
            } else if (kind == 8 && length == 10) {
                timestampFound = true;
                timestamp = p.u32(at + 2);
            }
            at += length;
        }
    }
}
