package io.sluice.inline.policy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Names policies by their contents. */
final class Sha256 {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private Sha256() {}

    /** 64 lower-case hexadecimal digits. */
    static String of(String text) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    static boolean isHash(String text) {
        return HASH.matcher(text).matches();
    }
}
