package io.sluice.capture;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;

/**
 * Writes one pcapng section, little-endian: section header, interface descriptions, enhanced packet blocks (draft-ietf-opsawg-pcapng §4.1 to §4.3). Every interface is described before its first packet.
 *
 * <p>Packets are gathered in a native buffer; nothing is allocated for a packet without a comment. What the writer
 * wrote, {@link CaptureReader} reads back the same. One thread at a time.
 */
public final class PcapngWriter implements AutoCloseable {
    /** A comment's longest form, in bytes of UTF-8: an option's length has 16 bits. */
    public static final int LONGEST_COMMENT = 65_532;

    private static final int SECTION = 0x0A0D0D0A, INTERFACE = 1, ENHANCED_PACKET = 6, BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int COMMENT = 1, NAME = 2, DESCRIPTION = 3, RESOLUTION = 9, APPLICATION = 4,
            END_OF_OPTIONS = 0;
    private static final int NANOSECONDS = 9;
    private static final int PACKET_DATA = 28;
    private static final int LONGEST_NAME = 255;
    private static final int BUFFER = 1 << 20;
    private static final byte[] NOTHING = {};

    private static final ValueLayout.OfByte U8 = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final WritableByteChannel target;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment buffer = arena.allocate(BUFFER);
    private final ByteBuffer view = buffer.asByteBuffer();
    private int interfaces;
    /** Nanoseconds of a unit of time, by interface. */
    private long[] units = {};
    private int at;
    private int block;

    private PcapngWriter(WritableByteChannel target) {
        this.target = target;
    }

    /** Creates a file, or empties one that exists. */
    public static PcapngWriter create(Path file) throws IOException {
        return to(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING));
    }

    /** Writes to a channel, which {@link #close} closes. */
    public static PcapngWriter to(WritableByteChannel target) {
        PcapngWriter writer = new PcapngWriter(target);
        writer.section();
        return writer;
    }

    private void section() {
        begin(SECTION);
        u32(BYTE_ORDER_MAGIC);
        u16(1); // major
        u16(0); // minor
        u32(-1); // section length: not given
        u32(-1);
        option(APPLICATION, "Sluice".getBytes(StandardCharsets.US_ASCII));
        u32(END_OF_OPTIONS);
        finish();
    }

    /**
     * Describes an interface.
     *
     * @param linkType LINKTYPE_ number of the tcpdump.org registry, 0 to 65535
     * @param snapLength most bytes kept of a packet; 0 for no limit
     * @param name empty to give none; at most 255 bytes of UTF-8 are kept
     * @return its number for {@link #write}, from 0
     */
    public int addInterface(int linkType, int snapLength, String name) throws IOException {
        return addInterface(linkType, snapLength, name, "", NANOSECONDS);
    }

    /**
     * Describes an interface of another capture.
     *
     * @param description empty to give none; at most 255 bytes of UTF-8 are kept
     * @param decimals of a second, with which times are written: 0 to 9; what is finer is cut off
     */
    public int addInterface(int linkType, int snapLength, String name, String description, int decimals)
            throws IOException {
        if (linkType < 0 || linkType > 0xFFFF || snapLength < 0 || decimals < 0 || decimals > NANOSECONDS) {
            throw new IllegalArgumentException("link type " + linkType + ", snap length " + snapLength + ", " + decimals
                    + " decimals");
        }
        room(128 + 2 * LONGEST_NAME);
        begin(INTERFACE);
        u16(linkType);
        u16(0);
        u32(snapLength);
        if (!name.isEmpty()) {
            option(NAME, utf8(name, LONGEST_NAME));
        }
        if (!description.isEmpty()) {
            option(DESCRIPTION, utf8(description, LONGEST_NAME));
        }
        option(RESOLUTION, new byte[]{(byte) decimals});
        u32(END_OF_OPTIONS);
        finish();
        units = Arrays.copyOf(units, interfaces + 1);
        units[interfaces] = 1;
        for (int i = decimals; i < NANOSECONDS; i++) {
            units[interfaces] *= 10;
        }
        interfaces++;
        return interfaces - 1;
    }

    /** Writes the packet at which a reader stands. */
    public void write(int interfaceNumber, CaptureReader packet, String comment) throws IOException {
        write(interfaceNumber, packet.epochNanos(), packet.bytes(), packet.at(), packet.captured(), packet.wire(),
                comment);
    }

    /**
     * Writes one packet.
     *
     * @param interfaceNumber as {@link #addInterface} gave it
     * @param epochNanos since 1970-01-01 UTC; pcapng cannot hold earlier times here, they become 0
     * @param at offset of the packet's first byte in {@code bytes}
     * @param captured bytes of it that are present, at most {@link CaptureLimits#packetBytes} of the default
     * @param wire bytes it had on the wire, not fewer
     * @param comment empty for none; at most {@link #LONGEST_COMMENT} bytes of UTF-8 are kept
     */
    public void write(int interfaceNumber, long epochNanos, MemorySegment bytes, long at, int captured, int wire,
            String comment) throws IOException {
        Objects.checkIndex(interfaceNumber, interfaces);
        if (captured < 0 || captured > CaptureLimits.DEFAULT.packetBytes() || wire < captured) {
            throw new IllegalArgumentException("captured " + captured + " of " + wire + " bytes");
        }
        byte[] text = comment.isEmpty() ? NOTHING : utf8(comment, LONGEST_COMMENT);
        room(64 + captured + text.length);
        // First what may be refused (bytes outside the segment): a refused packet leaves no half block behind
        MemorySegment.copy(bytes, at, buffer, this.at + PACKET_DATA, captured);
        begin(ENHANCED_PACKET);
        long time = Math.max(0, epochNanos) / units[interfaceNumber];
        u32(interfaceNumber);
        u32((int) (time >>> Integer.SIZE));
        u32((int) time);
        u32(captured);
        u32(wire);
        this.at += captured;
        pad();
        if (text.length > 0) {
            option(COMMENT, text);
            u32(END_OF_OPTIONS);
        }
        finish();
    }

    /** Cut between characters where it is too long. */
    private static byte[] utf8(String text, int most) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= most) {
            return bytes;
        }
        int length = most;
        while (length > 0 && (bytes[length] & 0xC0) == 0x80) {
            length--; // a continuation byte
        }
        return Arrays.copyOf(bytes, length);
    }

    private void begin(int type) {
        block = at;
        u32(type);
        u32(0);
    }

    private void finish() {
        int total = at + Integer.BYTES - block;
        u32(total);
        buffer.set(U32, block + Integer.BYTES, total);
    }

    private void option(int code, byte[] value) {
        u16(code);
        u16(value.length);
        MemorySegment.copy(value, 0, buffer, U8, at, value.length);
        at += value.length;
        pad();
    }

    private void pad() {
        while (at % Integer.BYTES != 0) {
            buffer.set(U8, at++, (byte) 0);
        }
    }

    private void u16(int value) {
        buffer.set(U16, at, (short) value);
        at += Short.BYTES;
    }

    private void u32(int value) {
        buffer.set(U32, at, value);
        at += Integer.BYTES;
    }

    private void room(int needed) throws IOException {
        if (at + needed > BUFFER) {
            flush();
        }
    }

    /** Hands everything written so far to the file. */
    public void flush() throws IOException {
        view.clear().limit(at);
        at = 0; // even if writing fails: nothing is written twice
        while (view.hasRemaining()) {
            target.write(view);
        }
    }

    @Override
    public void close() throws IOException {
        if (!arena.scope().isAlive()) {
            return;
        }
        try (target) {
            flush();
        } finally {
            arena.close();
        }
    }
}
