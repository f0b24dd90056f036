package io.sluice.capture;

import io.sluice.capture.CaptureException.Reason;
import io.sluice.capture.CaptureTrouble.Kind;
import java.util.List;

/** pcapng: sections of blocks. Clauses are those of draft-ietf-opsawg-pcapng. */
final class PcapngFormat extends RecordFormat {
    static final int SECTION = 0x0A0D0D0A;
    private static final int INTERFACE = 1, OBSOLETE_PACKET = 2, SIMPLE_PACKET = 3, ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;

    // Any block, §3.1: type, total length, body, total length again
    private static final int TOTAL = 4, TRAILER = 4, SMALLEST_BLOCK = 12;
    // Section header, §4.1
    private static final int ORDER = 8, MAJOR = 12, MINOR = 14, SECTION_HEADER = 24, SMALLEST_SECTION = 28;
    // Interface description, §4.2
    private static final int LINK_TYPE = 8, SNAP_LENGTH = 12, INTERFACE_OPTIONS = 16, SMALLEST_INTERFACE = 20;
    // Enhanced packet, §4.3; the obsolete one of appendix A differs in a shorter interface number only
    private static final int INTERFACE_ID = 8, TIME_HIGH = 12, TIME_LOW = 16, CAPTURED = 20, ORIGINAL = 24,
            PACKET_DATA = 28;
    // Simple packet, §4.4
    private static final int SIMPLE_ORIGINAL = 8, SIMPLE_DATA = 12;

    private final String name;
    private final InterfaceTable interfaces;
    private long pending;
    private boolean simplePacketsNoted;
    private boolean snapLengthNoted;

    PcapngFormat(ByteSource source, CaptureLimits limits, Troubles troubles, String name) {
        super(source, limits, troubles);
        this.name = name;
        this.interfaces = new InterfaceTable(limits.interfaces());
    }

    @Override
    boolean start() throws CaptureException {
        if (!source.has(SECTION_HEADER)) {
            return cut("the first section header");
        }
        if (!byteOrder()) {
            throw new CaptureException(Reason.NOT_A_CAPTURE, name
                    + ": begins like pcapng, but its byte-order magic is wrong; it is damaged or not a capture");
        }
        int major = source.u16(source.at + MAJOR);
        if (major != 1) {
            throw new CaptureException(Reason.UNSUPPORTED, name + ": pcapng version " + major + "."
                    + source.u16(source.at + MINOR) + " is not read here, only 1.x");
        }
        return true;
    }

    /** Sets the order of the section that starts here; false if its magic is neither way round. */
    private boolean byteOrder() {
        source.bigEndian = false;
        int magic = source.u32(source.at + ORDER);
        source.bigEndian = magic == Integer.reverseBytes(BYTE_ORDER_MAGIC);
        return magic == BYTE_ORDER_MAGIC || source.bigEndian;
    }

    @Override
    boolean next() {
        source.at += pending;
        pending = 0;
        while (source.has(SMALLEST_BLOCK)) {
            int type = source.u32(source.at);
            if (type == SECTION && !byteOrder()) {
                return damaged("a section header with a wrong byte-order magic");
            }
            long total = source.unsigned(source.at + TOTAL);
            if (total < SMALLEST_BLOCK || total % 4 != 0) {
                return damaged("a block of type " + Integer.toUnsignedString(type) + " with the impossible length "
                        + total);
            }
            boolean goesOn = switch (type) {
                case ENHANCED_PACKET, OBSOLETE_PACKET, SIMPLE_PACKET -> packet(type, total);
                case INTERFACE -> describe(total);
                case SECTION -> section(total);
                default -> true; // name resolution, statistics, secrets, custom and unknown blocks
            };
            if (pending != 0) {
                return true;
            }
            if (!goesOn) {
                return false;
            }
            if (!source.skip(total)) {
                return cut("a block of " + total + " bytes");
            }
        }
        return end("a block header");
    }

    private boolean damaged(String what) {
        note(Kind.DAMAGED, what + "; the rest of the file cannot be read, the packets before it were used");
        return false;
    }

    private boolean section(long total) {
        if (total < SMALLEST_SECTION) {
            return damaged("a section header of only " + total + " bytes");
        }
        if (!source.has(SECTION_HEADER)) {
            return cut("a section header");
        }
        int major = source.u16(source.at + MAJOR);
        if (major != 1) {
            return damaged("a section of the unknown pcapng version " + major + "."
                    + source.u16(source.at + MINOR));
        }
        interfaces.newSection();
        return true;
    }

