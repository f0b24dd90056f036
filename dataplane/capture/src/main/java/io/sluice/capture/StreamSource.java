package io.sluice.capture;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Standard input, a pipe or decompressed data through one native buffer, which grows to the largest record that
 * {@link CaptureLimits} permit and no further. Reads no more than is needed or at hand, so a live pipe is not held up.
 */
final class StreamSource extends ByteSource {
    private static final int CHUNK = 1 << 16;
    private static final long INITIAL = 4L * CHUNK;

    private final InputStream in;
    private final CountingInputStream raw;
    private final long size;
    private final boolean closes;
    private final byte[] chunk = new byte[CHUNK];
    private Arena arena = Arena.ofShared();
    /** The offset in the data at which {@link #bytes} starts. */
    private long base;

    /**
     * @param in the capture's data
     * @param raw the same before decompression, for progress; the same stream where there is none
     * @param size of the file behind it, -1 if unknown
     * @param closes whether the stream is ours to close
     */
    StreamSource(InputStream in, CountingInputStream raw, long size, boolean closes) {
        this.in = in;
        this.raw = raw;
        this.size = size;
        this.closes = closes;
        this.bytes = arena.allocate(INITIAL);
    }

    @Override
    boolean fill(long count) {
        makeRoom(count);
        while (left() < count) {
            int read = read((int) Math.min(CHUNK, bytes.byteSize() - end));
            if (read <= 0) {
                return false;
            }
            MemorySegment.copy(chunk, 0, bytes, ValueLayout.JAVA_BYTE, end, read);
            end += read;
        }
        return true;
    }

    private void makeRoom(long count) {
        long left = left();
        if (count > bytes.byteSize()) {
            Arena larger = Arena.ofShared();
            MemorySegment target = larger.allocate(Math.max(count, 2 * bytes.byteSize()));
            MemorySegment.copy(bytes, at, target, 0, left);
            arena.close();
            arena = larger;
            bytes = target;
        } else {
            MemorySegment.copy(bytes, at, bytes, 0, left);
        }
        base += at;
        at = 0;
        end = left;
    }

    @Override
    boolean skip(long count) {
        long start = offset();
        long buffered = Math.min(count, left());
        at += buffered;
        for (long rest = count - buffered; rest > 0;) {
            int read = read((int) Math.min(CHUNK, rest));
            if (read <= 0) {
                base = start - at; // troubles are reported at the record that is cut
                return false;
            }
            base += read;
            rest -= read;
        }
        return true;
    }

    /** Bytes read into the chunk; -1 at the end or, with {@link #failure} set, where reading fails. */
    private int read(int most) {
        if (failure != null) {
            return -1;
        }
        try {
            return in.read(chunk, 0, most);
        } catch (IOException e) {
            failure = Compression.explain(e);
            return -1;
        }
    }

    @Override
    long offset() {
        return base + at;
    }

    @Override
    long position() {
        return raw.count();
    }

    @Override
    long size() {
        return size;
    }

    @Override
    public void close() {
        bytes = MemorySegment.NULL;
        base = offset();
        at = 0;
        end = 0;
        if (arena.scope().isAlive()) {
            arena.close();
        }
        if (closes) {
            try {
                in.close();
            } catch (IOException e) {
                failure = Compression.explain(e); // nothing was written, so nothing is lost
            }
        }
    }
}
