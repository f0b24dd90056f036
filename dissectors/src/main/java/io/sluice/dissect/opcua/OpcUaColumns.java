package io.sluice.dissect.opcua;

import io.sluice.dissect.Columns;
import io.sluice.dissect.Dissector;
import io.sluice.dissect.FieldSink;
import io.sluice.dissect.Session;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** OPC UA chunks as rows of a table. */
final class OpcUaColumns implements Columns {
    static final OpcUaColumns INSTANCE = new OpcUaColumns();

    private static final List<String> NAMES = List.of("msg_type", "chunk", "msg_size", "scid", "token_id",
            "sec_policy_uri", "seq", "rqid", "body_clear", "service_id", "service_name", "endpoint", "error",
            "chunks_reassembled", "node_ids");

    private OpcUaColumns() {}

    @Override
    public List<String> names() {
        return NAMES;
    }

    @Override
    public List<String> values(Session session, int direction, MemorySegment bytes, long at, int size) {
        OpcUaSession s = (OpcUaSession) session;
        OpcUaLast last = s.last;
        lookAgain(s, bytes, at, size);
        int type = size >= OpcUaView.HEADER ? OpcUaView.type(bytes, at) : 0;
        boolean secure = type == OpcUaView.OPN || type == OpcUaView.MSG || type == OpcUaView.CLO;
        boolean symmetric = secure && type != OpcUaView.OPN;
        boolean service = last.service > OpcUaLast.UNKNOWN;
        return List.of(
                size >= 3 ? ascii(bytes, at, 3) : "",
                size >= OpcUaView.HEADER ? ascii(bytes, at + OpcUaView.CHUNK_TYPE, 1) : "",
                size >= OpcUaView.HEADER ? unsigned(bytes, at + OpcUaView.SIZE) : "",
                secure && size >= OpcUaView.TOKEN ? unsigned(bytes, at + OpcUaView.CHANNEL) : "",
                symmetric && size >= OpcUaView.SEQUENCE ? unsigned(bytes, at + OpcUaView.TOKEN) : "",
                type == OpcUaView.OPN ? string(bytes, at + OpcUaView.POLICY, at + size) : "",
                last.sequenceKnown ? Integer.toUnsignedString(last.sequence) : "",
                last.sequenceKnown ? Integer.toUnsignedString(last.requestId) : "",
                !secure ? "" : last.clear ? "1" : "0",
                service ? Integer.toString(last.service) : "",
                service ? OpcUaServices.name(last.service) : "",
                type == OpcUaView.HEL ? string(bytes, at + 28, at + size) : "",
                type == OpcUaView.ERR && size >= 12 ? status(bytes, at + OpcUaView.HEADER) : "",
                last.chunks > 1 ? Integer.toString(last.chunks) : "",
                direction == Dissector.TO_SERVER && type == OpcUaView.MSG ? OpcUaTargets.of(s, bytes, at, size) : "");
    }

    @Override
    public void fields(Session session, int direction, MemorySegment bytes, long at, int size, FieldSink sink) {
        Columns.super.fields(session, direction, bytes, at, size, sink);
        OpcUaApplication.of(direction, bytes, at, size).write(sink);
    }

    @Override
    public String introduction(int direction, MemorySegment bytes, long at, int size) {
        OpcUaApplication application = OpcUaApplication.of(direction, bytes, at, size);
        return application.known() ? application.toString() : "";
    }

    @Override
    public long exchange(Session session, int direction, MemorySegment bytes, long at, int size) {
        OpcUaLast last = ((OpcUaSession) session).last;
        return last.sequenceKnown ? Integer.toUnsignedLong(last.requestId) : -1;
    }

    /** ServiceFault (OPC 10000-4 §7.34). Bad results of single items count as answers. */
    @Override
    public boolean refusal(Session session, MemorySegment bytes, long at, int size) {
        return ((OpcUaSession) session).last.service == OpcUaServices.FAULT;
    }

    /**
     * ActivateSession carries the user's password, in clear where the channel does not encrypt (OPC 10000-4 §5.7.3); its
     * further chunks do not say that they are part of it. A request that names another service at its beginning does not.
     */
    @Override
    public boolean secret(Session session, int direction, MemorySegment bytes, long at, int size) {
        int type = size >= OpcUaView.HEADER ? OpcUaView.type(bytes, at) : 0;
        if (type != OpcUaView.MSG || direction == Dissector.TO_CLIENT) {
            return type != OpcUaView.MSG && type != OpcUaView.OPN && type != OpcUaView.CLO && type != OpcUaView.HEL
                    && type != OpcUaView.ACK && type != OpcUaView.ERR;
        }
        if (size < OpcUaView.BODY + 8) {
            return true;
        }
        OpcUaCursor c = new OpcUaCursor();
        c.wrap(bytes, at + OpcUaView.BODY, at + size, at + size);
        c.nodeId();
        int service = (int) c.nodeHead;
        return service == OpcUaServices.ACTIVATE_SESSION || service == OpcUaServices.SESSIONLESS
                || OpcUaServices.name(service).isEmpty() || !OpcUaAnswers.looksClear(bytes, at + OpcUaView.BODY,
                        size - OpcUaView.BODY);
    }

