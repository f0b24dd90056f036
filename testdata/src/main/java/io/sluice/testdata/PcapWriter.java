package io.sluice.testdata;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a classic capture file with nanosecond times and link type Ethernet. Not for several threads. */
public final class PcapWriter implements FrameSink, Closeable {
    private static final int MAGIC_NANOSECONDS = 0xA1B2_3C4D;
    private static final int SNAP_LENGTH = 262_144;
    private static final int LINKTYPE_ETHERNET = 1;
    private static final int RECORD_HEADER = 16;
    private static final long NANOSECONDS = 1_000_000_000L;

    private final OutputStream out;
    private final byte[] buffer = new byte[1 << 17];
    private int used;

    public PcapWriter(Path file) throws IOException {
        this(Files.newOutputStream(file));
    }

    /** Writes to a stream, which {@link #close} closes. No buffering of its own is needed. */
    public PcapWriter(OutputStream out) {
        this.out = out;
        int at = 0;
        at = Wire.put32(buffer, at, MAGIC_NANOSECONDS);
        at = Wire.put16(buffer, at, 2); // version 2.4
        at = Wire.put16(buffer, at, 4);
        at = Wire.put32(buffer, at, 0);
        at = Wire.put32(buffer, at, 0);
        at = Wire.put32(buffer, at, SNAP_LENGTH);
        used = Wire.put32(buffer, at, LINKTYPE_ETHERNET);
    }

    @Override
    public void frame(long nanoseconds, byte[] bytes, int length) throws IOException {
        if (used + RECORD_HEADER + length > buffer.length) {
            flush();
        }
        used = Wire.put32(buffer, used, (int) (nanoseconds / NANOSECONDS));
        used = Wire.put32(buffer, used, (int) (nanoseconds % NANOSECONDS));
        used = Wire.put32(buffer, used, length);
        used = Wire.put32(buffer, used, length);
        System.arraycopy(bytes, 0, buffer, used, length);
        used += length;
    }

    /** Takes a whole frame. */
    public void frame(long nanoseconds, byte[] frame) throws IOException {
        frame(nanoseconds, frame, frame.length);
    }

    private void flush() throws IOException {
        out.write(buffer, 0, used);
        used = 0;
    }

    @Override
    public void close() throws IOException {
        try (out) {
            flush();
        }
    }
}
