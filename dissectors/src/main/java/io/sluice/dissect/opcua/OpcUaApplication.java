package io.sluice.dissect.opcua;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.FieldSink;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Who an application says that it is, where that crosses the wire in clear: a client in CreateSession, a server in its answers to
 * GetEndpoints and FindServers. ApplicationDescription, OPC 10000-4 §7.2.
 *
 * @param type SERVER 0, CLIENT 1, CLIENTANDSERVER 2, DISCOVERYSERVER 3
 * @param endpoint URL that the server offers, empty where the message has none
 */
record OpcUaApplication(String uri, String product, String name, int type, String endpoint) {
    private static final OpcUaApplication NONE = new OpcUaApplication("", "", "", -1, "");

    private static final int CREATE_SESSION = 461;
    private static final int SERVERS_FOUND = 425;
    private static final int ENDPOINTS = 431;
    /** Namespace 0, four-byte encoding: the first word of a body, OPC 10000-6 §5.2.2.9. */
    private static final int TYPE_ID = 0x0001;
    private static final int LONGEST = 256;

    /** Packet path: whether this is such a message, of one chunk and in clear. */
    static boolean isIn(int direction, MemorySegment bytes, long at, int size) {
        if (size < OpcUaView.BODY + 4 || OpcUaView.type(bytes, at) != OpcUaView.MSG
                || OpcUaView.chunk(bytes, at) != 'F') {
            return false;
        }
        int word = OpcUaView.i32(bytes, at + OpcUaView.BODY);
        int id = word >>> 16;
        return (word & 0xFFFF) == TYPE_ID && (direction == Dissector.TO_SERVER
                ? id == CREATE_SESSION
                : id == ENDPOINTS || id == SERVERS_FOUND);
    }

    /** Its first application; its beginning is enough. Empty texts where it has none, or what there is cannot be read. */
    static OpcUaApplication of(int direction, MemorySegment bytes, long at, int size) {
        if (!isIn(direction, bytes, at, size)) {
            return NONE;
        }
        OpcUaCursor c = new OpcUaCursor();
        c.wrap(bytes, at + OpcUaView.BODY, at + size, Long.MAX_VALUE);
        int id = c.typeId();
        String endpoint = "";
        if (id == CREATE_SESSION) {
            requestHeader(c);
        } else {
            answerHeader(c);
            if (c.count(1) == 0) {
                return NONE;
            }
            endpoint = id == ENDPOINTS ? text(c) : "";
        }
        String uri = text(c);
        String product = text(c);
        String name = localized(c);
        int type = c.i32();
        return c.ok() && !uri.isEmpty() ? new OpcUaApplication(uri, product, name, type, endpoint) : NONE;
    }

    boolean known() {
        return !uri.isEmpty();
    }

    void write(FieldSink sink) {
        if (known()) {
            sink.begin("application");
            sink.text("uri", uri);
            sink.text("product_uri", product);
            sink.text("name", name);
            sink.text("type", switch (type) {
                case 0 -> "server";
                case 1 -> "client";
                case 2 -> "client-and-server";
                case 3 -> "discovery-server";
                default -> "unknown";
            });
            if (!endpoint.isEmpty()) {
                sink.text("endpoint", endpoint);
            }
            sink.end();
        }
    }

    /** OPC 10000-4 §7.33. */
    private static void requestHeader(OpcUaCursor c) {
        c.nodeId();
        c.skip(16);
        c.string();
        c.skip(4);
        c.extensionObject();
    }

    /** OPC 10000-4 §7.34; diagnostics, which these answers do not have, are not looked into. */
    private static void answerHeader(OpcUaCursor c) {
        c.skip(16);
        if (c.u8() != 0) {
            c.fail(OpcUaCursor.BODY_CUT);
        }
        c.strings();
        c.extensionObject();
    }

    private static String localized(OpcUaCursor c) {
        int mask = c.u8();
        if ((mask & 1) != 0) {
            c.string();
        }
        return (mask & 2) != 0 ? text(c) : "";
    }

    private static String text(OpcUaCursor c) {
        int length = Math.max(0, c.length());
        byte[] text = new byte[Math.min(length, LONGEST)];
        MemorySegment.copy(c.bytes, ValueLayout.JAVA_BYTE, c.at, text, 0, text.length);
        c.at += length;
        return new String(text, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
    }
}
