package io.sluice.dissect.opcua;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.sluice.dissect.Malformed;
import io.sluice.dissect.Names;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Walks over the fields of a body, OPC 10000-6 §5.2. Whatever goes wrong first stays in {@link #problem}, and from then
 * on nothing moves: a sequence of reads is checked once, at its end. Nothing is read outside {@code [at, end)}.
 *
 * <p>Where the rest of a body is still to come, {@link #BODY_CUT} means "more bytes needed"; lengths are checked
 * against {@code limit}, where the whole body is going to end.
 */
final class OpcUaCursor {
    static final int BODY_CUT = Malformed.BODY_CUT.code();
    private static final int COUNT = Malformed.COUNT.code();
    private static final int ENCODING = Malformed.ENCODING.code();

    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(LITTLE_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(LITTLE_ENDIAN);
    /** AttributeId, IndexRange, namespace and name of the DataEncoding, the texts null. */
    private static final int READ_REST = 14;
    /** Encodings of a NodeId, §5.2.2.9. */
    private static final int FOUR_BYTE = 1;
    private static final int STRING = 3;
    private static final long TOP_BITS = 0x8080_8080_8080_8080L;
    private static final long ONES = 0x0101_0101_0101_0101L;

    MemorySegment bytes = MemorySegment.NULL;
    long at;
    long end;
    long limit;
    /** A {@link Malformed#code}, or 0 as long as all is well. */
    int problem;

    /** The last {@link #nodeId}: its key's head, and where its bytes lie. */
    long nodeHead;
    long nodeTail;
    int nodeTailLength;
    /** The last {@link #string}'s bytes, folded for {@link Names#find}. */
    private long folded;
    private long odd;
    /** The last {@link #expandedNodeId} names a node of another server, or a namespace by its URI. */
    boolean nodeForeign;

    /** Walks over {@code [from, to)}; the whole body ends at {@code whole}. */
    void wrap(MemorySegment segment, long from, long to, long whole) {
        bytes = segment;
        at = from;
        end = to;
        limit = whole;
        problem = 0;
        nodeForeign = false;
    }

    boolean ok() {
        return problem == 0;
    }

    /** The first problem is the one that counts; reading stops. */
    void fail(int code) {
        if (problem == 0) {
            problem = code;
        }
        end = at;
        limit = at;
    }

    private boolean lacks(long n) {
        if (end - at >= n) {
            return false;
        }
        fail(BODY_CUT);
        return true;
    }

    int u8() {
        return lacks(1) ? 0 : Byte.toUnsignedInt(bytes.get(JAVA_BYTE, at++));
    }

    int u16() {
        if (lacks(2)) {
            return 0;
        }
        int value = Short.toUnsignedInt(bytes.get(U16, at));
        at += 2;
        return value;
    }

    int i32() {
        if (lacks(4)) {
            return 0;
        }
        int value = bytes.get(U32, at);
        at += 4;
        return value;
    }

    long i64() {
        if (lacks(8)) {
            return 0;
        }
        long value = bytes.get(U64, at);
        at += 8;
        return value;
    }

    void skip(long n) {
        if (!lacks(n)) {
            at += n;
        }
    }

    /** The length of a String or ByteString, whose bytes are all there; -1 for a null one. */
    int length() {
        int length = i32();
        if (length < -1 || length > limit - at) {
            fail(ok() ? COUNT : problem);
            return 0;
        }
        return length > 0 && lacks(length) ? 0 : length;
    }

    /** The length of an array whose items have at least {@code least} bytes each; a null array counts as empty. */
    int count(int least) {
        int count = i32();
        if (count < -1 || (long) count * least > limit - at) {
            fail(ok() ? COUNT : problem);
            return 0;
        }
        return Math.max(count, 0);
    }

    void byteString() {
        int length = length();
        at += Math.max(length, 0);
    }

    /** A String: well-formed UTF-8 without NUL. The same bytes must not be read differently by two stacks. */
    void string() {
        int length = length();
        if (length > 0) {
            text(length);
        }
    }

    private void text(int length) {
        long stop = at + length;
        if (plain(length) || OpcUaUtf8.valid(bytes, at, stop)) {
            at = stop;
        } else {
            fail(Malformed.TEXT.code());
        }
    }

    /**
     * Only ASCII characters and no NUL, looked at eight at a time; the last eight overlap those before. On the way the
     * bytes are {@link #folded}, as names are looked up by.
     */
    private boolean plain(int length) {
        odd = 0;
        if (length < Names.PAIR) {
            folded = length < Long.BYTES ? Names.folded(bytes, at, length) : pair(at, at + length - Long.BYTES, 0);
            return length >= Long.BYTES && odd == 0;
        }
        long last = at + length - Names.PAIR;
        long fold = 0;
        for (long i = at; i < last; i += Names.PAIR) {
            fold = pair(i, i + Long.BYTES, fold);
        }
        folded = pair(last, last + Long.BYTES, fold);
        return odd == 0;
    }

    /** Folds two words, and notes if one of their bytes is odd. */
    private long pair(long one, long other, long fold) {
        long first = bytes.get(U64, one);
        long second = bytes.get(U64, other);
        odd |= odd(first) | odd(second);
        return Names.fold(Names.fold(fold, first), second);
    }

    /** Not zero if one of eight bytes is above 127 or zero. */
    private static long odd(long word) {
        return (word | ((word - ONES) & ~word)) & TOP_BITS;
    }

    /** An AttributeId and an IndexRange, which almost always is null. */
    int attributeAndRange() {
        if (end - at >= Long.BYTES) {
            long word = bytes.get(U64, at);
            if (word >> 32 == -1) {
                at += Long.BYTES;
                return (int) word;
            }
        }
        int attribute = i32();
        string();
        return attribute;
    }

    /** An AttributeId, a null IndexRange and no DataEncoding in one: what almost every ReadValueId ends with. */
    int attributeAlone() {
        if (end - at >= READ_REST) {
            long first = bytes.get(U64, at);
            long last = bytes.get(U64, at + READ_REST - Long.BYTES);
            if (first >> 32 == -1 && last >> 32 == -1) {
                at += READ_REST;
                return (int) first;
            }
        }
        int attribute = i32();
        string();
        qualifiedName();
        return attribute;
    }

    void qualifiedName() {
        skip(2);
        string();
    }

    void localizedText() {
        int mask = u8();
        if ((mask & ~3) != 0) {
            fail(ENCODING);
        }
        if ((mask & 1) != 0) {
            string();
        }
        if ((mask & 2) != 0) {
            string();
        }
    }

    /** A NodeId, §5.2.2.9; in all its encodings one node has one head and tail. */
    void nodeId() {
        if (end - at >= Long.BYTES) {
            long word = bytes.get(U64, at);
            if ((word & 0xFF) == FOUR_BYTE) {
                nodeHead = (word >>> 8 & 0xFF) << 32 | (word >>> 16 & 0xFFFF);
                nodeTailLength = 0;
                nodeTail = at;
                at += 4;
                return;
            }
            if ((word & 0xFF) == STRING) {
                nodeHead = OpcUaMeaning.STRING << 60 | (word >>> 8 & 0xFFFF) << 32;
                at += 3;
                name((int) (word >>> 24));
                return;
            }
        }
        node(u8());
    }

    /** The String of a NodeId; the cursor stands before its length. */
    private void name(int length) {
        at += Integer.BYTES;
        if (length < -1 || length > limit - at) {
            fail(COUNT);
            nodeTailLength = 0;
            return;
        }
        nodeTail = at;
        nodeTailLength = Math.max(length, 0);
        if (length > 0 && !lacks(length)) {
            text(length);
        }
    }

    /** The number by which a policy knows the node that was read last. */
    int find(Names names) {
        if (names.size() == 0) {
            return Names.UNKNOWN;
        }
        if (nodeTailLength == 0) {
            return names.find(nodeHead);
        }
        return nodeHead >>> 60 == OpcUaMeaning.STRING
                ? names.find(nodeHead, folded, bytes, nodeTail, nodeTailLength)
                : names.find(nodeHead, bytes, nodeTail, nodeTailLength);
    }

    /** The TypeId of a body: its number, or -1 for what none of the standard's encodings can have. */
    int typeId() {
        nodeId();
        return ok() && nodeTailLength == 0 && nodeHead >>> 31 == 0 ? (int) nodeHead : -1;
    }

    /** An ExpandedNodeId, §5.2.2.10. */
    void expandedNodeId() {
        int form = u8();
        node(form & 0x3F);
        nodeForeign = false;
        if ((form & 0x80) != 0) {
            int length = length();
            nodeForeign = length > 0;
            at += Math.max(length, 0);
        }
        if ((form & 0x40) != 0) {
            nodeForeign |= i32() != 0;
        }
    }

    private void node(int form) {
        nodeTail = at;
        nodeTailLength = 0;
        switch (form) {
            case 0 -> nodeHead = u8();
            case FOUR_BYTE -> {
                if (!lacks(3)) {
                    int word = Byte.toUnsignedInt(bytes.get(JAVA_BYTE, at));
                    nodeHead = (long) word << 32 | Short.toUnsignedInt(bytes.get(U16, at + 1));
                    at += 3;
                }
            }
            case 2 -> {
                if (!lacks(6)) {
                    int namespace = Short.toUnsignedInt(bytes.get(U16, at));
                    nodeHead = (long) namespace << 32 | Integer.toUnsignedLong(bytes.get(U32, at + 2));
                    at += 6;
                }
            }
            case STRING -> {
                nodeHead = OpcUaMeaning.head(OpcUaMeaning.STRING, u16(), 0);
                int length = i32();
                if (ok()) {
                    at -= Integer.BYTES;
                    name(length);
                }
            }
            case 4 -> {
                nodeHead = OpcUaMeaning.head(OpcUaMeaning.GUID, u16(), 0);
                tail(lacks(16) ? 0 : 16);
            }
            case 5 -> {
                nodeHead = OpcUaMeaning.head(OpcUaMeaning.OPAQUE, u16(), 0);
                tail(length());
            }
            default -> fail(ok() ? ENCODING : problem);
        }
    }

    private void tail(int length) {
        nodeTail = at;
        nodeTailLength = Math.max(length, 0);
        at += nodeTailLength;
    }

    /** The body of the ExtensionObject whose type and encoding were read is skipped: its length, or -1 for none. */
    int extensionBody(int encoding) {
        if (encoding == 0) {
            return -1;
        }
        if (encoding > 2) {
            fail(ok() ? ENCODING : problem);
            return -1;
        }
        return length();
    }

    /** An ExtensionObject, §5.2.2.15, without looking into it. */
    void extensionObject() {
        nodeId();
        int length = extensionBody(u8());
        at += Math.max(length, 0);
    }

    void strings() {
        for (int n = count(4); n > 0 && ok(); n--) {
            string();
        }
    }
}
