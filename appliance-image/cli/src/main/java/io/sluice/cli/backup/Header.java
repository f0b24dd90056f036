package io.sluice.cli.backup;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The beginning of a backup, in the clear: {@code SLUICEBK}, the format's number (2 bytes), who wrote it and when (two texts
 * of at most 64 bytes, each behind 2 bytes of length), the costs of the key (memory in KiB, 4 bytes; passes, 1; lanes, 1),
 * a salt (16), the beginning of all nonces (7), and an HMAC-SHA256 (32) of all before with half of the key. Numbers are big
 * endian. Up to the texts every format begins like this, so that an older Sluice can say which one is needed.
 *
 * @param product the version of Sluice that wrote it
 * @param created when, ISO 8601
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Header(String product, String created, int memoryKibibytes, int passes, int lanes, byte[] salt, byte[] nonce) {
    static final int FORMAT = 1;
    static final int SALT_BYTES = 16;
    static final int NONCE_BYTES = 7;
    static final int MAC_BYTES = 32;
    private static final byte[] MAGIC = "SLUICEBK".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_TEXT = 64;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** With what a guess costs as RFC 9106, section 4, recommends where memory is short. */
    static Header fresh(String product, String created) {
        byte[] random = new byte[SALT_BYTES + NONCE_BYTES];
        RANDOM.nextBytes(random);
        return new Header(product, created, BackupKey.MEMORY_KIBIBYTES, BackupKey.PASSES, BackupKey.LANES,
                Arrays.copyOf(random, SALT_BYTES), Arrays.copyOfRange(random, SALT_BYTES, random.length));
    }

    /** All but the HMAC. */
    byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(MAGIC);
        out.writeShort(FORMAT);
        out.writeUTF(product);
        out.writeUTF(created);
        out.writeInt(memoryKibibytes);
        out.writeByte(passes);
        out.writeByte(lanes);
        out.write(salt);
        out.write(nonce);
        return bytes.toByteArray();
    }

    /** Reads the beginning; nothing in it is believed before {@link BackupKey} has compared the HMAC. */
    static Header read(InputStream from) throws IOException {
        DataInputStream in = new DataInputStream(from);
        byte[] magic = in.readNBytes(MAGIC.length);
        if (!MessageDigest.isEqual(magic, MAGIC)) {
            throw new BadBackup("it is no backup of Sluice");
        }
        try {
            int format = in.readUnsignedShort();
            String product = text(in);
            String created = text(in);
            if (format != FORMAT) {
                throw new BadBackup("it has format " + format + ", written by Sluice " + product
                        + "; this Sluice reads format " + FORMAT + ": use one that is as new");
            }
            Header header = new Header(product, created, in.readInt(), in.readUnsignedByte(), in.readUnsignedByte(),
                    all(in, SALT_BYTES), all(in, NONCE_BYTES));
            BackupKey.requireBounded(header);
            return header;
        } catch (EOFException e) {
            throw new BadBackup("it is cut off within its first bytes; copy it again");
        }
    }

    private static String text(DataInputStream in) throws IOException {
        try {
            String text = in.readUTF();
            if (text.length() > MOST_TEXT) {
                throw new BadBackup("its first bytes were altered: a text of " + text.length() + " bytes is too long");
            }
            // Whoever altered it may have put control characters there, for the screen on which the sentence appears.
            return text.replaceAll("[^ -~]", "?");
        } catch (UTFDataFormatException e) {
            throw new BadBackup("its first bytes were altered: a text cannot be read");
        }
    }

    static byte[] all(DataInputStream in, int length) throws IOException {
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return bytes;
    }
}
