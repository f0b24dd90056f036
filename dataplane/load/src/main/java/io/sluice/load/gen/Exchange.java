package io.sluice.load.gen;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A frame of Modbus requests and the frame of their answers: Modbus Messaging on TCP/IP V1.0b §3.1.3, application protocol
 * V1.1b3 §6.3.
 */
public enum Exchange {
    /** Ten holding registers: 66 bytes on the wire, answered by 83. */
    SHORT(10),
    /**
     * Six requests in 126 bytes, answered in 1400. An answer of Modbus is never longer than 260 bytes, so a frame of this
     * length holds several.
     */
    LONG(108, 108, 108, 108, 107, 107);

    private static final int UNIT = 1;
    private static final int READ_HOLDING_REGISTERS = 3;
    private static final int REQUEST_BYTES = 12;
    /** Of an answer: MBAP header, function and byte count. */
    private static final int ANSWER_HEAD_BYTES = 9;
    private static final int LENGTH_FIELD_END = 6;

    @SuppressWarnings("ImmutableEnumChecker") // never handed out
    private final int[] registers;

    Exchange(int... registers) {
        this.registers = registers;
    }

    /** Modbus messages in a frame. */
    public int messages() {
        return registers.length;
    }

    /** TCP payload of a request frame; transaction identifiers are left zero. */
    public byte[] requests(int firstRegister) {
        ByteBuffer bytes = ByteBuffer.allocate(requestBytes());
        for (int count : registers) {
            bytes.putInt(0).putShort((short) (REQUEST_BYTES - LENGTH_FIELD_END)).put((byte) UNIT);
            bytes.put((byte) READ_HOLDING_REGISTERS).putShort((short) firstRegister).putShort((short) count);
        }
        return bytes.array();
    }

    /** TCP payload of an answer frame; transaction identifiers are left zero. */
    public byte[] answers(RandomGenerator values) {
        ByteBuffer bytes = ByteBuffer.allocate(answerBytes());
        for (int count : registers) {
            bytes.putInt(0).putShort((short) (ANSWER_HEAD_BYTES - LENGTH_FIELD_END + 2 * count)).put((byte) UNIT);
            bytes.put((byte) READ_HOLDING_REGISTERS).put((byte) (2 * count));
            for (int i = 0; i < count; i++) {
                bytes.putShort((short) values.nextInt(1 << Short.SIZE));
            }
        }
        return bytes.array();
    }

    /** TCP payload of a request frame. */
    public int requestBytes() {
        return messages() * REQUEST_BYTES;
    }

    /** TCP payload of an answer frame. */
    public int answerBytes() {
        return messages() * ANSWER_HEAD_BYTES + 2 * Arrays.stream(registers).sum();
    }

    /** Where the transaction identifiers of a request frame lie in its payload. */
    int[] requestTransactions() {
        int[] offsets = new int[messages()];
        Arrays.setAll(offsets, i -> i * REQUEST_BYTES);
        return offsets;
    }

    /** Where those of an answer frame lie. */
    int[] answerTransactions() {
        int[] offsets = new int[messages()];
        for (int i = 1; i < offsets.length; i++) {
            offsets[i] = offsets[i - 1] + ANSWER_HEAD_BYTES + 2 * registers[i - 1];
        }
        return offsets;
    }
}
