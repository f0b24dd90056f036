package io.sluice.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads a segment record by record. A record is a line; what the last line feed does not end is none. */
final class RecordScanner implements Closeable {
    private static final int BUFFER = 1 << 17;

    private final InputStream in;
    private byte[] buffer = new byte[BUFFER];
    private int start;
    private int filled;
    /** Offset in the file of {@code buffer[0]}. */
    private long bufferAt;
    private int from;
    private int length;
    private boolean overlong;
    private boolean skipping;

    RecordScanner(InputStream in) {
        this.in = in;
    }

    /** Whether there is another record: {@link #length} bytes of {@link #buffer} from {@link #from}. */
    boolean next() throws IOException {
        int searched = start;
        while (true) {
            for (int i = searched; i < filled; i++) {
                if (buffer[i] == '\n') {
                    from = start;
                    length = i - start;
                    start = i + 1;
                    overlong = skipping || length > JournalLimits.RECORD_BYTES;
                    skipping = false;
                    return true;
                }
            }
            if (filled - start > JournalLimits.RECORD_BYTES) { // too long for a record: only its end is looked for
                skipping = true;
                bufferAt += filled;
                start = 0;
                filled = 0;
            }
            makeRoom();
            searched = filled;
            if (!fill()) {
                return false;
            }
        }
    }

    private void makeRoom() {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            bufferAt += start;
            filled -= start;
            start = 0;
        } else if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read > 0) {
            filled += read;
        }
        return read > 0;
    }

    byte[] buffer() {
        return buffer;
    }

    int from() {
        return from;
    }

    /** Without the line feed. */
    int length() {
        return length;
    }

    /** Longer than any record: {@link #buffer} holds only its end. */
    boolean overlong() {
        return overlong;
    }

    /** Offset of the byte after the last record's line feed. */
    long end() {
        return bufferAt + start;
    }

    /** Bytes behind the last record, once {@link #next} has found no more. */
    long unfinished() {
        return (long) filled - start;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
