package io.sluice.dissect.opcua;

import io.sluice.dissect.Malformed;
import java.lang.foreign.MemorySegment;

/**
 * Bodies of the few responses that tell something for later: other names of nodes, ids of monitored items, sessions,
 * and what a server offers. All others are only matched with their requests.
 */
final class OpcUaAnswers {
    private static final int DEEPEST_DIAGNOSTIC = 10;
    private static final int TOO_MANY_ITEMS = Malformed.TOO_MANY_ITEMS.code();

    private final OpcUaCursor c;
    /** What each server offered, by its URL as clients name it: the best channel, and a digest of all. */
    private final OpcUaTable offers = new OpcUaTable(1024);
    private int depth;

    OpcUaAnswers(OpcUaCursor cursor) {
        c = cursor;
    }

    /** Whether the body of the response to this request must be read. */
    static boolean matter(OpcUaSession s, int service, int requestId) {
        return switch (OpcUaServices.request(service)) {
            case 560, 751 -> s.follows(requestId);
            case OpcUaServices.ACTIVATE_SESSION -> s.logsIn(requestId);
            case 428, 461 -> true;
            default -> false;
        };
    }

    /** ResponseHeader, OPC 10000-4 §7.34: the result it carries. */
    int header() {
        c.skip(12);
        int result = c.i32();
        diagnostics();
        c.strings();
        c.extensionObject();
        return result;
    }

    /** DiagnosticInfo, OPC 10000-6 §5.2.2.12. */
    private void diagnostics() {
        if (++depth > DEEPEST_DIAGNOSTIC) {
            c.fail(Malformed.NESTING.code());
        } else {
            int mask = c.u8();
            c.skip(4L * Integer.bitCount(mask & 0x0F));
            if ((mask & 0x10) != 0) {
                c.string();
            }
            if ((mask & 0x20) != 0) {
                c.skip(4);
            }
            if ((mask & 0x40) != 0) {
                diagnostics();
            }
        }
        depth--;
    }

    /**
     * Reads the response to a request that was allowed; the cursor stands behind the TypeId.
     *
     * @return 0, or a {@link Malformed#code}: what has to be followed cannot be
     */
    int read(OpcUaSession s, int service, int requestId) {
        int result = header();
        return switch (OpcUaServices.request(service)) {
            case OpcUaServices.ACTIVATE_SESSION -> {
                s.loggedIn(requestId, c.ok() && result >= 0);
                yield 0;
            }
            case 560 -> registered(s, s.followed(requestId));
            case 751 -> monitored(s, s.followed(requestId));
            case 461 -> {
                created(s);
                yield 0;
            }
            case 428 -> {
                offered(s);
                yield 0;
            }
            default -> 0;
        };
    }

    private int registered(OpcUaSession s, OpcUaPending asked) {
        int count = c.count(2);
        for (int i = 0; i < count && c.ok(); i++) {
            c.nodeId();
            if (c.ok() && i < asked.count && !s.alias(c, asked.nodes[i], asked.token)) {
                return TOO_MANY_ITEMS;
            }
        }
        return c.problem;
    }

    private int monitored(OpcUaSession s, OpcUaPending asked) {
        int count = c.count(23);
        for (int i = 0; i < count && c.ok(); i++) {
            c.skip(4);
            int id = c.i32();
            c.skip(12);
            c.extensionObject();
            if (c.ok() && i < asked.count
                    && !s.monitor(asked.subscription, id, asked.nodes[i], asked.attributes[i])) {
                return TOO_MANY_ITEMS;
            }
        }
        return c.problem;
    }

    private void created(OpcUaSession s) {
        c.nodeId();
        c.nodeId();
        if (c.ok()) {
            s.created(OpcUaSession.token(c.bytes, c.nodeHead, c.nodeTail, c.nodeTailLength));
        }
    }

    /** EndpointDescriptions, OPC 10000-4 §7.14: the strongest policy and mode among them. */
    private void offered(OpcUaSession s) {
        int best = 0;
        int digest = 0;
        for (int n = c.count(40); n > 0 && c.ok(); n--) {
            c.string();
            OpcUaUpkeep.application(c);
            c.byteString();
            int mode = c.i32();
            int length = c.length();
            int policy = OpcUaSecurity.find(c.bytes, c.at, Math.max(0, length));
            c.at += Math.max(0, length);
            tokens();
            c.string();
            c.skip(1);
            if (c.ok()) {
                int strength = strength(policy, mode);
                best = Math.max(best, strength);
                digest += (strength + 1) * 0x9E37_79B1;
            }
        }
        if (c.ok()) {
            long key = s.endpointHash;
            int known = offers.find(key);
            s.offerChanged = known != OpcUaTable.ABSENT && offers.second(known) != digest;
            offers.put(key, best, digest);
        }
    }

    private void tokens() {
        for (int n = c.count(20); n > 0 && c.ok(); n--) {
            c.string();
            c.skip(4);
            c.string();
            c.string();
            c.string();
        }
    }

    private static int strength(int policy, int mode) {
        return policy == OpcUaSecurity.UNKNOWN ? 0 : OpcUaSecurity.rank(policy) * 4 + mode;
    }

    /** The server at this URL offered a better channel than the one in use. */
    boolean offeredBetter(OpcUaSession s) {
        int known = offers.find(s.endpointHash);
        return known != OpcUaTable.ABSENT && offers.first(known) > strength(s.channel.policy, s.channel.mode);
    }

    /** Whether a body in clear begins here: the TypeId of a service that exists. */
    static boolean looksClear(MemorySegment bytes, long at, long available) {
        if (available < 4) {
            return false;
        }
        int word = OpcUaView.i32(bytes, at);
        if ((word & 0xFFFF) == 0x0001) {
            return known(word >>> 16);
        }
        return (word & 0xFF_FFFF) == 0x0000_0002 && available >= 7 && known(OpcUaView.i32(bytes, at + 3));
    }

    private static boolean known(int id) {
        return id == OpcUaServices.FAULT || OpcUaServices.find(id) != OpcUaServices.UNKNOWN;
    }
}