    private boolean describe(long total) {
        if (total < SMALLEST_INTERFACE) {
            return damaged("an interface description of only " + total + " bytes");
        }
        long readable = Math.min(total, limits.blockBytes());
        if (!source.has(readable)) {
            return cut("an interface description");
        }
        if (!interfaces.hasRoom()) {
            note(Kind.OVERSIZED, "more than " + limits.interfaces() + " interfaces; packets of this one are left out");
            return true;
        }
        long block = source.at;
        InterfaceOptions options = new InterfaceOptions();
        if (!options.read(source, block + INTERFACE_OPTIONS, block + readable - TRAILER)) {
            note(Kind.DAMAGED, "the options of interface " + interfaces.nextIndex()
                    + " are damaged; those before the damage were used");
        }
        CaptureInterface described = new CaptureInterface(interfaces.nextIndex(), source.u16(block + LINK_TYPE),
                source.unsigned(block + SNAP_LENGTH), options.name(), options.decimals());
        interfaces.add(described, options.scale());
        warnOfLinkType(described);
        return true;
    }

    /**
     * A packet of any kind. Sets {@link #pending} to the block's length if it can be handed out.
     *
     * @return false if nothing after it can be read
     */
    private boolean packet(int type, long total) {
        int header = type == SIMPLE_PACKET ? SIMPLE_DATA : PACKET_DATA;
        if (total < header + TRAILER) {
            number++;
            return leftOut(Kind.DAMAGED, "its block has only " + total + " bytes");
        }
        if (total > limits.blockBytes()) {
            number++;
            return leftOut(Kind.OVERSIZED, "its block has " + total + " bytes, more than the limit of "
                    + limits.blockBytes());
        }
        if (!source.has(total)) {
            return cut("packet " + (number + 1));
        }
        number++;
        if (source.u32(source.at + total - TRAILER) != (int) total) {
            note(Kind.DAMAGED, "the block's two lengths differ (" + total + " and "
                    + source.unsigned(source.at + total - TRAILER) + "); the first was taken");
        }
        return type == SIMPLE_PACKET ? simple(source.at, total) : enhanced(source.at, total, type);
    }

    private boolean enhanced(long block, long total, int type) {
        int id = type == ENHANCED_PACKET ? source.u32(block + INTERFACE_ID) : source.u16(block + INTERFACE_ID);
        int index = interfaces.index(id);
        if (index < 0) {
            return leftOut(Kind.UNKNOWN_INTERFACE, "its interface " + Integer.toUnsignedLong(id)
                    + " is not described in its section");
        }
        int present = source.u32(block + CAPTURED);
        if (Integer.toUnsignedLong(present) > total - PACKET_DATA - TRAILER) {
            return leftOut(Kind.DAMAGED, "it claims " + Integer.toUnsignedLong(present)
                    + " bytes, more than its block holds");
        }
        long ticks = source.unsigned(block + TIME_HIGH) << Integer.SIZE | source.unsigned(block + TIME_LOW);
        epochNanos = interfaces.scale(index).nanos(ticks);
        if (epochNanos == Long.MAX_VALUE || epochNanos == Long.MIN_VALUE) {
            note(Kind.TIMESTAMP, "the packet's time lies outside the years 1678 to 2262; the nearest was taken");
        }
        return handOut(index, block + PACKET_DATA, present, source.u32(block + ORIGINAL), total);
    }

    private boolean simple(long block, long total) {
        int index = interfaces.index(0); // §4.4: always the section's first
        if (index < 0) {
            return leftOut(Kind.UNKNOWN_INTERFACE, "its section describes no interface");
        }
        if (!simplePacketsNoted) {
            simplePacketsNoted = true;
            note(Kind.TIMESTAMP, "simple packet blocks carry no time; that of the packet before is used");
        }
        int original = source.u32(block + SIMPLE_ORIGINAL);
        long snapLength = interfaces.get(index).snapLength();
        long present = Math.min(Integer.toUnsignedLong(original), total - SIMPLE_DATA - TRAILER);
        if (snapLength > 0) {
            present = Math.min(present, snapLength);
        }
        return handOut(index, block + SIMPLE_DATA, (int) present, original, total);
    }

    private boolean handOut(int index, long data, int present, int original, long total) {
        if (present > limits.packetBytes()) {
            return leftOut(Kind.OVERSIZED, "it has " + present + " bytes, more than the limit of "
                    + limits.packetBytes());
        }
        CaptureInterface described = interfaces.get(index);
        if (present > described.snapLength() && described.snapLength() > 0 && !snapLengthNoted) {
            snapLengthNoted = true;
            note(Kind.DAMAGED, "the packet holds " + present + " bytes although its interface promises at most "
                    + described.snapLength() + "; it is used, and further ones are not reported");
        }
        at = data;
        interfaceIndex = index;
        linkType = described.linkType();
        lengths(present, original);
        pending = total;
        return true;
    }

    private boolean leftOut(Kind kind, String why) {
        note(kind, "packet " + number + " is left out: " + why);
        return true;
    }

    @Override
    List<CaptureInterface> interfaces() {
        return interfaces.all();
    }
}
