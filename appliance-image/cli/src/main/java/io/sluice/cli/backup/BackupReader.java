package io.sluice.cli.backup;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Reads a backup from its beginning to its end. What is read is authenticated; that nothing is missing is known once
 * {@link #next} has returned empty, and not before.
 */
public final class BackupReader implements Closeable {
    private static final int BUFFER = 1 << 16;
    private static final int MOST_MODE = 0777;

    private final Inflater inflater = new Inflater();
    private final SealedInput sealed;
    private final DataInputStream in;
    private final Manifest manifest;
    private long left;
    private long files;
    private long bytes;

    private BackupReader(InputStream from, SealedInput.Keys keys) throws IOException {
        sealed = SealedInput.begin(from, keys);
        in = new DataInputStream(new BufferedInputStream(new InflaterInputStream(sealed, inflater, BUFFER), BUFFER));
        manifest = sound(() -> Manifest.read(in));
    }

    /**
     * Begins to read.
     *
     * @throws BadBackup it is none, it was altered, or the passphrase is another
     */
    public static BackupReader open(Path file, char[] passphrase) throws IOException {
        return open(file, header -> BackupKey.of(passphrase, header));
    }

    /** One that was just written. */
    static BackupReader open(Path file, SealedInput.Keys keys) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            return new BackupReader(in, keys);
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            in.close();
            throw e;
        }
    }

    static BackupReader open(InputStream in, char[] passphrase) throws IOException {
        return new BackupReader(in, header -> BackupKey.of(passphrase, header));
    }

    /** Which Sluice wrote it. */
    public String product() {
        return sealed.header().product();
    }

    /** When, ISO 8601. */
    public String created() {
        return sealed.header().created();
    }

    public Manifest manifest() {
        return manifest;
    }

    /** The next file or folder; what is left of the one before is passed over. Empty: the end, and nothing is missing. */
    public Optional<Entry> next() throws IOException {
        return sound(() -> {
            while (left > 0) {
                content().skipNBytes(left);
            }
            int kind = in.readUnsignedByte();
            if (kind == BackupWriter.END) {
                end();
                return Optional.empty();
            }
            if (kind != BackupWriter.FILE && kind != BackupWriter.FOLDER) {
                throw new BadBackup("it has an entry of kind " + kind + ", which this Sluice does not know");
            }
            return Optional.of(entry(kind == BackupWriter.FOLDER));
        });
    }

    private Entry entry(boolean folder) throws IOException {
        Part part = Manifest.part(in.readUTF());
        String name = in.readUTF();
        Entry entry = new Entry(part, name, folder, in.readLong(), in.readUnsignedShort(), in.readUTF(), in.readUTF(),
                in.readLong());
        if (!entry.isRoot() && !Entry.isSound(name)) {
            throw new BadBackup("the name `" + Entry.printable(name) + "` in it leads elsewhere");
        }
        if (!manifest.folders().containsKey(part) || entry.bytes() < 0 || entry.mode() > MOST_MODE
                || (folder && entry.bytes() > 0)) {
            throw new BadBackup("what it says of `" + name + "` cannot be");
        }
        left = entry.bytes();
        files += folder ? 0 : 1;
        bytes += left;
        return entry;
    }

    private void end() throws IOException {
        if (in.readLong() != files || in.readLong() != bytes) {
            throw new BadBackup("it does not have as many files as it says");
        }
        if (in.read() >= 0 || inflater.getRemaining() > 0 || sealed.read() >= 0) {
            throw new BadBackup("something follows its end");
        }
    }

    /** The contents of the file that {@link #next} has returned last, from where it was not read yet. */
    InputStream content() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                if (left == 0) {
                    return -1;
                }
                return sound(() -> {
                    int read = in.read(to, offset, (int) Math.min(length, left));
                    if (read < 0) {
                        throw new EOFException();
                    }
                    left -= read;
                    return read;
                });
            }
        };
    }

    /** Files so far. */
    public long files() {
        return files;
    }

    /** Their bytes. */
    public long bytes() {
        return bytes;
    }

    private interface Reading<T> {
        T run() throws IOException;
    }

    /** What was authenticated and yet makes no sense was not written by Sluice. */
    private static <T> T sound(Reading<T> reading) throws IOException {
        try {
            return reading.run();
        } catch (ZipException | EOFException | UTFDataFormatException e) {
            throw new BadBackup("it was encrypted with this passphrase, but not written by Sluice");
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        sealed.close();
    }
}
