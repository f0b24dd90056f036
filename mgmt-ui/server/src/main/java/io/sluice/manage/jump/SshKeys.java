package io.sluice.manage.jump;

import io.sluice.manage.Refused;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** SSH public keys as OpenSSH writes them (RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709 §4), as far as their names go. */
final class SshKeys {
    private static final int LEAST_RSA_BITS = 2_048;
    private static final int ED25519_BYTES = 32;
    /** Curves of RFC 5656 §10.1, by the bits of their field. */
    private static final Map<Integer, String> CURVES = Map.of(256, "nistp256", 384, "nistp384", 521, "nistp521");

    private SshKeys() {}

    /**
     * One line of a public key file.
     *
     * @param fingerprint {@code SHA256:…} as OpenSSH prints it
     */
    record Line(String type, String fingerprint, String comment) {}

    static Line read(String text) throws Refused {
        String[] words = text.strip().split("\\s+", 3);
        if (text.strip().indexOf('\n') >= 0 || words.length < 2) {
            throw wrong("it has one line, such as `ssh-ed25519 AAAA… anna@laptop`");
        }
        if (text.contains("PRIVATE KEY")) {
            throw wrong("this is a private key, which nobody else may ever see; give the file that ends with `.pub`");
        }
        byte[] blob;
        try {
            blob = Base64.getDecoder().decode(words[1]);
        } catch (IllegalArgumentException e) {
            throw wrong("its second word is not base64; copy the whole line");
        }
        Optional<String> type = firstText(blob);
        if (type.isEmpty() || !type.get().equals(words[0])) {
            throw wrong("its first word is not what the key says of itself; copy the whole line");
        }
        switch (words[0]) {
            case "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521" -> {
            }
            case "ssh-rsa" -> requireLong(blob);
            default -> throw wrong("keys of type `" + words[0].replaceAll("[^A-Za-z0-9@.-]", "?")
                    + "` are not accepted; make one with `ssh-keygen -t ed25519`");
        }
        return new Line(words[0], fingerprint(blob), words.length > 2 ? words[2] : "");
    }

    private static void requireLong(byte[] blob) throws Refused {
        // The modulus is the last field and nearly all of the key (RFC 4253 §6.6).
        if ((blob.length - 20) * 8 < LEAST_RSA_BITS - 64) {
            throw wrong("an RSA key has " + LEAST_RSA_BITS + " bits at least; make one with `ssh-keygen -t ed25519`");
        }
    }

    private static Refused wrong(String why) {
        return Refused.of(422, "wrong-key", "this is no public key that can be used here: " + why);
    }

    private static Optional<String> firstText(byte[] blob) {
        ByteBuffer in = ByteBuffer.wrap(blob);
        if (in.remaining() < Integer.BYTES) {
            return Optional.empty();
        }
        int size = in.getInt();
        return size < 1 || size > 64 || size > in.remaining()
                ? Optional.empty()
                : Optional.of(new String(blob, Integer.BYTES, size, StandardCharsets.US_ASCII));
    }

    /** Of a key that a client offers; empty for a sort that is not accepted. */
    static Optional<String> fingerprint(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> Optional.of(fingerprint(joined("ssh-rsa".getBytes(StandardCharsets.US_ASCII),
                    rsa.getPublicExponent().toByteArray(), rsa.getModulus().toByteArray())));
            case ECPublicKey ec -> elliptic(ec);
            default -> edwards(key);
        };
    }

    private static Optional<String> elliptic(ECPublicKey key) {
        int bits = key.getParams().getCurve().getField().getFieldSize();
        String curve = CURVES.get(bits);
        if (curve == null) {
            return Optional.empty();
        }
        int size = (bits + 7) / 8;
        // SEC 1 §2.3.3: uncompressed.
        byte[] point = ByteBuffer.allocate(1 + 2 * size).put((byte) 4).put(fixed(key.getW().getAffineX(), size))
                .put(fixed(key.getW().getAffineY(), size)).array();
        return Optional.of(fingerprint(joined(("ecdsa-sha2-" + curve).getBytes(StandardCharsets.US_ASCII),
                curve.getBytes(StandardCharsets.US_ASCII), point)));
    }

    /** RFC 8410 §4: the last 32 bytes of the encoded form are the key. */
    private static Optional<String> edwards(PublicKey key) {
        byte[] encoded = key.getEncoded();
        boolean edwards = key.getAlgorithm().equals("EdDSA") || key.getAlgorithm().equals("Ed25519");
        if (!edwards || encoded == null || encoded.length != 12 + ED25519_BYTES) {
            return Optional.empty();
        }
        byte[] raw = java.util.Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length);
        return Optional.of(fingerprint(joined("ssh-ed25519".getBytes(StandardCharsets.US_ASCII), raw)));
    }

    private static byte[] fixed(BigInteger number, int size) {
        byte[] bytes = number.toByteArray();
        byte[] fixed = new byte[size];
        int skip = Math.max(0, bytes.length - size);
        System.arraycopy(bytes, skip, fixed, size - bytes.length + skip, bytes.length - skip);
        return fixed;
    }

    private static byte[] joined(byte[]... fields) {
        int size = 0;
        for (byte[] field : fields) {
            size += Integer.BYTES + field.length;
        }
        ByteBuffer out = ByteBuffer.allocate(size);
        for (byte[] field : fields) {
            out.putInt(field.length).put(field);
        }
        return out.array();
    }

    private static String fingerprint(byte[] blob) {
        try {
            return "SHA256:" + Base64.getEncoder().withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(blob));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
