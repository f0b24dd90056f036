package io.sluice.journal;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 as RFC 6962 §2.1 uses it for trees: what is hashed begins with 0 for a leaf and 1 for a node. One thread. */
final class Hashes {
    static final int SIZE = 32;
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest sha = sha256();

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /** The hash of a record into {@code out}. */
    void leaf(byte[] bytes, int from, int length, byte[] out) {
        sha.update(LEAF);
        sha.update(bytes, from, length);
        finish(out);
    }

    byte[] leaf(byte[] bytes) {
        byte[] out = new byte[SIZE];
        leaf(bytes, 0, bytes.length, out);
        return out;
    }

    /** The hash of two neighbours into {@code out}, which may be one of them. */
    void node(byte[] left, byte[] right, byte[] out) {
        sha.update(NODE);
        sha.update(left);
        sha.update(right);
        finish(out);
    }

    /** The root of a tree without leaves. */
    byte[] nothing() {
        return sha.digest();
    }

    private void finish(byte[] out) {
        try {
            sha.digest(out, 0, SIZE);
        } catch (DigestException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
