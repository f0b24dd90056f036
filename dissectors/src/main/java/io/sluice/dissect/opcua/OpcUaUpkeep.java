package io.sluice.dissect.opcua;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Malformed;
import io.sluice.dissect.Notice;

/**
 * Bodies of requests that hold a connection together, OPC 10000-4 §5.4 to §5.6 and §5.12 to §5.13: walked over to the
 * last field; of some a little is remembered.
 */
final class OpcUaUpkeep {
    /** UserIdentityTokens, OPC 10000-4 §7.40, by the ids of their binary encodings. */
    private static final int ANONYMOUS = 321;
    private static final int USER_NAME = 324;
    private static final int X509 = 327;
    private static final int ISSUED = 940;
    private static final int ENCODING = Malformed.ENCODING.code();

    private final OpcUaCursor c;

    OpcUaUpkeep(OpcUaCursor cursor) {
        c = cursor;
    }

    /** Reads the body behind the RequestHeader, and adds the facts of a request that no word names. */
    void body(OpcUaSession session, int service, Facts facts) {
        int operation = OpcUaServices.operation(service);
        int id = OpcUaServices.request(service);
        // An item is the service's number where the operation does not say it; where items are nodes, none is named.
        boolean numbered = operation == OpcUaMeaning.DISCOVERY || operation == OpcUaMeaning.SESSION
                || operation == OpcUaMeaning.SERVICE;
        facts.addOrRepeat(operation, OpcUaMeaning.NO_ATTRIBUTE, numbered ? id : Facts.NO_ITEM, Facts.NO_ITEM,
                Facts.NOWHERE);
        switch (id) {
            case OpcUaServices.OPEN_CHANNEL -> openChannel(session);
            case OpcUaServices.CLOSE_CHANNEL -> {
            }
            case 461 -> createSession(session);
            case 467 -> activateSession(session, facts);
            case 473 -> c.skip(1);
            case 479 -> c.skip(4);
            case 422, 428 -> {
                c.string();
                c.strings();
                c.strings();
            }
            case 437 -> server();
            case 12211 -> {
                server();
                for (int n = c.count(3); n > 0 && c.ok(); n--) {
                    c.extensionObject();
                }
            }
            case 12208 -> {
                c.skip(8);
                c.strings();
            }
            default -> more(session, id, facts);
        }
    }

    private void more(OpcUaSession session, int id, Facts facts) {
        switch (id) {
            case 533 -> {
                c.skip(1);
                for (int n = c.count(4); n > 0 && c.ok(); n--) {
                    c.byteString();
                }
            }
            case 621 -> {
                c.skip(1);
                c.byteString();
            }
            case 781 -> {
                int subscription = c.i32();
                for (int n = c.count(4); n > 0 && c.ok(); n--) {
                    session.unmonitor(subscription, c.i32());
                }
            }
            case 787 -> c.skip(22);
            case 793 -> c.skip(25);
            case 799 -> {
                c.skip(1);
                numbers(1);
            }
            case 826 -> numbers(2);
            case 832 -> c.skip(8);
            case 847 -> {
                for (int n = c.count(4); n > 0 && c.ok(); n--) {
                    session.unsubscribe(c.i32());
                }
            }
            // Services of which only the number is known: what they ask cannot be read.
            default -> {
                facts.opaque(true);
                c.at = c.end;
            }
        }
    }

    private void numbers(int each) {
        int n = c.count(4 * each);
        c.skip(4L * each * n);
    }

    /** OPC 10000-4 §5.5.2; the mode that counts is the one in here, where it can be read. */
    private void openChannel(OpcUaSession session) {
        c.skip(4);
        session.requestType = c.i32();
        session.requestedMode = c.i32();
        c.byteString();
        c.skip(4);
    }

    private void createSession(OpcUaSession session) {
        application(c);
        c.string();
        session.endpoint(c);
        c.string();
        c.byteString();
        c.byteString();
        c.skip(12);
    }

    /** ApplicationDescription, OPC 10000-4 §7.2. */
    static void application(OpcUaCursor c) {
        c.string();
        c.string();
        c.localizedText();
        c.skip(4);
        c.string();
        c.string();
        c.strings();
    }

    private void server() {
        c.string();
        c.string();
        for (int n = c.count(1); n > 0 && c.ok(); n--) {
            c.localizedText();
        }
        c.skip(4);
        c.string();
        c.strings();
        c.string();
        c.skip(1);
    }

    private void activateSession(OpcUaSession session, Facts facts) {
        c.string();
        c.byteString();
        for (int n = c.count(8); n > 0 && c.ok(); n--) {
            c.byteString();
            c.byteString();
        }
        c.strings();
        int user = user(session, facts);
        c.string();
        c.byteString();
        if (c.ok()) {
            session.requestedUser = user;
            if (!session.knowsSession()) {
                facts.notice(Notice.SESSION_MOVED);
            }
        }
    }

    /** A null or empty token counts as anonymous, OPC 10000-4 §5.6.3.2. */
    private int user(OpcUaSession session, Facts facts) {
        c.nodeId();
        long type = c.nodeHead;
        int encoding = c.u8();
        int length = c.extensionBody(encoding);
        if (!c.ok()) {
            return OpcUaMeaning.ANONYMOUS;
        }
        long stop = c.at + Math.max(length, 0);
        if (encoding != 1) {
            if (encoding != 0 || type != 0) {
                c.fail(ENCODING);
            }
            return OpcUaMeaning.ANONYMOUS;
        }
        int user = switch ((int) type) {
            case ANONYMOUS, 0 -> OpcUaMeaning.ANONYMOUS;
            case USER_NAME -> userName(session, facts);
            case X509 -> OpcUaMeaning.X509;
            case ISSUED -> OpcUaMeaning.ISSUED;
            default -> -1;
        };
        if (user < 0 || type >>> 32 != 0 || (c.ok() && c.at > stop)) {
            c.fail(ENCODING);
        }
        if (c.ok()) {
            c.at = stop;
        }
        return user;
    }

    private int userName(OpcUaSession session, Facts facts) {
        c.string();
        c.string();
        int password = c.length();
        c.at += Math.max(password, 0);
        int algorithm = c.length();
        c.at += Math.max(algorithm, 0);
        if (c.ok() && password > 0 && algorithm <= 0 && session.channel.mode != OpcUaMeaning.MODE_SIGN_AND_ENCRYPT) {
            facts.notice(Notice.PASSWORD_IN_CLEAR);
        }
        return OpcUaMeaning.USERNAME;
    }
}
