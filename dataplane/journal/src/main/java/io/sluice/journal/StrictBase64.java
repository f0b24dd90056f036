package io.sluice.journal;

import java.util.Base64;

/**
 * Base64 of which every text has one form only (RFC 4648 §3.5): Java's decoder does not look at the bits that a last
 * character leaves over, so that two texts would mean the same bytes, and a changed character would go unnoticed.
 */
final class StrictBase64 {
    private StrictBase64() {
    }

    /** @throws IllegalArgumentException if it is not how {@link Base64#getEncoder} would write some bytes */
    static byte[] decode(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
            throw new IllegalArgumentException("not the one form of these bytes");
        }
        return bytes;
    }
}
