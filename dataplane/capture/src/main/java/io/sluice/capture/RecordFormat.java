package io.sluice.capture;

import io.sluice.capture.CaptureTrouble.Kind;
import java.util.List;

/** One capture format: walks the records of a {@link ByteSource} and holds the current packet's numbers. */
abstract sealed class RecordFormat permits PcapFormat, PcapngFormat {
    final ByteSource source;
    final CaptureLimits limits;
    final Troubles troubles;

    long at;
    int captured;
    int wire;
    long epochNanos;
    int linkType;
    int interfaceIndex;
    long number;

    RecordFormat(ByteSource source, CaptureLimits limits, Troubles troubles) {
        this.source = source;
        this.limits = limits;
        this.troubles = troubles;
    }

    /** Reads up to the first record; false if the file ends before, with the trouble noted. */
    abstract boolean start() throws CaptureException;

    /** The next packet; false where nothing usable follows, with the trouble noted unless the end is clean. */
    abstract boolean next();

    abstract List<CaptureInterface> interfaces();

    /** The end: clean if nothing is left and nothing failed. */
    final boolean end(String inside) {
        if (source.failure != null || source.left() > 0) {
            return cut(inside);
        }
        return false;
    }

    final boolean cut(String inside) {
        String failure = source.failure;
        if (failure != null) {
            note(Kind.UNREADABLE, failure + "; the packets before it were used");
        } else {
            note(Kind.TRUNCATED, "the file ends inside " + inside + "; the packets before it were used");
        }
        return false;
    }

    final void note(Kind kind, String sentence) {
        troubles.note(kind, source.offset(), number, sentence);
    }

    /**
     * Takes the lengths of a packet. Guarantees {@code 0 <= captured <= wire}, whatever the file says.
     *
     * @param original the length on the wire as the file gives it, unsigned
     */
    final void lengths(int present, int original) {
        captured = present;
        wire = original;
        if (Integer.compareUnsigned(original, present) < 0 || original < 0) {
            wire = original < 0 ? Integer.MAX_VALUE : present;
            note(Kind.DAMAGED, "the packet's original length (" + Integer.toUnsignedLong(original) + ") cannot be: "
                    + present + " bytes of it are present; " + wire + " was taken");
        }
    }

    final void warnOfLinkType(CaptureInterface described) {
        if (!LinkTypes.supported(described.linkType())) {
            note(Kind.LINK_TYPE, "interface " + described.index() + " has link type "
                    + LinkTypes.describe(described.linkType()) + ", whose frames cannot be judged; they are counted");
        }
    }
}
