package io.sluice.dissect.modbus;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.ByteOrder.BIG_ENDIAN;

import io.sluice.dissect.Dissector;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * One Modbus/TCP message: a view over bytes that it does not own. Reuse one per worker.
 *
 * <p>Guarantee: after {@link #check} returned 0 with all of the message here, no accessor reads outside the message.
 * The accessors from {@link #referenceNumber} on are safe even without a check: they answer {@link #ABSENT} for what the
 * message is too short to hold.
 *
 * <p>Offsets count from the first byte of the MBAP header (Messaging on TCP/IP V1.0b §3.1.3); the function code is at 7.
 */
public final class ModbusView {
    /** What an accessor for reports answers when the message has no such field. */
    public static final int ABSENT = -1;

    static final int TRANSACTION = 0;
    static final int PROTOCOL = 2;
    static final int LENGTH = 4;
    static final int UNIT = 6;
    static final int FUNCTION = 7;
    /** The first byte after the function code. */
    static final int DATA = 8;
    /** Bytes in front of those that the length field counts. */
    static final int PREFIX = 6;

    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(BIG_ENDIAN);

    private MemorySegment bytes = MemorySegment.NULL;
    private long at;
    private int size;

    /** Views the message of {@code messageSize} bytes that starts at {@code start}. Only native segments. */
    public ModbusView wrap(MemorySegment segment, long start, int messageSize) {
        bytes = segment;
        at = start;
        size = messageSize;
        return this;
    }

    /**
     * Checks the shape of the message as far as its first {@code have} bytes tell; at least 8 must be here. What is
     * refused with some bytes is refused with more of them too, for the same reason.
     *
     * @param direction {@link Dissector#TO_SERVER} or {@link Dissector#TO_CLIENT}
     * @return 0, or a negated {@link io.sluice.dissect.Malformed#code}
     */
    public int check(int direction, long have) {
        return direction == Dissector.TO_SERVER
                ? ModbusRequestShape.check(this, have)
                : ModbusAnswerShape.check(this, have);
    }

    /** The size of the whole message, MBAP header included. */
    public int size() {
        return size;
    }

    public int transaction() {
        return u16(TRANSACTION);
    }

    public int protocol() {
        return u16(PROTOCOL);
    }

    /** The MBAP length field: bytes from the unit identifier on. */
    public int length() {
        return u16(LENGTH);
    }

    public int unit() {
        return u8(UNIT);
    }

    /** The function code without the bit that marks an exception. */
    public int function() {
        return u8(FUNCTION) & 0x7F;
    }

    /** The function code as it is on the wire. */
    public int functionByte() {
        return u8(FUNCTION);
    }

    /** Whether this is an exception response (V1.1b3 §7): bit 7 of the function code. */
    public boolean isException() {
        return bytes.get(JAVA_BYTE, at + FUNCTION) < 0;
    }

    /** The first address of functions 1 to 6, 15, 16, 22, 23 (there: where reading starts) and 24. */
    public int address() {
        return u16(DATA);
    }

    /** The quantity of functions 1 to 4, 15, 16 and 23 (there: to be read). */
    public int quantity() {
        return u16(10);
    }

    /** The value of functions 5 and 6. */
    public int singleValue() {
        return u16(10);
    }

    /** Sub-function of function 8. */
    public int diagnosticSubFunction() {
        return u16(DATA);
    }

    /** The byte after the pairing key of function 90. */
    public int umasFunction() {
        return u8(9);
    }

    /** What must agree between a request and its answer: transaction, unit and function in one number. */
    int pairingKey() {
        return (transaction() << 16) | (u16(UNIT) & 0xFF7F);
    }

    int u8(int offset) {
        return Byte.toUnsignedInt(bytes.get(JAVA_BYTE, at + offset));
    }

    int u16(int offset) {
        return Short.toUnsignedInt(bytes.get(U16, at + offset));
    }

    int u32(int offset) {
        return bytes.get(U32, at + offset);
    }

    /** Where an offset of this message lies in the segment. */
    long position(int offset) {
        return at + offset;
    }

    // For reports: the fields as tables of messages usually name them, absent where the message is too short.

    /** The exception code of an exception response. */
    public int exceptionCode() {
        return size > FUNCTION && isException() ? byteAt(DATA) : ABSENT;
    }

    /**
     * The address a message refers to; of functions 20 and 21 the first group's file and record number in one unsigned
     * 32-bit number. Answers carry it only where they echo it.
     */
    public long referenceNumber(int direction) {
        boolean request = direction == Dissector.TO_SERVER;
        return switch (plainFunction()) {
            case 1, 2, 3, 4, 23, 24 -> request ? wordAt(DATA) : ABSENT;
            case 5, 6, 15, 16, 22 -> wordAt(DATA);
            case 20 -> request ? doubleWordAt(10) : ABSENT;
            case 21 -> doubleWordAt(10);
            default -> ABSENT;
        };
    }

    /** How many registers a message asks for or echoes; of functions 20 and 21 in the first group. */
    public int wordCount(int direction) {
        boolean request = direction == Dissector.TO_SERVER;
        return switch (plainFunction()) {
            case 3, 4, 23 -> request ? wordAt(10) : ABSENT;
            case 16 -> wordAt(10);
            case 20 -> request ? wordAt(14) : ABSENT;
            case 21 -> wordAt(14);
            case 24 -> request ? ABSENT : wordAt(10);
            default -> ABSENT;
        };
    }

    /** How many coils or discrete inputs a message asks for or echoes. */
    public int bitCount(int direction) {
        return switch (plainFunction()) {
            case 1, 2 -> direction == Dissector.TO_SERVER ? wordAt(10) : ABSENT;
            case 15 -> wordAt(10);
            default -> ABSENT;
        };
    }

    /** The 8-bit byte count, where the message has one. */
    public int byteCount(int direction) {
        boolean request = direction == Dissector.TO_SERVER;
        return switch (plainFunction()) {
            case 1, 2, 3, 4, 12 -> request ? ABSENT : byteAt(DATA);
            case 15, 16 -> request ? byteAt(12) : ABSENT;
            case 20, 21 -> byteAt(DATA);
            case 23 -> byteAt(request ? 16 : DATA);
            default -> ABSENT;
        };
    }

    /** The sub-function of function 8. */
    public int diagnosticCode() {
        return plainFunction() == 8 ? wordAt(DATA) : ABSENT;
    }

    /** The MEI type of function 43: 13 or 14. */
    public int meiType() {
        return plainFunction() == 43 ? byteAt(DATA) : ABSENT;
    }

    /** The function code; absent in an exception response, whose body is only the exception code. */
    private int plainFunction() {
        return size <= FUNCTION || isException() ? ABSENT : function();
    }

    private int byteAt(int offset) {
        return offset < size ? u8(offset) : ABSENT;
    }

    private int wordAt(int offset) {
        return offset + 1 < size ? u16(offset) : ABSENT;
    }

    private long doubleWordAt(int offset) {
        return offset + 3 < size ? Integer.toUnsignedLong(u32(offset)) : ABSENT;
    }
}
