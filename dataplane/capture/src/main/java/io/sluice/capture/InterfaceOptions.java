package io.sluice.capture;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** The options of an interface description block that matter here: draft-ietf-opsawg-pcapng §4.2. */
final class InterfaceOptions {
    private static final int END = 0, NAME = 2, RESOLUTION = 9, OFFSET = 14;
    private static final int OPTION_HEADER = 4;
    private static final int LONGEST_NAME = 255;
    private static final int NANOSECONDS = 9;

    private String name = "";
    private int resolution = TimeScale.MICROSECONDS;
    private long offsetSeconds;

    /**
     * Reads options between two offsets of the source's window.
     *
     * @return whether they were well formed; what was read before the damage counts all the same
     */
    boolean read(ByteSource source, long from, long to) {
        long option = from;
        while (to - option >= OPTION_HEADER) {
            int code = source.u16(option);
            int length = source.u16(option + 2);
            long value = option + OPTION_HEADER;
            if (code == END) {
                return true;
            }
            if (length > to - value) {
                return false;
            }
            take(source, code, value, length);
            option = value + (length + 3 & ~3);
        }
        return option >= to;
    }

    private void take(ByteSource source, int code, long value, int length) {
        if (code == NAME) {
            name = printable(source.bytes, value, Math.min(length, LONGEST_NAME));
        } else if (code == RESOLUTION && length >= 1) {
            resolution = Byte.toUnsignedInt(source.bytes.get(ValueLayout.JAVA_BYTE, value));
        } else if (code == OFFSET && length >= Long.BYTES) {
            offsetSeconds = source.u64(value);
        }
    }

    private static String printable(MemorySegment bytes, long at, int length) {
        byte[] copy = new byte[length];
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, copy, 0, length);
        StringBuilder text = new StringBuilder(new String(copy, StandardCharsets.UTF_8));
        while (!text.isEmpty() && text.charAt(text.length() - 1) == 0) {
            text.setLength(text.length() - 1); // some writers count a closing zero
        }
        for (int i = 0; i < text.length(); i++) {
            int type = Character.getType(text.charAt(i));
            if (type == Character.CONTROL || type == Character.FORMAT || type == Character.LINE_SEPARATOR) {
                text.setCharAt(i, '?');
            }
        }
        return text.toString();
    }

    String name() {
        return name;
    }

    /** As {@link CaptureInterface#decimals}: the highest bit of a resolution says that it is a power of two. */
    int decimals() {
        return Math.min(resolution, NANOSECONDS);
    }

    TimeScale scale() {
        return new TimeScale(resolution, offsetSeconds);
    }
}
