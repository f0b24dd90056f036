package io.sluice.dissect.opcua;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Malformed;

/**
 * Variants and DataValues, OPC 10000-6 §5.2.2.16 and §5.2.2.17: walks over them, and tells what a written value is.
 * Nesting is bounded, whatever the bytes say.
 */
final class OpcUaValues {
    private static final int ENCODING = Malformed.ENCODING.code();
    private static final int BOOLEAN = 1;
    private static final int LAST_NUMBER = 11;
    private static final int STRING = 12;
    private static final int BYTE_STRING = 15;
    private static final int XML = 16;
    private static final int VARIANT = 24;

    /** Bytes of one value of each built-in type; 0 where it varies, -1 where a Variant cannot hold it. */
    private static final int[] SIZES = {-1, 1, 1, 1, 2, 2, 4, 4, 8, 8, 4, 8, 0, 8, 16, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0,
            -1};
    /** How facts read the numbers among them. */
    private static final int[] ENCODINGS = {0, Facts.UNSIGNED_8, Facts.SIGNED_8, Facts.UNSIGNED_8, Facts.SIGNED_16,
            Facts.UNSIGNED_16, Facts.SIGNED_32, Facts.UNSIGNED_32, Facts.SIGNED_64, Facts.UNSIGNED_64, Facts.FLOAT_32,
            Facts.FLOAT_64};

    private final OpcUaCursor c;
    private final int deepest;
    private int depth;

    /** The last value: its built-in type, 0 for none; whether it is an array; where its first item lies; how many. */
    private int type;
    private boolean array;
    private long valueAt;
    private int count;

    OpcUaValues(OpcUaCursor cursor, int deepest) {
        c = cursor;
        this.deepest = deepest;
    }

    /** A DataValue; {@link #written} then tells its value. */
    void dataValue() {
        int mask = c.u8();
        if (mask == 0x01) {
            variant();
            return;
        }
        if ((mask & ~0x3F) != 0) {
            c.fail(ENCODING);
        }
        type = 0;
        if ((mask & 0x01) != 0) {
            variant();
        }
        int known = type;
        c.skip((mask & 0x02) != 0 ? 4 : 0);
        c.skip((mask & 0x04) != 0 ? 8 : 0);
        c.skip((mask & 0x10) != 0 ? 2 : 0);
        c.skip((mask & 0x08) != 0 ? 8 : 0);
        c.skip((mask & 0x20) != 0 ? 2 : 0);
        type = known;
    }

    /** A Variant; {@link #written} then tells its value. */
    void variant() {
        int head = c.u8();
        int own = head & 0x3F;
        boolean many = (head & 0x80) != 0;
        if (head == 0) {
            type = 0;
            return;
        }
        if (head <= LAST_NUMBER && head != BOOLEAN) {
            scalar(head);
            return;
        }
        if (own >= SIZES.length || SIZES[own] < 0 || (!many && ((head & 0x40) != 0 || own == VARIANT))) {
            c.fail(ENCODING);
            return;
        }
        int items = many ? c.count(Math.max(1, SIZES[own])) : 1;
        long from = c.at;
        if (SIZES[own] > 0) {
            c.skip((long) items * SIZES[own]);
            if (own == BOOLEAN && c.ok()) {
                booleans(from, items);
            }
        } else {
            for (int i = 0; i < items && c.ok(); i++) {
                item(own);
            }
        }
        if ((head & 0x40) != 0) {
            dimensions(items);
        }
        type = own;
        array = many;
        valueAt = from;
        count = items;
    }

    /** Any byte but 0 is true, §5.2.2.1, and a rule names 1: other bytes, which nobody sends, do not get past it. */
    private void booleans(long from, int items) {
        for (int i = 0; i < items; i++) {
            if ((c.bytes.get(JAVA_BYTE, from + i) & ~1) != 0) {
                c.fail(ENCODING);
                return;
            }
        }
    }

    /** One number: what almost every value is. */
    private void scalar(int itsType) {
        type = itsType;
        array = false;
        valueAt = c.at;
        count = 1;
        c.skip(SIZES[itsType]);
    }

    /** ArrayDimensions must multiply to the length of the array, §5.2.2.16. */
    private void dimensions(int items) {
        long product = 1;
        int dimensions = c.count(4);
        for (int i = 0; i < dimensions && c.ok(); i++) {
            int size = c.i32();
            product = size < 0 || product > Integer.MAX_VALUE ? -1 : product * size;
        }
        if (c.ok() && dimensions > 0 && product != items) {
            c.fail(Malformed.COUNT.code());
        }
    }

    private void item(int own) {
        switch (own) {
            case STRING, XML -> c.string();
            case BYTE_STRING -> c.byteString();
            case 17 -> c.nodeId();
            case 18 -> c.expandedNodeId();
            case 20 -> c.qualifiedName();
            case 21 -> c.localizedText();
            case 22 -> c.extensionObject();
            case 23 -> nested(true);
            default -> nested(false);
        }
    }

    private void nested(boolean dataValue) {
        if (++depth > deepest) {
            c.fail(Malformed.NESTING.code());
        } else if (dataValue) {
            dataValue();
        } else {
            variant();
        }
        depth--;
    }

    /**
     * Adds the facts of a node that is written with the last value.
     *
     * @return whether there was room
     */
    boolean written(Facts facts, int attribute, int node, long namedAt, OpcUaSession session) {
        if (type > 0 && type < ENCODINGS.length && count > 0) {
            return facts.addWritten(OpcUaMeaning.WRITE, attribute, node, namedAt, ENCODINGS[type], valueAt, count) >= 0;
        }
        int span = facts.addWritten(OpcUaMeaning.WRITE, attribute, node, namedAt, Facts.UNKNOWN_VALUE, Facts.NOWHERE,
                0);
        if (span >= 0 && type == STRING && !array) {
            session.text(c.bytes, valueAt, facts, span);
        }
        return span >= 0;
    }
}
