package io.sluice.dissect.opcua;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.sluice.dissect.Names;
import io.sluice.dissect.Vocabulary.Name;
import io.sluice.dissect.Vocabulary.Understood;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A node id for people and policies: its text (OPC 10000-6 §5.3.1.10) in one normal form, its key among names, and its
 * bytes (§5.2.2.9). Not for the packet path.
 *
 * @param number of a numeric id, unsigned; 0 otherwise
 * @param tail the bytes of any other id as they are on the wire, a character from 0 to 255 for each
 */
record OpcUaNodeId(long kind, int namespace, int number, String tail) {
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);

    private static final Pattern TEXT = Pattern.compile("(?:ns=([0-9]{1,5});)?([isgb])=(.+)", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
    private static final Pattern GUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final int GUID_BYTES = 16;
    private static final int NAMESPACES = 0xFFFF;
    /** Where a guid's digits go: its first three groups are little-endian numbers. */
    private static final int[] GUID_ORDER = {3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15};

    /** Encodings, §5.2.2.9 table 16; flags of an ExpandedNodeId stand above them. */
    private static final int TWO_BYTES = 0;
    private static final int FOUR_BYTES = 1;
    private static final int NUMERIC = 2;
    private static final int STRING = 3;
    private static final int GUID_FORM = 4;
    private static final int BYTE_STRING = 5;
    private static final int FORM = 0x3F;

    /** Understands a node id as people write it. */
    static Understood<OpcUaNodeId> parse(String text) {
        if (text.contains("nsu=")) {
            return no(text, "names its namespace by a URI, which each server numbers as it likes; use the number that"
                    + " the server gives it: `ns=2;s=Line3.Speed`");
        }
        Matcher m = TEXT.matcher(text);
        if (!m.matches()) {
            return no(text, "is not a node id; write `ns=2;s=Line3.Speed`, `ns=2;i=4711`, `i=2258`, `ns=2;g=GUID` or"
                    + " `ns=2;b=BASE64`");
        }
        int namespace = m.group(1) == null ? 0 : Integer.parseInt(m.group(1));
        if (namespace > NAMESPACES) {
            return no(text, "has a namespace that is not 0 to " + NAMESPACES);
        }
        String id = m.group(3);
        return switch (m.group(2)) {
            case "i" -> numeric(text, namespace, id);
            case "g" -> guid(text, namespace, id);
            case "b" -> opaque(text, namespace, id);
            default -> yes(OpcUaMeaning.STRING, namespace,
                    new String(id.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        };
    }

    private static Understood<OpcUaNodeId> numeric(String text, int namespace, String id) {
        long number = NUMBER.matcher(id).matches() ? Long.parseLong(id) : -1;
        return number < 0 || number > 0xFFFF_FFFFL
                ? no(text, "needs a number from 0 to 4294967295 behind `i=`; names stand behind `s=`")
                : new Understood.Yes<>(new OpcUaNodeId(OpcUaMeaning.NUMERIC, namespace, (int) number, ""));
    }

    private static Understood<OpcUaNodeId> guid(String text, int namespace, String id) {
        if (!GUID.matcher(id).matches()) {
            return no(text, "needs a GUID behind `g=`, such as `09087e75-8e5e-499b-954f-f2a9603db28a`");
        }
        byte[] digits = HexFormat.of().parseHex(id.replace("-", ""));
        byte[] wire = new byte[GUID_BYTES];
        for (int i = 0; i < GUID_BYTES; i++) {
            wire[i] = digits[GUID_ORDER[i]];
        }
        return yes(OpcUaMeaning.GUID, namespace, new String(wire, StandardCharsets.ISO_8859_1));
    }

    private static Understood<OpcUaNodeId> opaque(String text, int namespace, String id) {
        try {
            byte[] bytes = Base64.getDecoder().decode(id);
            return yes(OpcUaMeaning.OPAQUE, namespace, new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException e) {
            return no(text, "needs base64 behind `b=`, such as `M/RbKBsRVkePCePcx24oRA==`");
        }
    }

    private static Understood<OpcUaNodeId> yes(long kind, int namespace, String tail) {
        return new Understood.Yes<>(new OpcUaNodeId(kind, namespace, 0, tail));
    }

    private static Understood<OpcUaNodeId> no(String text, String rest) {
        return new Understood.No<>("`" + OpcUaText.shown(text) + "` " + rest);
    }

    /** The same as a name of a policy. */
    static Understood<Name> name(String text) {
        return switch (parse(text)) {
            case Understood.Yes<OpcUaNodeId> yes -> new Understood.Yes<>(
                    new Name(yes.meaning().text(), yes.meaning().key()));
            case Understood.No<OpcUaNodeId> no -> new Understood.No<>(no.sentence());
        };
    }

    Names.Key key() {
        return new Names.Key(head(), tail);
    }

    private long head() {
        return OpcUaMeaning.head(kind, namespace, number);
    }

    /** Its number among names, given its bytes where {@link #write} put them. */
    int find(Names names, MemorySegment bytes, long at) {
        return kind == OpcUaMeaning.NUMERIC
                ? names.find(head())
                : names.find(head(), bytes, at + size() - tail.length(), tail.length());
    }

    /** The normal form. */
    String text() {
        String prefix = namespace == 0 ? "" : "ns=" + namespace + ";";
        byte[] bytes = tail.getBytes(StandardCharsets.ISO_8859_1);
        if (kind == OpcUaMeaning.NUMERIC) {
            return prefix + "i=" + Integer.toUnsignedString(number);
        }
        if (kind == OpcUaMeaning.GUID) {
            return prefix + "g=" + guidText(bytes);
        }
        return prefix + (kind == OpcUaMeaning.OPAQUE
                ? "b=" + Base64.getEncoder().encodeToString(bytes)
                : "s=" + new String(bytes, StandardCharsets.UTF_8));
    }

    private static String guidText(byte[] wire) {
        byte[] digits = new byte[GUID_BYTES];
        for (int i = 0; i < GUID_BYTES; i++) {
            digits[GUID_ORDER[i]] = wire[i];
        }
        String hex = HexFormat.of().formatHex(digits).toLowerCase(Locale.ROOT);
        return hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-" + hex.substring(12, 16) + "-"
                + hex.substring(16, 20) + "-" + hex.substring(20);
    }

    /** How many bytes {@link #write} writes. */
    int size() {
        return kind == OpcUaMeaning.NUMERIC ? 7 : kind == OpcUaMeaning.GUID ? 3 + GUID_BYTES : 7 + tail.length();
    }

    /** Writes it as on the wire. */
    void write(MemorySegment bytes, long at) {
        int form = kind == OpcUaMeaning.NUMERIC
                ? NUMERIC
                : kind == OpcUaMeaning.STRING ? STRING : kind == OpcUaMeaning.GUID ? GUID_FORM : BYTE_STRING;
        bytes.set(JAVA_BYTE, at, (byte) form);
        bytes.set(U16, at + 1, (short) namespace);
        if (form == NUMERIC) {
            bytes.set(U32, at + 3, number);
        } else if (form != GUID_FORM) {
            bytes.set(U32, at + 3, tail.length());
        }
        byte[] last = tail.getBytes(StandardCharsets.ISO_8859_1);
        MemorySegment.copy(last, 0, bytes, JAVA_BYTE, at + size() - last.length, last.length);
    }

    /**
     * Reads a NodeId or ExpandedNodeId (its server and namespace URI left aside) in any of its encodings. Empty where
     * none can be read: bytes may be broken, or not all here. What is too long to be shown is not read to its end.
     */
    static Optional<OpcUaNodeId> read(MemorySegment bytes, long at) {
        long left = bytes.byteSize() - at;
        if (at < 0 || left < 2) {
            return Optional.empty();
        }
        int form = bytes.get(JAVA_BYTE, at) & FORM;
        if (form == TWO_BYTES) {
            return Optional.of(numeric(0, bytes.get(JAVA_BYTE, at + 1) & 0xFF));
        }
        if (form == FOUR_BYTES && left >= 4) {
            return Optional.of(numeric(bytes.get(JAVA_BYTE, at + 1) & 0xFF,
                    Short.toUnsignedInt(bytes.get(U16, at + 2))));
        }
        if (left < 7 || form < NUMERIC || form > BYTE_STRING) {
            return Optional.empty();
        }
        int namespace = Short.toUnsignedInt(bytes.get(U16, at + 1));
        return switch (form) {
            case NUMERIC -> Optional.of(numeric(namespace, bytes.get(U32, at + 3)));
            case STRING -> tailed(OpcUaMeaning.STRING, namespace, OpcUaText.bytes(bytes, at + 3));
            case BYTE_STRING -> tailed(OpcUaMeaning.OPAQUE, namespace, OpcUaText.bytes(bytes, at + 3));
            default -> left < 3 + GUID_BYTES
                    ? Optional.empty()
                    : tailed(OpcUaMeaning.GUID, namespace, OpcUaText.bytes(bytes, at + 3, GUID_BYTES));
        };
    }

    private static OpcUaNodeId numeric(int namespace, int number) {
        return new OpcUaNodeId(OpcUaMeaning.NUMERIC, namespace, number, "");
    }

    private static Optional<OpcUaNodeId> tailed(long kind, int namespace, Optional<String> tail) {
        return tail.map(t -> new OpcUaNodeId(kind, namespace, 0, t));
    }

    private static Optional<OpcUaNodeId> tailed(long kind, int namespace, String tail) {
        return Optional.of(new OpcUaNodeId(kind, namespace, 0, tail));
    }
}
