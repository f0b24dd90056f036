package io.sluice.manage.identity;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.OptionalLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One-time codes by time: RFC 6238 with HMAC-SHA-1, steps of 30 s and 6 digits, as authenticator apps expect. */
public final class Totp {
    static final int STEP_SECONDS = 30;
    /** RFC 6238 §5.2: one step of delay either way. */
    private static final int DRIFT = 1;
    private static final int MODULUS = 1_000_000;
    /** RFC 4226 §4 R6: 160 bits. */
    private static final int SECRET_BYTES = 20;

    private Totp() {}

    /** A new secret, in base32. */
    public static String newSecret() {
        return Base32.encode(Secrets.bytes(SECRET_BYTES));
    }

    /** What an app scans. */
    public static String uri(String secret, String account, String issuer) {
        String label = URLEncoder.encode(issuer, StandardCharsets.UTF_8) + ":"
                + URLEncoder.encode(account, StandardCharsets.UTF_8);
        return "otpauth://totp/" + label.replace("+", "%20") + "?secret=" + secret + "&issuer="
                + URLEncoder.encode(issuer, StandardCharsets.UTF_8).replace("+", "%20")
                + "&algorithm=SHA1&digits=6&period=" + STEP_SECONDS;
    }

    /**
     * The step that a code belongs to; empty where it is wrong, or of a step that was used already (RFC 6238 §5.2: a code is
     * accepted once).
     *
     * @param lastStep the last step of which a code was accepted
     */
    public static OptionalLong accept(String secret, String code, long epochSeconds, long lastStep) {
        String digits = code.replace(" ", "");
        if (!isCode(code)) {
            return OptionalLong.empty();
        }
        long now = epochSeconds / STEP_SECONDS;
        OptionalLong found = OptionalLong.empty();
        for (long step = now - DRIFT; step <= now + DRIFT; step++) {
            if (Secrets.equal(code(secret, step), digits) && step > lastStep) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    /** Whether it looks like one. */
    static boolean isCode(String code) {
        return code.replace(" ", "").matches("[0-9]{6}");
    }

    /** RFC 4226 §5.3. */
    static String code(String secret, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Base32.decode(secret), "HmacSHA1"));
            byte[] hash = mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xF;
            int number = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
            return String.format(java.util.Locale.ROOT, "%06d", number % MODULUS);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has HmacSHA1", e);
        }
    }
}
