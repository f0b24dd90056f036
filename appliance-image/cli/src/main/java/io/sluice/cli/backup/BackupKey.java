package io.sluice.cli.backup;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * What a passphrase becomes for one backup: Argon2id, version 1.3 (RFC 9106), gives 64 bytes, of which the first half
 * encrypts and the second authenticates the header. The latter tells a wrong passphrase from an altered file, and ties the
 * file to one key, which AES-GCM alone does not.
 */
final class BackupKey {
    static final int MEMORY_KIBIBYTES = 64 << 10;
    static final int PASSES = 3;
    static final int LANES = 4;
    static final int TAG_BYTES = 16;
    // What a header may ask for: as much as the launcher's heap has room for, whoever wrote the file.
    private static final int MOST_KIBIBYTES = 128 << 10;
    private static final int MOST_PASSES = 16;
    private static final int MOST_LANES = 16;
    private static final int MOST_UTF_8 = 3; // bytes for a char; a pair of them has 4
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec encrypts;
    private final SecretKeySpec authenticates;

    private BackupKey(byte[] both) {
        encrypts = new SecretKeySpec(both, 0, KEY_BYTES, "AES");
        authenticates = new SecretKeySpec(both, KEY_BYTES, KEY_BYTES, "HmacSHA256");
    }

    static void requireBounded(Header header) throws BadBackup {
        boolean bounded = header.lanes() >= 1 && header.lanes() <= MOST_LANES
                && header.memoryKibibytes() >= 8 * header.lanes() && header.memoryKibibytes() <= MOST_KIBIBYTES
                && header.passes() >= 1 && header.passes() <= MOST_PASSES;
        if (!bounded) {
            throw new BadBackup("its first bytes were altered: they ask for " + header.memoryKibibytes() + " KiB, "
                    + header.passes() + " passes and " + header.lanes()
                    + " lanes to make the key, which no Sluice asks for");
        }
    }

    static BackupKey of(char[] passphrase, Header header) {
        ByteBuffer text = ByteBuffer.allocate(passphrase.length * MOST_UTF_8);
        StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(passphrase), text, true);
        byte[] secret = Arrays.copyOf(text.array(), text.position());
        byte[] both = new byte[2 * KEY_BYTES];
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13).withMemoryAsKB(header.memoryKibibytes())
                    .withIterations(header.passes()).withParallelism(header.lanes()).withSalt(header.salt()).build());
            generator.generateBytes(secret, both);
            return new BackupKey(both);
        } finally {
            Arrays.fill(text.array(), (byte) 0);
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(both, (byte) 0);
        }
    }

    byte[] mac(byte[] header) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(authenticates);
            return mac.doFinal(header);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has HMAC-SHA256", e);
        }
    }

    /** The cipher of one chunk. */
    Cipher cipher(int mode, byte[] header, byte[] prefix, int chunk, boolean last) throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(12).put(prefix).putInt(chunk).put((byte) (last ? 1 : 0)).array();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, encrypts, new GCMParameterSpec(8 * TAG_BYTES, nonce));
        cipher.updateAAD(header);
        return cipher;
    }
}
