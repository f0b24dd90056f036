package io.sluice.journal;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The records and checkpoints of a journal as they are at one moment, while it is written: up to the last whole record, and no
 * checkpoint of records that are not there. Files are held open, so that what retention deletes meanwhile can still be read.
 */
public final class JournalCopy implements Closeable {
    /** Retention may delete a segment while it is looked for, but not faster than once in a minute. */
    private static final int MOST_TRIES = 20;
    private static final int LOOKED_AT = 1 << 16;

    private final List<Piece> pieces = new ArrayList<>();

    /**
     * The beginning of a file.
     *
     * @param bytes of it that belong to the copy; more may have been written since
     */
    public record Piece(Path file, long bytes, FileChannel channel) {
        /** From its beginning; closing it does no harm to others. Ends early where somebody has cut the file. */
        public InputStream content() throws IOException {
            channel.position(0);
            InputStream all = Channels.newInputStream(channel);
            return new InputStream() {
                private long left = bytes;

                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
                }

                @Override
                public int read(byte[] to, int offset, int length) throws IOException {
                    int read = left == 0 ? -1 : all.read(to, offset, (int) Math.min(length, left));
                    left -= Math.max(read, 0);
                    return read;
                }
            };
        }
    }

    private JournalCopy() {}

    /** The moment is that of this call. A folder without a journal gives no pieces. */
    public static JournalCopy of(Path folder) throws IOException {
        for (int tries = 1;; tries++) {
            JournalCopy copy = new JournalCopy();
            try {
                copy.take(Segment.in(folder));
                return copy;
            } catch (NoSuchFileException deletedMeanwhile) {
                copy.close();
                if (tries == MOST_TRIES) {
                    throw deletedMeanwhile;
                }
            } catch (IOException | RuntimeException e) {
                copy.close();
                throw e;
            }
        }
    }

    /** Whether a file of a journal's folder is for this class, or for nobody: records, checkpoints, the lock. */
    public static boolean isPart(Path file) {
        return Segment.isNamed(file) || file.endsWith(FolderLock.FILE);
    }

    /** Checkpoints first: the records that they cover were forced to the disk before them. */
    private void take(List<Segment> segments) throws IOException {
        for (Segment segment : segments) {
            if (Files.exists(segment.checkpoints())) {
                boolean newest = segment.equals(segments.getLast());
                hold(segment.checkpoints(), newest
                        ? SignedNote.end(segment.notesText())
                        : Files.size(segment.checkpoints()));
            }
        }
        for (Segment segment : segments) {
            Piece all = hold(segment.file(), Files.size(segment.file()));
            if (segment.equals(segments.getLast())) {
                pieces.removeLast();
                pieces.add(new Piece(all.file(), wholeRecords(all.channel(), all.bytes()), all.channel()));
            }
        }
    }

    private Piece hold(Path file, long bytes) throws IOException {
        Piece piece = new Piece(file, bytes, FileChannel.open(file, StandardOpenOption.READ));
        pieces.add(piece);
        return piece;
    }

    /** Bytes up to the last line feed. */
    private static long wholeRecords(FileChannel channel, long bytes) throws IOException {
        ByteBuffer looked = ByteBuffer.allocate(LOOKED_AT);
        for (long end = bytes; end > 0;) {
            long begin = Math.max(0, end - LOOKED_AT);
            looked.clear().limit((int) (end - begin));
            while (looked.hasRemaining()) {
                if (channel.read(looked, begin + looked.position()) < 0) {
                    throw new IOException("the journal was cut while it was read; try again");
                }
            }
            for (int i = looked.position() - 1; i >= 0; i--) {
                if (looked.get(i) == '\n') {
                    return begin + i + 1;
                }
            }
            end = begin;
        }
        return 0;
    }

    /** In the order in which they should be written. */
    public List<Piece> pieces() {
        return List.copyOf(pieces);
    }

    @Override
    public void close() throws IOException {
        for (Piece piece : pieces) {
            piece.channel().close();
        }
        pieces.clear();
    }
}
