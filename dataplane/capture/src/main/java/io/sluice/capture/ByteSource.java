package io.sluice.capture;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a capture, seen through a native window that only moves on. After {@link #has} said yes, that many bytes
 * can be read from {@link #at} on in {@link #bytes}; both may have changed, and what lay before is gone.
 */
abstract sealed class ByteSource implements AutoCloseable permits FileSource, StreamSource {
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong U64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    MemorySegment bytes = MemorySegment.NULL;
    /** Where the next unread byte lies in {@link #bytes}. */
    long at;
    /** Where the bytes present end in {@link #bytes}. */
    long end;
    /** Whether numbers are big-endian; set by whoever knows the format. */
    boolean bigEndian;
    /** Why reading stopped before the end; null if it did not. */
    @Nullable
    String failure;

    /** Whether this many bytes follow; false at the end of the data or where reading fails. */
    final boolean has(long count) {
        return end - at >= count || fill(count);
    }

    /** Bytes that are present but unread. Tells a clean end (0) from a cut once {@link #has} said no. */
    final long left() {
        return Math.max(0, end - at);
    }

    final int u16(long offset) {
        short value = bytes.get(U16, offset);
        return Short.toUnsignedInt(bigEndian ? Short.reverseBytes(value) : value);
    }

    /** Four bytes as they are: compare them unsigned, or use {@link #unsigned}. */
    final int u32(long offset) {
        int value = bytes.get(U32, offset);
        return bigEndian ? Integer.reverseBytes(value) : value;
    }

    final long unsigned(long offset) {
        return Integer.toUnsignedLong(u32(offset));
    }

    final long u64(long offset) {
        long value = bytes.get(U64, offset);
        return bigEndian ? Long.reverseBytes(value) : value;
    }

    /** Moves the window so that it starts at the next unread byte and holds at least this many. */
    abstract boolean fill(long count);

    /** Passes over bytes that need not fit into the window; false if the data end before. */
    abstract boolean skip(long count);

    /** Offset of the next unread byte in the capture's data, after decompression. */
    abstract long offset();

    /** For progress, in the unit of {@link #size}: bytes of the file as it lies on the disk. */
    abstract long position();

    /** The file's size in bytes as it lies on the disk; -1 if unknown. */
    abstract long size();

    @Override
    public abstract void close();
}
