package io.sluice.archive;

import io.sluice.engine.words.Addresses;
import org.jspecify.annotations.Nullable;

/** Addresses as texts, made once for those that come again; a plant has few, a scan many, and the memory is the same. */
final class AddressTexts {
    private static final int PLACES = 1 << 10;

    private final long[] highs = new long[PLACES];
    private final long[] lows = new long[PLACES];
    private final @Nullable String[] texts = new @Nullable String[PLACES];

    String text(long high, long low) {
        int i = (int) (((high * 31 + low) * 0x9E37_79B9_7F4A_7C15L) >>> 54);
        String text = texts[i];
        if (text == null || highs[i] != high || lows[i] != low) {
            text = Addresses.text(high, low);
            texts[i] = text;
            highs[i] = high;
            lows[i] = low;
        }
        return text;
    }
}
