package io.sluice.engine.words;

/** Addresses in 128-bit form as people write them. */
public final class Addresses {
    private static final long MAPPED = 0x0000_FFFF_0000_0000L;

    private Addresses() {}

    public static String text(long high, long low) {
        if (high == 0 && (low & 0xFFFF_FFFF_0000_0000L) == MAPPED) {
            int address = (int) low;
            return (address >>> 24) + "." + ((address >>> 16) & 255) + "." + ((address >>> 8) & 255) + "."
                    + (address & 255);
        }
        return ipv6(high, low);
    }

    /** RFC 5952: lower case, no leading zeros, the longest run of zero groups (two or more, the first) as {@code ::}. */
    private static String ipv6(long high, long low) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            int shift = 48 - 16 * (i & 3);
            groups[i] = (int) ((i < 4 ? high : low) >>> shift) & 0xFFFF;
        }
        int runStart = -1;
        int runLength = 1;
        for (int i = 0; i < 8; i++) {
            int n = 0;
            while (i + n < 8 && groups[i + n] == 0) {
                n++;
            }
            if (n > runLength) {
                runStart = i;
                runLength = n;
            }
            i += n;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == runStart) {
                text.append("::");
                i += runLength - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
