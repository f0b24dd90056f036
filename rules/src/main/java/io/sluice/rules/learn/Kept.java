package io.sluice.rules.learn;

import java.io.DataInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads what {@link Keep} wrote. What cannot be is an {@link IOException} whose message says what. */
final class Kept {
    /** More than any text of a message that is learnt from. */
    private static final int LONGEST_TEXT = 1 << 24;

    /** Reads one thing. */
    interface Reader<T> {
        T read(Kept in) throws IOException;
    }

    private final DataInput in;
    private final long frames;

    /** @param frames that come before: added to the number of each frame */
    Kept(DataInput in, long frames) {
        this.in = in;
        this.frames = frames;
    }

    long number() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = in.readUnsignedByte();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new IOException("a number has too many bytes");
    }

    /** A number from {@code least} to {@code most}. */
    long number(long least, long most) throws IOException {
        long number = number();
        if (number < least || number > most) {
            throw new IOException("a number is " + number + ", not one from " + least + " to " + most);
        }
        return number;
    }

    int integer() throws IOException {
        return (int) number(Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** A count or sum. */
    long sum() throws IOException {
        return number(0, Long.MAX_VALUE);
    }

    boolean flag() throws IOException {
        return number(-1, 0) != 0; // 1 as a zigzag number is -1
    }

    String text() throws IOException {
        byte[] bytes = new byte[(int) number(0, LONGEST_TEXT)];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    Moment moment() throws IOException {
        return new Moment(number(), number() + frames);
    }

    /** How many follow, at most {@code most}. */
    int size(int most) throws IOException {
        return (int) number(0, most);
    }
}
