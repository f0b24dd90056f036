package io.sluice.capture;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A file through one native buffer that slides over it; a record that crosses its end is moved to its start. Reading
 * into a buffer that stays in the processor's cache costs less than mapping: of a mapping every page is a fault.
 */
final class FileSource extends ByteSource {
    private final FileChannel file;
    // Shared, so that a reader may be opened by one thread and used by another (never by both at once).
    private Arena arena = Arena.ofShared();
    /** {@link #bytes} as the channel wants it. */
    private ByteBuffer buffer;
    /** The file offset at which {@link #bytes} starts, and the file's size when last asked. */
    private long base;
    private long size;

    FileSource(FileChannel file, long window) throws IOException {
        this.file = file;
        this.size = file.size();
        bytes = arena.allocate(window);
        buffer = bytes.asByteBuffer();
    }

    @Override
    boolean fill(long count) {
        makeRoom(count);
        try {
            while (left() < count) {
                int read = file.read(buffer.clear().position((int) end), base + end);
                if (read < 0) {
                    noteIfShorter();
                    return false;
                }
                end += read;
            }
            return true;
        } catch (IOException e) {
            failure = "reading failed (" + e.getMessage() + ")";
            return false;
        }
    }

    /** Moves the unread bytes to the start of a buffer that holds so many. */
    private void makeRoom(long count) {
        long left = left();
        if (count > bytes.byteSize()) {
            Arena larger = Arena.ofShared();
            MemorySegment target = larger.allocate(count);
            MemorySegment.copy(bytes, end - left, target, 0, left);
            arena.close();
            arena = larger;
            bytes = target;
            buffer = target.asByteBuffer();
        } else {
            MemorySegment.copy(bytes, end - left, bytes, 0, left);
        }
        base += at;
        at = 0;
        end = left;
    }

    private void noteIfShorter() throws IOException {
        long before = size;
        size = file.size();
        if (size < before) {
            failure = "the file became shorter while it was read";
        }
    }

    @Override
    boolean skip(long count) {
        if (count > size - offset() && count > refreshedSize() - offset()) {
            return false;
        }
        at += count; // may lie beyond the buffer: the next fill starts there
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
        bytes = MemorySegment.NULL;
        at = 0;
        end = 0;
        if (arena.scope().isAlive()) {
            arena.close();
        }
        try {
            file.close();
        } catch (IOException e) {
            failure = "closing failed (" + e.getMessage() + ")"; // nothing was written, so nothing is lost
        }
    }
}
