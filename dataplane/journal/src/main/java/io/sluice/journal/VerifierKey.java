package io.sluice.journal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * An Ed25519 public key with the name that it signs under, as C2SP signed-note writes them:
 * {@code name+hash+base64 of the key}. The hash of four bytes tells keys of one name apart.
 */
public final class VerifierKey {
    /** The signature type of Ed25519 in signed notes. */
    private static final byte ED25519 = 1;
    private static final int RAW_SIZE = 32;
    private static final int HASH_SIZE = 4;
    private static final int SIGNATURE_SIZE = 64;
    /** RFC 8410 §4: what comes before the 32 bytes of the key in its X.509 form. */
    private static final byte[] X509_HEAD = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final String SIGNATURE_MARK = "\u2014 ";

    private final String name;
    private final PublicKey key;
    private final byte[] raw;

    private VerifierKey(String name, byte[] raw, PublicKey key) {
        this.name = name;
        this.raw = raw;
        this.key = key;
    }

    static VerifierKey of(String name, PublicKey key) {
        byte[] encoded = key.getEncoded();
        return new VerifierKey(name, Arrays.copyOfRange(encoded, encoded.length - RAW_SIZE, encoded.length), key);
    }

    /** Empty where the text is no such key. */
    public static Optional<VerifierKey> parse(String text) {
        String[] parts = text.strip().split("\\+", 3);
        if (parts.length != 3 || !validName(parts[0])) {
            return Optional.empty();
        }
        try {
            byte[] typed = StrictBase64.decode(parts[2]);
            if (typed.length != 1 + RAW_SIZE || typed[0] != ED25519) {
                return Optional.empty();
            }
            byte[] raw = Arrays.copyOfRange(typed, 1, typed.length);
            byte[] encoded = Arrays.copyOf(X509_HEAD, X509_HEAD.length + RAW_SIZE);
            System.arraycopy(raw, 0, encoded, X509_HEAD.length, RAW_SIZE);
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
            VerifierKey parsed = new VerifierKey(parts[0], raw, key);
            return parsed.hashText().equals(parts[1]) ? Optional.of(parsed) : Optional.empty();
        } catch (IllegalArgumentException | GeneralSecurityException notOne) {
            return Optional.empty();
        }
    }

    /** A name can be signed under if it has neither spaces nor {@code +}. */
    static boolean validName(String name) {
        return !name.isEmpty() && name.indexOf('+') < 0 && name.chars().noneMatch(Character::isWhitespace);
    }

    public String name() {
        return name;
    }

    private byte[] hash() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update((name + "\n").getBytes(StandardCharsets.UTF_8));
            sha.update(ED25519);
            return Arrays.copyOf(sha.digest(raw), HASH_SIZE);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String hashText() {
        return HexFormat.of().formatHex(hash());
    }

    /** The line that ends a signed text. */
    String signatureLine(byte[] signature) {
        byte[] hashed = Arrays.copyOf(hash(), HASH_SIZE + SIGNATURE_SIZE);
        System.arraycopy(signature, 0, hashed, HASH_SIZE, SIGNATURE_SIZE);
        return SIGNATURE_MARK + name + " " + Base64.getEncoder().encodeToString(hashed);
    }

    static boolean isSignatureLine(String line) {
        return line.startsWith(SIGNATURE_MARK);
    }

    /** Whether the line is this key's signature of the text. */
    boolean signed(String text, String line) {
        String mark = SIGNATURE_MARK + name + " ";
        if (!line.startsWith(mark)) {
            return false;
        }
        try {
            byte[] hashed = StrictBase64.decode(line.substring(mark.length()));
            if (hashed.length != HASH_SIZE + SIGNATURE_SIZE
                    || !Arrays.equals(Arrays.copyOf(hashed, HASH_SIZE), hash())) {
                return false;
            }
            Signature ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(key);
            ed25519.update(text.getBytes(StandardCharsets.UTF_8));
            return ed25519.verify(hashed, HASH_SIZE, SIGNATURE_SIZE);
        } catch (IllegalArgumentException | GeneralSecurityException notOne) {
            return false;
        }
    }

    @Override
    public String toString() {
        byte[] typed = new byte[1 + RAW_SIZE];
        typed[0] = ED25519;
        System.arraycopy(raw, 0, typed, 1, RAW_SIZE);
        return name + "+" + hashText() + "+" + Base64.getEncoder().encodeToString(typed);
    }
}
