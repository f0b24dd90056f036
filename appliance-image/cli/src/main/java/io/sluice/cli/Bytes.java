package io.sluice.cli;

import java.util.Locale;

/** Sizes as people write them. */
final class Bytes {
    private Bytes() {}

    /** {@code 812 bytes}, {@code 1.4 KiB}, {@code 3.0 GiB}. */
    static String text(long bytes) {
        if (bytes < 1024) {
            return bytes + (bytes == 1 ? " byte" : " bytes");
        }
        double size = bytes;
        int unit = -1;
        while (size >= 1024 && unit < 3) {
            size /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %ciB", size, "KMGT".charAt(unit));
    }
}
