package io.sluice.integration.evasion;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * The Modbus messages of a play.
 *
 * @param subject the write that the play is about, permitted or denied
 * @param decoy a permitted write of another value, of the same length
 * @param read a permitted read
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Material(byte[] subject, byte[] decoy, byte[] read) {
    /** The register that is written: the policy allows values up to 1500. */
    static final int REGISTER = 101;

    static final int SIZE = 12;

    static Material of(int subjectValue, int decoyValue) {
        return new Material(write(subjectValue), write(decoyValue), request(3, 0, 1));
    }

    /** A permitted read, other than that of a play, for when the play is over. */
    static byte[] last() {
        return request(3, 0, 2);
    }

    private static byte[] write(int value) {
        return request(6, REGISTER, value);
    }

    /** MBAP header, unit 1, function, and two words: Modbus messaging on TCP/IP V1.0b §3.1.3. */
    private static byte[] request(int function, int address, int word) {
        return ByteBuffer.allocate(SIZE).putShort((short) (0x4000 | (word & 0xFFF))).putShort((short) 0)
                .putShort((short) 6).put((byte) 1).put((byte) function).putShort((short) address)
                .putShort((short) word).array();
    }

    /** A message with another length in its header. */
    static byte[] lengthOf(byte[] message, int length) {
        return ByteBuffer.wrap(message.clone()).putShort(4, (short) length).array();
    }

    static byte[] all(byte[]... messages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] message : messages) {
            all.writeBytes(message);
        }
        return all.toByteArray();
    }
}
