package io.sluice.dissect.opcua;

import static io.sluice.dissect.Dissector.TO_SERVER;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.sluice.dissect.Limits;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.StringJoiner;
import java.util.UUID;

/**
 * The nodes that a request names, as text for people: {@code NodeId:ns=2;s=Speed}, each behind the name of its field
 * (OPC 10000-4 §5). A second walk over a body that was read already, so that the first one need not keep anything.
 */
final class OpcUaTargets {
    private static final int MOST = 64;
    private static final int MOST_OPAQUE = 16;

    private final OpcUaCursor c = new OpcUaCursor();
    private final OpcUaValues values = new OpcUaValues(c, Limits.DEFAULT.opcUa().depth());
    private final StringJoiner found = new StringJoiner(" ");
    private int count;

    private OpcUaTargets() {}

    /** Those of the request inspected last, a {@code MSG} with the end of its message; empty for anything else. */
    static String of(OpcUaSession s, MemorySegment bytes, long at, int size) {
        int service = OpcUaServices.find(s.last.service);
        if (service == OpcUaServices.UNKNOWN || !OpcUaServices.isRequest(service, s.last.service)) {
            return "";
        }
        OpcUaTargets targets = new OpcUaTargets();
        if (s.last.chunks > 0) {
            OpcUaAssembly whole = s.assembly(TO_SERVER);
            targets.c.wrap(whole.memory(), 0, whole.kept(), whole.kept());
        } else {
            long end = Math.max(at + OpcUaView.BODY, at + size - s.channel.signature);
            targets.c.wrap(bytes, at + OpcUaView.BODY, end, end);
        }
        targets.c.nodeId();
        targets.requestHeader();
        targets.body(s.last.service);
        return targets.found.toString();
    }

    private void requestHeader() {
        c.nodeId();
        c.skip(16);
        c.string();
        c.skip(4);
        c.extensionObject();
    }

    private void body(int request) {
        switch (request) {
            case 467 -> {
                signature();
                for (int n = c.count(8); n > 0 && c.ok(); n--) {
                    c.byteString();
                    c.byteString();
                }
                c.strings();
                extension();
            }
            case 664 -> {
                extension();
                c.skip(5);
            }
            case 527, 615 -> {
                node("ViewId");
                c.skip(12);
                c.skip(request == 527 ? 4 : 0);
            }
            case 631 -> c.skip(12);
            case 751 -> c.skip(8);
            default -> {
            }
        }
        for (int n = c.count(1); n > 0 && c.ok(); n--) {
            item(request);
        }
    }

    private void signature() {
        c.string();
        c.byteString();
    }

    private void item(int request) {
        switch (request) {
            case 631 -> read();
            case 673 -> {
                node("NodeId");
                c.skip(4);
                c.string();
                values.dataValue();
            }
            case 712 -> {
                node("ObjectId");
                node("MethodId");
                for (int n = c.count(1); n > 0 && c.ok(); n--) {
                    values.variant();
                }
            }
            case 527 -> {
                node("NodeId");
                c.skip(4);
                node("ReferenceTypeId");
                c.skip(9);
            }
            case 554 -> translate();
            case 664 -> {
                node("NodeId");
                c.string();
                c.qualifiedName();
                c.byteString();
            }
            case 700 -> update();
            case 751 -> {
                read();
                c.skip(16);
                extension();
                c.skip(5);
            }
            default -> manage(request);
        }
    }

    private void manage(int request) {
        switch (request) {
            case 560, 566 -> node("NodeId");
            case 488 -> {
                expanded("ParentNodeId");
                node("ReferenceTypeId");
                expanded("RequestedNewNodeId");
                c.qualifiedName();
                c.skip(4);
                extension();
                expanded("TypeDefinition");
            }
            case 494 -> {
                node("SourceNodeId");
                node("ReferenceTypeId");
                c.skip(1);
                c.string();
                expanded("TargetNodeId");
                c.skip(4);
            }
            case 500 -> {
                node("NodeId");
                c.skip(1);
            }
            case 506 -> {
                node("SourceNodeId");
                node("ReferenceTypeId");
                c.skip(1);
                expanded("TargetNodeId");
                c.skip(1);
            }
            // The others name no nodes, or (QueryFirst, behind its view) only types of nodes.
            default -> c.fail(OpcUaCursor.BODY_CUT);
        }
    }

    private void read() {
        node("NodeId");
        c.skip(4);
        c.string();
        c.qualifiedName();
    }

    private void translate() {
        node("StartingNode");
        for (int n = c.count(1); n > 0 && c.ok(); n--) {
            node("ReferenceTypeId");
            c.skip(2);
            c.qualifiedName();
        }
    }

    /** HistoryUpdateDetails begin with their node, OPC 10000-11 §6.8. */
    private void update() {
        node("TypeId");
        int encoding = c.u8();
        int length = c.extensionBody(encoding);
        long stop = c.at + Math.max(length, 0);
        if (encoding == 1) {
            node("NodeId");
        }
        if (c.ok() && c.at <= stop) {
            c.at = stop;
        }
    }

    private void extension() {
        node("TypeId");
        int length = c.extensionBody(c.u8());
        c.at += Math.max(length, 0);
    }

    private void node(String label) {
        c.nodeId();
        name(label);
    }

    private void expanded(String label) {
        c.expandedNodeId();
        name(label);
    }

    private void name(String label) {
        if (!c.ok() || ++count > MOST) {
            c.fail(OpcUaCursor.BODY_CUT);
        } else {
            found.add(label + ":ns=" + (c.nodeHead >>> 32 & 0xFFFF) + ";" + identifier());
        }
    }

    private String identifier() {
        byte[] tail = new byte[c.nodeTailLength];
        MemorySegment.copy(c.bytes, JAVA_BYTE, c.nodeTail, tail, 0, tail.length);
        long kind = c.nodeHead >>> 60;
        if (kind == OpcUaMeaning.STRING) {
            return "s=" + new String(tail, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
        }
        if (kind == OpcUaMeaning.GUID) {
            ByteBuffer guid = ByteBuffer.wrap(tail).order(LITTLE_ENDIAN);
            long high = (long) guid.getInt() << 32 | (long) Short.toUnsignedInt(guid.getShort()) << 16
                    | Short.toUnsignedInt(guid.getShort());
            return "g=" + new UUID(high, guid.order(BIG_ENDIAN).getLong());
        }
        return kind == OpcUaMeaning.OPAQUE
                ? "b=" + HexFormat.of().formatHex(tail, 0, Math.min(tail.length, MOST_OPAQUE))
                : "i=" + Integer.toUnsignedString((int) c.nodeHead);
    }
}
