package io.sluice.cli.backup;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/** Decrypts what {@link SealedOutput} wrote. No byte comes out that was not authenticated, and the end only where it was written. */
final class SealedInput extends InputStream {
    private static final int SEALED_BYTES = SealedOutput.CHUNK_BYTES + BackupKey.TAG_BYTES;
    private static final byte[] NOTHING = {};

    private final PushbackInputStream in;
    private final BackupKey key;
    private final Header header;
    private final byte[] authenticated;
    private final long begin;
    private byte[] chunk = NOTHING;
    private int at;
    private int number;
    private boolean ended;

    private SealedInput(InputStream in, BackupKey key, Header header, byte[] authenticated) {
        this.in = new PushbackInputStream(in, 1);
        this.key = key;
        this.header = header;
        this.authenticated = authenticated;
        this.begin = (long) authenticated.length + Header.MAC_BYTES;
    }

    /** How a key comes from a header. */
    interface Keys {
        BackupKey of(Header header);
    }

    static SealedInput begin(InputStream in, Keys keys) throws IOException {
        Header header = Header.read(in);
        byte[] mac = in.readNBytes(Header.MAC_BYTES);
        if (mac.length < Header.MAC_BYTES) {
            throw new BadBackup("it is cut off within its first bytes; copy it again");
        }
        byte[] bytes = header.bytes();
        BackupKey key = keys.of(header);
        if (!MessageDigest.isEqual(mac, key.mac(bytes))) {
            throw new BadBackup("the passphrase is another one, or its first bytes were altered");
        }
        return new SealedInput(in, key, header, bytes);
    }

    Header header() {
        return header;
    }

    @Override
    public int read() throws IOException {
        return fill() ? Byte.toUnsignedInt(chunk[at++]) : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int now = Math.min(length, chunk.length - at);
        System.arraycopy(chunk, at, bytes, offset, now);
        at += now;
        return now;
    }

    private boolean fill() throws IOException {
        while (at == chunk.length && !ended) {
            next();
        }
        return at < chunk.length;
    }

    private void next() throws IOException {
        byte[] sealed = in.readNBytes(SEALED_BYTES);
        int behind = sealed.length < SEALED_BYTES ? -1 : in.read();
        if (behind >= 0) {
            in.unread(behind);
        }
        boolean last = behind < 0;
        byte[] opened = open(sealed, last);
        if (opened == null) {
            throw damaged(sealed, last);
        }
        chunk = opened;
        at = 0;
        ended = last;
        number++;
    }

    private byte @Nullable [] open(byte[] sealed, boolean last) {
        try {
            return key.cipher(Cipher.DECRYPT_MODE, authenticated, header.nonce(), number, last).doFinal(sealed);
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    private BadBackup damaged(byte[] sealed, boolean last) {
        ended = true;
        chunk = NOTHING;
        at = 0;
        long where = begin + (long) number * SEALED_BYTES;
        if (last && (sealed.length == 0 || (sealed.length == SEALED_BYTES && open(sealed, false) != null))) {
            return new BadBackup("it is cut off: it ends at byte " + (where + sealed.length)
                    + ", and more was written; copy it again");
        }
        if (!last && open(sealed, true) != null) {
            return new BadBackup("something was added behind its end, at byte " + (where + SEALED_BYTES));
        }
        return new BadBackup("it was altered or cut off, between byte " + where + " and " + (where + sealed.length)
                + "; take another copy");
    }

    @Override
    public void close() throws IOException {
        Arrays.fill(chunk, (byte) 0);
        in.close();
    }
}
