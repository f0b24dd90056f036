package io.sluice.cli.backup;

import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes a backup: a header, and behind it, compressed (zlib) and then encrypted, the manifest, the files one after another,
 * and how many they were.
 */
final class BackupWriter implements Closeable {
    static final int END = 0;
    static final int FILE = 1;
    static final int FOLDER = 2;
    private static final int BUFFER = 1 << 16;

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final DataOutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private long files;
    private long bytes;

    BackupWriter(OutputStream to, Header header, Manifest manifest, BackupKey key) throws IOException {
        out = new DataOutputStream(
                new DeflaterOutputStream(SealedOutput.begin(to, header, key), deflater, BUFFER));
        manifest.write(out);
    }

    /** Adds a folder, or a file with exactly so many bytes as its entry says. */
    void add(Entry entry, InputStream content) throws IOException {
        if (!entry.isRoot() && !Entry.isSound(entry.name())) {
            throw new IOException("the name `" + Entry.printable(entry.name())
                    + "` cannot be put into a backup; rename the file");
        }
        out.writeByte(entry.folder() ? FOLDER : FILE);
        out.writeUTF(entry.part().word());
        out.writeUTF(entry.name());
        out.writeLong(entry.bytes());
        out.writeShort(entry.mode());
        out.writeUTF(entry.owner());
        out.writeUTF(entry.group());
        out.writeLong(entry.modified());
        for (long left = entry.bytes(); left > 0;) {
            int read = content.read(buffer, 0, (int) Math.min(left, BUFFER));
            if (read < 0) {
                throw new IOException("`" + entry.name() + "` became shorter while it was read; try again");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
        files += entry.folder() ? 0 : 1;
        bytes += entry.bytes();
    }

    /** Ends it; without this, what was written is no backup. The stream below stays open. */
    void finish() throws IOException {
        out.writeByte(END);
        out.writeLong(files);
        out.writeLong(bytes);
        out.close();
    }

    long files() {
        return files;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public void close() {
        deflater.end();
    }
}
