package io.sluice.dissect.opcua;

import io.sluice.dissect.Names;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A NodeId as a policy would write it: {@code ns=2;s=Speed}; opaque ones in hexadecimal.
 *
 * @param kind {@code i}, {@code s}, {@code g} or {@code b}
 */
record OpcUaNode(int namespace, char kind, String id) {
    static OpcUaNode of(String text) {
        String rest = text;
        int namespace = 0;
        if (rest.startsWith("ns=")) {
            int end = rest.indexOf(';');
            namespace = Integer.parseInt(rest.substring(3, end));
            rest = rest.substring(end + 1);
        }
        return new OpcUaNode(namespace, rest.charAt(0), rest.substring(2));
    }

    long number() {
        return Long.parseLong(id);
    }

    byte[] tail() {
        return switch (kind) {
            case 's' -> id.getBytes(StandardCharsets.UTF_8);
            case 'b' -> HexFormat.of().parseHex(id);
            case 'g' -> {
                UUID guid = UUID.fromString(id);
                long high = guid.getMostSignificantBits();
                yield ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putInt((int) (high >> 32))
                        .putShort((short) (high >> 16)).putShort((short) high).order(ByteOrder.BIG_ENDIAN)
                        .putLong(guid.getLeastSignificantBits()).array();
            }
            default -> new byte[0];
        };
    }

    Names.Key key() {
        long kindBits = switch (kind) {
            case 's' -> OpcUaMeaning.STRING;
            case 'g' -> OpcUaMeaning.GUID;
            case 'b' -> OpcUaMeaning.OPAQUE;
            default -> OpcUaMeaning.NUMERIC;
        };
        int number = kind == 'i' ? (int) number() : 0;
        return new Names.Key(OpcUaMeaning.head(kindBits, namespace, number),
                new String(tail(), StandardCharsets.ISO_8859_1));
    }
}
