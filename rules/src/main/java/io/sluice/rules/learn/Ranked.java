package io.sluice.rules.learn;

/**
 * What has a rank: a number that depends on nothing but the value and is spread evenly, so that those of lowest rank are
 * a fair sample of all, the same however all were gathered.
 */
interface Ranked {
    long rank();

    /** Spreads every bit over all others (the finalizer of MurmurHash3). */
    static long mix(long seed, long value) {
        long h = seed * 0x9E37_79B9_7F4A_7C15L + value;
        h = (h ^ h >>> 33) * 0xFF51_AFD7_ED55_8CCDL;
        h = (h ^ h >>> 33) * 0xC4CE_B9FE_1A85_EC53L;
        return h ^ h >>> 33;
    }

    static long mix(long seed, String text) {
        return mix(mix(seed, text.length()), text.hashCode());
    }
}
