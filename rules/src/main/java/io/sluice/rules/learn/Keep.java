package io.sluice.rules.learn;

import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** Writes sums as bytes. A number takes as many as it needs (zigzag, seven bits in each). */
final class Keep {
    /** Writes one thing. */
    interface Writer<T> {
        void write(Keep out, T one) throws IOException;
    }

    private final DataOutput out;

    Keep(DataOutput out) {
        this.out = out;
    }

    Keep number(long number) throws IOException {
        long left = (number << 1) ^ (number >> 63);
        while ((left & ~0x7FL) != 0) {
            out.writeByte((int) ((left & 0x7F) | 0x80));
            left >>>= 7;
        }
        out.writeByte((int) left);
        return this;
    }

    Keep flag(boolean flag) throws IOException {
        out.writeByte(flag ? 1 : 0);
        return this;
    }

    Keep text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        out.write(bytes);
        return this;
    }

    Keep moment(Moment at) throws IOException {
        return number(at.nanos()).number(at.frame());
    }

    <T> Keep all(Collection<T> all, Writer<T> writer) throws IOException {
        number(all.size());
        for (T one : all) {
            writer.write(this, one);
        }
        return this;
    }
}
