package io.sluice.capture;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * A file through a sliding mapped window. One window is mapped at a time, since mapped pages count as resident memory;
 * a record that crosses its end makes the next window start at that record.
 */
final class MappedSource extends ByteSource {
    private final FileChannel file;
    private final long window;
    private @Nullable Arena arena;
    /** The file offset at which {@link #bytes} starts, and the file's size when last asked. */
    private long base;
    private long size;

    MappedSource(FileChannel file, long window) throws IOException {
        this.file = file;
        this.window = window;
        this.size = file.size();
    }

    @Override
    boolean fill(long count) {
        long start = offset();
        long mapped = Math.max(0, Math.min(Math.max(count, window), refreshedSize() - start));
        try {
            map(start, mapped);
        } catch (IOException e) {
            failure = "reading failed (" + e.getMessage() + ")";
            return false;
        }
        return mapped >= count;
    }

    private void map(long start, long length) throws IOException {
        unmap();
        base = start;
        if (length > 0) {
            // Shared, so that a reader may be opened by one thread and used by another (never by both at once).
            Arena fresh = Arena.ofShared();
            arena = fresh;
            bytes = file.map(FileChannel.MapMode.READ_ONLY, start, length, fresh);
            end = length;
        }
    }

    private void unmap() {
        bytes = MemorySegment.NULL;
        at = 0;
        end = 0;
        if (arena != null) {
            arena.close();
            arena = null;
        }
    }

    @Override
    boolean skip(long count) {
        if (count > size - offset() && count > refreshedSize() - offset()) {
            return false;
        }
        at += count; // may lie beyond the window: the next fill starts there
        return true;
    }

    private long refreshedSize() {
        try {
            size = file.size(); // a capture that is still being written grows
        } catch (IOException e) {
            failure = "reading failed (" + e.getMessage() + ")";
        }
        return size;
    }

    @Override
    long offset() {
        return base + at;
    }

    @Override
    long position() {
        return Math.min(offset(), size);
    }

    @Override
    long size() {
        return size;
    }

    @Override
    public void close() {
        base = offset();
        unmap();
        try {
            file.close();
        } catch (IOException e) {
            failure = "closing failed (" + e.getMessage() + ")"; // nothing was written, so nothing is lost
        }
    }
}
