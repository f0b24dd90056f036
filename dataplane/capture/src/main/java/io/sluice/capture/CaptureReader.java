package io.sluice.capture;

import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads the packets of one capture, one after the other, in the file's order:
 *
 * <pre>{@code
 * try (CaptureReader capture = CaptureReader.open(file)) {
 *     while (capture.next()) {
 *         inspect(capture.bytes(), capture.at(), capture.captured(), capture.epochNanos());
 *     }
 *     capture.troubles().forEach(trouble -> report(trouble.sentence()));
 * }
 * }</pre>
 *
 * <p>Guarantees once a capture is open, whatever its bytes are: no method throws for them; {@link #next} makes progress
 * and comes to an end; {@code 0 <= captured <= wire}; all captured bytes lie inside {@link #bytes}; nothing is allocated
 * per sound packet; memory stays within {@link CaptureLimits} whatever the file's size.
 *
 * <p>The values describe the packet that the last {@link #next} found, and mean nothing before the first or after the
 * last one. One thread at a time.
 */
public final class CaptureReader implements AutoCloseable {
    private final ByteSource source;
    private final RecordFormat format;
    private final Troubles troubles;
    private boolean ended;

    private CaptureReader(ByteSource source, CaptureLimits limits, String name) throws CaptureException {
        this.source = source;
        this.troubles = new Troubles(limits.troubles());
        boolean sections = source.has(Integer.BYTES) && source.u32(source.at) == PcapngFormat.SECTION;
        this.format = sections
                ? new PcapngFormat(source, limits, troubles, name)
                : new PcapFormat(source, limits, troubles, name);
        this.ended = !format.start();
    }

    /**
     * Opens a file. Its first bytes, not its name, tell pcap, pcapng, gzip and zstd apart. Anything but a plain file,
     * pipes included, is read as a stream. The path {@code -} is standard input.
     *
     * @throws CaptureException if there is nothing to read or it is not a capture; a capture that is cut or damaged
     *     further on is opened, and says so in {@link #troubles}
     */
    public static CaptureReader open(Path file) throws CaptureException {
        return open(file, CaptureLimits.DEFAULT);
    }

    /** As {@link #open(Path)}, with limits of one's own. */
    public static CaptureReader open(Path file, CaptureLimits limits) throws CaptureException {
        if (file.toString().equals("-")) {
            String name = "standard input";
            return start(new CaptureOpener(limits, name).stream(System.in, -1, false), limits, name);
        }
        String name = file.toString();
        return start(new CaptureOpener(limits, name).open(file), limits, name);
    }

    /**
     * Reads a stream, compressed or not, and closes it in the end.
     *
     * @param name what to call it in sentences for the user
     */
    public static CaptureReader open(InputStream in, String name) throws CaptureException {
        return open(in, name, CaptureLimits.DEFAULT);
    }

    /** As {@link #open(InputStream, String)}, with limits of one's own. */
    public static CaptureReader open(InputStream in, String name, CaptureLimits limits) throws CaptureException {
        return start(new CaptureOpener(limits, name).stream(in, -1, true), limits, name);
    }

    private static CaptureReader start(ByteSource source, CaptureLimits limits, String name) throws CaptureException {
        try {
            return new CaptureReader(source, limits, name);
        } catch (CaptureException e) {
            source.close();
            throw e;
        }
    }

    /**
     * Moves on to the next packet. Packets that cannot be handed out are passed over and noted, but keep their number.
     *
     * @return false at the end, and where nothing usable follows; then it stays false
     */
    public boolean next() {
        if (ended) {
            return false;
        }
        ended = !format.next();
        return !ended;
    }

    /** The native segment that holds the current packet; valid until the next {@link #next}. */
    public MemorySegment bytes() {
        return source.bytes;
    }

    /** Offset of the packet's first byte in {@link #bytes}. */
    public long at() {
        return format.at;
    }

    /** Bytes of the packet that are present. */
    public int captured() {
        return format.captured;
    }

    /** Bytes that the packet had on the wire; never fewer than {@link #captured}. */
    public int wire() {
        return format.wire;
    }

    /** Nanoseconds since 1970-01-01 UTC; not necessarily in ascending order. */
    public long epochNanos() {
        return format.epochNanos;
    }

    /** LINKTYPE_ number of the tcpdump.org registry; see {@link LinkTypes}. */
    public int linkType() {
        return format.linkType;
    }

    /** From 0 through the whole file, over all its sections; 0 for pcap. */
    public int interfaceIndex() {
        return format.interfaceIndex;
    }

    /** Empty where the file gives none. */
    public String interfaceName() {
        List<CaptureInterface> described = format.interfaces();
        return format.interfaceIndex < described.size() ? described.get(format.interfaceIndex).name() : "";
    }

    /** The interfaces described so far, by {@link #interfaceIndex}. */
    public List<CaptureInterface> interfaces() {
        return format.interfaces();
    }

    /** The packet's number in the file, from 1, as other tools count. */
    public long number() {
        return format.number;
    }

    /** What was wrong so far, in the file's order; the first {@link CaptureLimits#troubles} only. */
    public List<CaptureTrouble> troubles() {
        return troubles.kept();
    }

    /** How much was wrong so far, including what {@link #troubles} has no room for. */
    public long troubleCount() {
        return troubles.count();
    }

    /** Bytes of the file read so far, for progress; compressed bytes of a compressed file. */
    public long position() {
        return source.position();
    }

    /** The file's size in bytes; -1 if unknown. */
    public long size() {
        return source.size();
    }

    @Override
    public void close() {
        ended = true;
        source.close();
    }
}
