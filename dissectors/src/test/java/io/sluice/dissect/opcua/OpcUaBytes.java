package io.sluice.dissect.opcua;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Writes OPC UA binary, OPC 10000-6 §5.2: the inverse of the dissector, written from the standard. */
final class OpcUaBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static OpcUaBytes of() {
        return new OpcUaBytes();
    }

    byte[] done() {
        return out.toByteArray();
    }

    OpcUaBytes u8(int... values) {
        for (int value : values) {
            out.write(value);
        }
        return this;
    }

    OpcUaBytes u16(int value) {
        return u8(value, value >> 8);
    }

    OpcUaBytes u32(long value) {
        return u16((int) value).u16((int) (value >> 16));
    }

    OpcUaBytes u64(long value) {
        return u32(value).u32(value >> 32);
    }

    OpcUaBytes f64(double value) {
        return u64(Double.doubleToRawLongBits(value));
    }

    OpcUaBytes hex(String text) {
        return raw(HexFormat.of().parseHex(text.replace(" ", "")));
    }

    OpcUaBytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** A String, or a null one. */
    OpcUaBytes string(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    OpcUaBytes none() {
        return u32(-1);
    }

    OpcUaBytes bytes(byte[] bytes) {
        return u32(bytes.length).raw(bytes);
    }

    /** A NodeId as policies write it, in its shortest encoding. */
    OpcUaBytes node(String text) {
        OpcUaNode node = OpcUaNode.of(text);
        if (node.kind() != 'i') {
            return node(text, node.kind() == 's' ? 3 : node.kind() == 'g' ? 4 : 5);
        }
        return node(text, node.namespace() == 0 && node.number() < 256
                ? 0
                : node.namespace() < 256 && node.number() < 65_536 ? 1 : 2);
    }

    /** A NodeId in one of its encodings, OPC 10000-6 §5.2.2.9. */
    OpcUaBytes node(String text, int form) {
        OpcUaNode node = OpcUaNode.of(text);
        u8(form);
        return switch (form) {
            case 0 -> u8((int) node.number());
            case 1 -> u8(node.namespace()).u16((int) node.number());
            case 2 -> u16(node.namespace()).u32(node.number());
            case 4 -> u16(node.namespace()).raw(node.tail());
            default -> u16(node.namespace()).bytes(node.tail());
        };
    }

    /** TypeId and RequestHeader. */
    static OpcUaBytes request(int service) {
        return of().node("i=" + service).header();
    }

    /** The same for another session. */
    static OpcUaBytes request(int service, String token) {
        return of().node("i=" + service).header(token);
    }

    OpcUaBytes header() {
        return header("ns=1;i=1001");
    }

    OpcUaBytes header(String token) {
        return node(token).u64(0x01DA_498A_ED83_C000L).u32(5).u32(0).none().u32(10_000).u8(0, 0, 0);
    }

    /** TypeId and ResponseHeader. */
    static OpcUaBytes response(int type) {
        return of().node("i=" + type).u64(0x01DA_498A_ED83_C000L).u32(5).u32(0).u8(0).u32(0).u8(0, 0, 0);
    }

    /** A ReadRequest of the values of nodes. */
    static OpcUaBytes read(String... nodes) {
        OpcUaBytes body = request(631).f64(0).u32(2).u32(nodes.length);
        for (String node : nodes) {
            body.node(node).u32(13).none().u16(0).none();
        }
        return body;
    }

    /** A WriteRequest of one value; the Variant is given as hexadecimal. */
    static OpcUaBytes write(String node, String variant) {
        return request(673).u32(1).node(node).u32(13).none().u8(1).hex(variant);
    }
}
