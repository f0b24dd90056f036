package io.sluice.dissect;

/**
 * The closed set of reasons for which a message cannot be taken at its word. Each has a code for the packet path
 * (positive, stable within a build), one word for logs and counters, a cause that decides what the policy's
 * {@code when_unsure} does, and a sentence for people.
 */
public enum Malformed {
    PROTOCOL_ID("protocol-id", Cause.MALFORMED, "the MBAP protocol identifier is not 0"),
    FRAME_LENGTH("frame-length", Cause.MALFORMED, "the length field is outside what the protocol permits"),
    LENGTH_MISMATCH("length-mismatch", Cause.MALFORMED, "the length field contradicts the function's own size"),
    DATAGRAM_LENGTH("datagram-length", Cause.MALFORMED, "the datagram does not hold exactly one message"),
    FUNCTION_CODE("function-code", Cause.MALFORMED, "the function code is not valid in a request"),
    QUANTITY("quantity", Cause.MALFORMED, "the quantity is zero or above the function's limit"),
    ADDRESS_RANGE("address-range", Cause.MALFORMED, "address plus quantity passes 65536"),
    BYTE_COUNT("byte-count", Cause.MALFORMED, "the byte count contradicts the quantity"),
    COIL_VALUE("coil-value", Cause.MALFORMED, "a coil is written with neither 0x0000 nor 0xFF00"),
    SUB_FUNCTION_DATA("sub-function-data", Cause.MALFORMED, "the data does not fit the sub-function"),
    FILE_GROUP("file-group", Cause.MALFORMED, "a file record group has a wrong reference type, record range or length"),
    DEVICE_IDENTIFICATION("device-identification", Cause.MALFORMED,
            "the device identification request or answer is not well formed"),
    FIFO_COUNT("fifo-count", Cause.MALFORMED, "the FIFO count is above 31 or contradicts the byte count"),
    EXCEPTION_CODE("exception-code", Cause.MALFORMED, "the exception code is not one that the standard defines"),
    UNSOLICITED("unsolicited", Cause.MALFORMED, "the answer belongs to no outstanding request"),
    ANSWER_MISMATCH("answer-mismatch", Cause.MALFORMED, "the answer does not fit the request it names"),
    TOO_MANY_ITEMS("too-many-items", Cause.OVERLOAD, "the message names more items than the limits permit"),
    RTU_OVER_TCP("rtu-over-tcp", Cause.OPAQUE, "Modbus RTU frames in TCP, not Modbus/TCP"),
    ASCII_OVER_TCP("ascii-over-tcp", Cause.OPAQUE, "Modbus ASCII frames in TCP, not Modbus/TCP"),
    TLS("tls", Cause.OPAQUE, "a TLS connection: its contents cannot be judged"),
    UNKNOWN_FUNCTION("unknown-function", Cause.OPAQUE, "a function whose meaning is not known"),
    MESSAGE_TYPE("message-type", Cause.MALFORMED, "no message of the protocol begins like this"),
    UNEXPECTED_MESSAGE("unexpected-message", Cause.MALFORMED,
            "the message is not permitted at this point of the connection"),
    SEQUENCE_NUMBER("sequence-number", Cause.MALFORMED, "the sequence number does not follow the one before"),
    CHANNEL_ID("channel-id", Cause.MALFORMED, "the secure channel or token is not the one that was opened"),
    CHUNKS_MIXED("chunks-mixed", Cause.MALFORMED,
            "chunks of two messages are mixed, or a message is aborted that was not begun"),
    BODY_CUT("body-cut", Cause.MALFORMED, "the body ends before its last field"),
    TRAILING_BYTES("trailing-bytes", Cause.MALFORMED, "bytes follow the last field of the body"),
    ENCODING("encoding", Cause.MALFORMED, "a field is not encoded as the standard permits"),
    COUNT("count", Cause.MALFORMED, "a length or count is negative or exceeds what follows"),
    NESTING("nesting", Cause.MALFORMED, "values are nested deeper than any honest message"),
    TEXT("text", Cause.MALFORMED, "a text is not valid UTF-8, or holds a NUL"),
    CERTIFICATE("certificate", Cause.MALFORMED, "the certificate or its chain is not well formed"),
    SERVICE_DIRECTION("service-direction", Cause.MALFORMED,
            "a response where a request belongs, or a request where a response belongs"),
    SECURITY_POLICY("security-policy", Cause.OPAQUE, "the security policy is not one that is known"),
    REVERSE_CONNECT("reverse-connect", Cause.OPAQUE,
            "the server opened the connection; such connections are not followed"),
    TOO_MANY_CHUNKS("too-many-chunks", Cause.OVERLOAD, "the message has more chunks than the limits permit"),
    MESSAGE_SIZE("message-size", Cause.OVERLOAD, "the message is longer than the limits permit");

    /** The four ways in which the firewall can lose sight, each with a policy of its own ({@code when_unsure}). */
    public enum Cause {
        MALFORMED,
        OPAQUE,
        MIDSTREAM,
        OVERLOAD
    }

    private static final Malformed[] ALL = values();

    private final String word;
    private final Cause cause;
    private final String sentence;

    Malformed(String word, Cause cause, String sentence) {
        this.word = word;
        this.cause = cause;
        this.sentence = sentence;
    }

    /** A positive number; the packet path returns it negated. */
    public int code() {
        return ordinal() + 1;
    }

    /** The reason behind a code as returned by a {@link Dissector}: negated, or as {@link #code} gave it. */
    public static Malformed of(int code) {
        return ALL[Math.abs(code) - 1];
    }

    /** One lower-case word, used in logs, counters and reports. */
    public String word() {
        return word;
    }

    public Cause cause() {
        return cause;
    }

    /** A sentence for people, without a full stop. */
    public String sentence() {
        return sentence;
    }
}
