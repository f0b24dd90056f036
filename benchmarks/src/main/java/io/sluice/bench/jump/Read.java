package io.sluice.bench.jump;

/** What is asked again and again: ten holding registers of unit 1, function 3, V1.1b3 §6.3. */
final class Read {
    static final int REGISTERS = 10;
    /** Bytes of an answer before its registers: MBAP header, function, count of bytes. */
    static final int HEADER = 9;
    static final int ANSWER_BYTES = HEADER + 2 * REGISTERS;

    private Read() {}

    static byte[] request(int transaction) {
        return new byte[]{(byte) (transaction >> 8), (byte) transaction, 0, 0, 0, 6, 1, 3, 0, 100, 0, REGISTERS};
    }

    /** Whether an answer is the one to this request, and not an exception. */
    static boolean answers(byte[] answer, int transaction) {
        return answer[0] == (byte) (transaction >> 8) && answer[1] == (byte) transaction && answer[7] == 3;
    }
}
