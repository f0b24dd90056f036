package io.sluice.journal;

import java.io.IOException;
import java.util.Arrays;

/** Records that wait to be written together, each with its line feed. */
final class Batch {
    private final byte[] bytes;
    private int used;
    private int[] ends = new int[256];
    private int records;

    Batch(int capacity) {
        bytes = new byte[capacity];
    }

    /** False if there is no room for it. */
    boolean add(byte[] record, int from, int length) {
        if (length + 1 > bytes.length - used) {
            return false;
        }
        System.arraycopy(record, from, bytes, used, length);
        used += length;
        bytes[used++] = '\n';
        if (records == ends.length) {
            ends = Arrays.copyOf(ends, records * 2);
        }
        ends[records++] = used;
        return true;
    }

    int records() {
        return records;
    }

    int bytes() {
        return used;
    }

    void writeTo(AppendFile file) throws IOException {
        file.append(bytes, 0, used);
    }

    void hashInto(MerkleTree tree) {
        int from = 0;
        for (int i = 0; i < records; i++) {
            tree.add(bytes, from, ends[i] - 1 - from);
            from = ends[i];
        }
    }

    void clear() {
        used = 0;
        records = 0;
    }
}
