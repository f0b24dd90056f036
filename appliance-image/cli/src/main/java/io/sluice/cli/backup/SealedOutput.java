package io.sluice.cli.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/**
 * Encrypts what is written, in chunks of 64 KiB with a tag each (AES-256-GCM, NIST SP 800-38D). The nonce is the header's
 * seven bytes, the chunk's number and whether it is the last one, so that chunks can be neither exchanged nor left out, nor
 * the file be cut; the header is authenticated with each. (The construction is known as STREAM: Hoang, Reyhanitabar, Rogaway
 * and Vizár, 2015.)
 */
final class SealedOutput extends OutputStream {
    static final int CHUNK_BYTES = 64 << 10;

    private final OutputStream out;
    private final BackupKey key;
    private final byte[] header;
    private final byte[] prefix;
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private int filled;
    private int number;
    private boolean closed;

    private SealedOutput(OutputStream out, BackupKey key, byte[] header, byte[] prefix) {
        this.out = out;
        this.key = key;
        this.header = header;
        this.prefix = prefix;
    }

    /** Writes the header, and what follows encrypted. */
    static SealedOutput begin(OutputStream out, Header header, BackupKey key) throws IOException {
        byte[] bytes = header.bytes();
        out.write(bytes);
        out.write(key.mac(bytes));
        return new SealedOutput(out, key, bytes, header.nonce());
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[]{(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            if (filled == CHUNK_BYTES) { // only when more comes: the last chunk may be a full one
                seal(false);
            }
            int now = Math.min(length - done, CHUNK_BYTES - filled);
            System.arraycopy(bytes, offset + done, chunk, filled, now);
            filled += now;
            done += now;
        }
    }

    private void seal(boolean last) throws IOException {
        if (number < 0) {
            throw new IOException("a backup has at most 128 TiB");
        }
        try {
            out.write(key.cipher(Cipher.ENCRYPT_MODE, header, prefix, number++, last).doFinal(chunk, 0, filled));
            filled = 0;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has AES-GCM", e);
        }
    }

    /** Writes the last chunk. What it writes to stays open. */
    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            seal(true);
            out.flush();
        }
    }
}
