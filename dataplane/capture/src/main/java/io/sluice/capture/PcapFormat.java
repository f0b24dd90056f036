package io.sluice.capture;

import io.sluice.capture.CaptureException.Reason;
import io.sluice.capture.CaptureTrouble.Kind;
import java.util.List;

/** pcap: one header, then packets. Clauses are those of draft-ietf-opsawg-pcap. */
final class PcapFormat extends RecordFormat {
    /** Magic numbers as read little-endian from a little-endian file (§4). */
    static final int MICROSECONDS = 0xA1B2C3D4;
    static final int NANOSECONDS = 0xA1B23C4D;
    /** Alexey Kuznetsov's variant of 1999: longer packet headers, not told apart reliably. */
    static final int MODIFIED = 0xA1B2CD34;

    // File header, §4
    private static final int MAJOR = 4, MINOR = 6, SNAP_LENGTH = 16, LINK_TYPE = 20, FILE_HEADER = 24;
    private static final int LINK_TYPE_MASK = 0xFFFF; // above it: frame check sequence length and reserved bits
    // Packet record, §5
    private static final int FRACTION = 4, CAPTURED = 8, ORIGINAL = 12, PACKET_HEADER = 16;
    /** Before version 2.3 the two lengths stood the other way round; 2.3 was written both ways. */
    private static final int LENGTHS_SETTLED = 4;

    private final String name;
    private long fractionNanos;
    private boolean oldLengths;
    private long snapLength;
    private boolean snapLengthNoted;
    private int pending;
    private List<CaptureInterface> interfaces = List.of();

    PcapFormat(ByteSource source, CaptureLimits limits, Troubles troubles, String name) {
        super(source, limits, troubles);
        this.name = name;
    }

    @Override
    boolean start() throws CaptureException {
        if (!source.has(FILE_HEADER)) {
            return cut("the file header");
        }
        long header = source.at;
        source.bigEndian = false;
        int magic = source.u32(header);
        source.bigEndian = magic != MICROSECONDS && magic != NANOSECONDS;
        fractionNanos = source.u32(header) == NANOSECONDS ? 1 : 1_000;
        int major = source.u16(header + MAJOR);
        int minor = source.u16(header + MINOR);
        if (major != 2 || minor > LENGTHS_SETTLED) {
            throw new CaptureException(Reason.UNSUPPORTED, name + ": pcap version " + major + "." + minor
                    + " is not read here, only 2.0 to 2.4; convert it with: editcap -F pcapng OLD NEW");
        }
        oldLengths = minor < LENGTHS_SETTLED;
        snapLength = source.unsigned(header + SNAP_LENGTH);
        linkType = source.u32(header + LINK_TYPE) & LINK_TYPE_MASK;
        CaptureInterface only = new CaptureInterface(0, linkType, snapLength, "", fractionNanos == 1 ? 9 : 6);
        interfaces = List.of(only);
        warnOfLinkType(only);
        source.at = header + FILE_HEADER;
        return true;
    }

    @Override
    boolean next() {
        source.at += pending;
        pending = 0;
        if (!source.has(PACKET_HEADER)) {
            return end("the header of packet " + (number + 1));
        }
        int present = source.u32(source.at + CAPTURED);
        int original = source.u32(source.at + ORIGINAL);
        if (oldLengths && Integer.compareUnsigned(present, original) > 0) {
            int swap = present;
            present = original;
            original = swap;
        }
        if (present < 0 || present > limits.packetBytes()) {
            return unusable(present);
        }
        if (!source.has(PACKET_HEADER + present)) {
            return cut("packet " + (number + 1));
        }
        take(source.at, present, original);
        return true;
    }

    private void take(long record, int present, int original) {
        number++;
        at = record + PACKET_HEADER;
        // Seconds are unsigned (§5); 2^32 s and 2^32 fractions stay far inside a long.
        epochNanos = source.unsigned(record) * 1_000_000_000L + source.unsigned(record + FRACTION) * fractionNanos;
        lengths(present, original);
        pending = PACKET_HEADER + present;
        if (present > snapLength && snapLength > 0 && !snapLengthNoted) {
            snapLengthNoted = true;
            note(Kind.DAMAGED, "the packet holds " + present + " bytes although the file promises at most "
                    + snapLength + "; it is used, and further ones are not reported");
        }
    }

    /** A length that cannot be true: nothing says where the next record starts. */
    private boolean unusable(int present) {
        note(Kind.OVERSIZED, "packet " + (number + 1) + " claims " + Integer.toUnsignedLong(present)
                + " bytes, more than the limit of " + limits.packetBytes()
                + "; the rest of the file cannot be read, the packets before it were used");
        return false;
    }

    @Override
    List<CaptureInterface> interfaces() {
        return interfaces;
    }
}
