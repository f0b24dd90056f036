package io.sluice.journal.evidence;

import io.sluice.journal.evidence.EvidenceManifest.Stored;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 and size of a file that is read in pieces. One thread. */
final class Digest {
    private final MessageDigest sha;
    private long bytes;

    Digest() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    static Stored stored(byte[] all) {
        Digest digest = new Digest();
        digest.add(all, all.length);
        return new Stored(Integer.toString(all.length), digest.sha256());
    }

    void add(byte[] piece, int length) {
        sha.update(piece, 0, length);
        bytes += length;
    }

    long bytes() {
        return bytes;
    }

    /** Hexadecimal; ends the digest. */
    String sha256() {
        return HexFormat.of().formatHex(sha.digest());
    }
}
