package io.sluice.broker.opcua;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The chunks of one answer, as they came, until the last is there: OPC 10000-6 §6.7.2. */
final class Gathered {
    /** Message header, channel, token, sequence number and request of a chunk without security. */
    static final int HEADER = 24;
    private static final int TYPE = 3, SIZE = 4, SEQUENCE = 16, REQUEST = 20;

    private byte[] bytes = {};
    private int length;
    private int chunks;

    /** One more, whose room is there. */
    void add(MemorySegment from, long at, int size) {
        if (bytes.length < length + size) {
            bytes = Arrays.copyOf(bytes, Math.max(length + size, 2 * bytes.length));
        }
        MemorySegment.copy(from, ValueLayout.JAVA_BYTE, at, bytes, length, size);
        length += size;
        chunks++;
    }

    /** Bytes of all, with headers. */
    int length() {
        return length;
    }

    int chunks() {
        return chunks;
    }

    int first() {
        return view().getInt(SEQUENCE);
    }

    int request() {
        return view().getInt(REQUEST);
    }

    /** The chunks as they came, to be taken once. */
    byte[] raw() {
        return Arrays.copyOf(bytes, length);
    }

    /** The message in them; null where their numbers do not follow one another. */
    byte @Nullable [] message() {
        ByteBuffer in = view();
        ByteBuffer message = ByteBuffer.allocate(length - chunks * HEADER);
        int at = 0;
        for (int i = 0; i < chunks; i++) {
            int size = in.getInt(at + SIZE);
            if (in.getInt(at + SEQUENCE) != first() + i) {
                return null;
            }
            message.put(bytes, at + HEADER, size - HEADER);
            at += size;
        }
        return message.array();
    }

    /**
     * Another message in chunks with the headers of these: as many as they were where it fits, or as many as it takes.
     *
     * @param most bytes of a chunk
     */
    int chunksOf(byte[] message, int most) {
        int needed = (message.length + most - HEADER - 1) / (most - HEADER);
        return needed <= chunks && chunks <= message.length ? chunks : needed;
    }

    /** The same, as bytes; the first chunk has the sequence number given. */
    byte[] chunked(byte[] message, int count, int number) {
        ByteBuffer out = ByteBuffer.allocate(message.length + count * HEADER).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) message.length * i / count);
            int to = (int) ((long) message.length * (i + 1) / count);
            int at = out.position();
            out.put(bytes, 0, HEADER).put(message, from, to - from);
            out.put(at + TYPE, (byte) (i == count - 1 ? 'F' : 'C'));
            out.putInt(at + SIZE, HEADER + to - from);
            out.putInt(at + SEQUENCE, number + i);
        }
        return out.array();
    }

    private ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