    /** A chunk that was refused before its sequence header was read: if it lies in clear, people want to see it. */
    private static void lookAgain(OpcUaSession s, MemorySegment bytes, long at, int size) {
        if (s.last.sequenceKnown || size < OpcUaView.BODY + 8 || OpcUaView.type(bytes, at) != OpcUaView.MSG
                || s.channel.mode == OpcUaMeaning.MODE_SIGN_AND_ENCRYPT
                || !OpcUaAnswers.looksClear(bytes, at + OpcUaView.BODY, size - OpcUaView.BODY)) {
            return;
        }
        s.last.sequence(OpcUaView.i32(bytes, at + OpcUaView.SEQUENCE), OpcUaView.i32(bytes, at + OpcUaView.REQUEST));
        if (OpcUaView.chunk(bytes, at) == 'F') {
            OpcUaCursor c = new OpcUaCursor();
            c.wrap(bytes, at + OpcUaView.BODY, at + size, at + size);
            c.nodeId();
            s.last.service((int) c.nodeHead);
        }
    }

    private static String unsigned(MemorySegment bytes, long at) {
        return Integer.toUnsignedString(OpcUaView.i32(bytes, at));
    }

    /** A StatusCode as its tables write it. */
    private static String status(MemorySegment bytes, long at) {
        return "0x" + HexFormat.of().toHexDigits(OpcUaView.i32(bytes, at));
    }

    private static String ascii(MemorySegment bytes, long at, int length) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            int character = OpcUaView.u8(bytes, at + i);
            text.append(character >= ' ' && character < 127 ? (char) character : '?');
        }
        return text.toString();
    }

    /** A String, or as much of it as is there. */
    private static String string(MemorySegment bytes, long at, long end) {
        if (end - at < 4) {
            return "";
        }
        long length = Math.min(OpcUaView.i32(bytes, at), end - at - 4);
        byte[] text = new byte[(int) Math.max(0, length)];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) OpcUaView.u8(bytes, at + 4 + i);
        }
        return new String(text, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
    }

    @Override
    public String summary(Session session, int direction, MemorySegment bytes, long at, int size) {
        if (size < OpcUaView.HEADER) {
            return size + " bytes";
        }
        OpcUaLast last = ((OpcUaSession) session).last;
        lookAgain((OpcUaSession) session, bytes, at, size);
        return switch (OpcUaView.type(bytes, at)) {
            case OpcUaView.HEL -> "Hello " + string(bytes, at + 28, at + size);
            case OpcUaView.ACK -> "Acknowledge";
            case OpcUaView.ERR -> "Error " + (size >= 12 ? status(bytes, at + OpcUaView.HEADER) : "?")
                    + " " + string(bytes, at + 12, at + size);
            case OpcUaView.RHE -> "ReverseHello";
            case OpcUaView.OPN -> "OpenSecureChannel, " + policy(bytes, at, size);
            case OpcUaView.MSG, OpcUaView.CLO -> message(last, bytes, at);
            default -> size + " bytes";
        };
    }

    private static String policy(MemorySegment bytes, long at, int size) {
        String uri = string(bytes, at + OpcUaView.POLICY, at + size);
        return uri.substring(uri.indexOf('#') + 1);
    }

    private static String message(OpcUaLast last, MemorySegment bytes, long at) {
        int chunk = OpcUaView.chunk(bytes, at);
        String request = last.sequenceKnown ? ", request " + Integer.toUnsignedString(last.requestId) : "";
        if (chunk == 'A') {
            return "Abort" + request;
        }
        if (chunk == 'C') {
            return "a chunk of a message" + (last.clear ? request : ", encrypted");
        }
        String name = last.service > OpcUaLast.UNKNOWN ? OpcUaServices.name(last.service) : "";
        String what = !last.clear ? "encrypted" : name.isEmpty() ? "service " + last.service : name;
        return what + request + (last.chunks > 1 ? ", " + last.chunks + " chunks" : "");
    }
}
