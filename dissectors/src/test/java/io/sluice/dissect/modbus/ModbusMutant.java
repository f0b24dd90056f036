package io.sluice.dissect.modbus;

import io.sluice.dissect.Dissector;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** A well-formed message with a few bytes changed, lost or added: what is nearly right breaks more than noise does. */
final class ModbusMutant {
    private final RandomGenerator random;
    private final ModbusMessages messages;
    private ModbusMessage original;
    private int left;
    private int direction;
    private byte[] bytes = {};

    ModbusMutant(RandomGenerator random) {
        this.random = random;
        this.messages = new ModbusMessages(random);
        this.original = messages.any();
    }

    /** Makes the next one; a message serves for several. */
    void next() {
        if (left-- == 0) {
            original = messages.any();
            left = 16;
        }
        direction = original.answer().isEmpty() || random.nextBoolean() ? Dissector.TO_SERVER : Dissector.TO_CLIENT;
        bytes = direction == Dissector.TO_SERVER ? original.requestBytes() : original.answerBytes();
        if (random.nextInt(3) == 0) {
            bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length) + random.nextInt(12));
        }
        if (random.nextInt(3) == 0 && bytes.length > 5) {
            int length = bytes.length - 6 + (random.nextInt(4) == 0 ? random.nextInt(-2, 3) : 0);
            bytes[4] = (byte) (length >> 8);
            bytes[5] = (byte) length;
        }
        for (int changes = random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
            // mostly in the first bytes, which hold nearly all fields
            int at = random.nextInt(random.nextInt(4) == 0 ? bytes.length : Math.min(bytes.length, 24));
            bytes[at] = (byte) switch (random.nextInt(5)) {
                case 0 -> 0;
                case 1 -> 0xFF;
                case 2 -> bytes[at] + 1;
                case 3 -> bytes[at] ^ (1 << random.nextInt(8));
                default -> random.nextInt(256);
            };
        }
    }

    int direction() {
        return direction;
    }

    byte[] request() {
        return original.requestBytes();
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return (direction == Dissector.TO_SERVER ? "request " : "answer ") + HexFormat.of().formatHex(bytes)
                + " made of " + original;
    }
}
