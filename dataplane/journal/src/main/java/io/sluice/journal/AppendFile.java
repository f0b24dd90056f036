package io.sluice.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that grows at its end, by all of what is appended or by nothing of it. */
final class AppendFile implements Closeable {
    private final Path path;
    private FileChannel channel;
    private long end;
    private boolean halfWritten;
    private boolean forced = true;

    private AppendFile(Path path, FileChannel channel, long end) {
        this.path = path;
        this.channel = channel;
        this.end = end;
    }

    /** The file, made if it is missing. */
    static AppendFile open(Path path) throws IOException {
        FileChannel channel = channel(path);
        try {
            return new AppendFile(path, channel, channel.size());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel channel(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Appends all of it. Where the disk takes only some (it is full), that is taken back before the exception is thrown. */
    void append(byte[] bytes, int from, int length) throws IOException {
        if (!channel.isOpen()) { // the thread was interrupted while it wrote
            channel = channel(path);
            halfWritten = true;
        }
        takeBack();
        ByteBuffer buffer = ByteBuffer.wrap(bytes, from, length);
        try {
            halfWritten = true;
            for (long at = end; buffer.hasRemaining(); at = end + buffer.position() - from) {
                channel.write(buffer, at);
            }
            halfWritten = false;
            end += length;
            forced = false;
        } finally {
            if (halfWritten && channel.isOpen()) {
                takeBack();
            }
        }
    }

    private void takeBack() throws IOException {
        if (halfWritten) {
            channel.truncate(end);
            halfWritten = false;
        }
    }

    /** Bytes appended so far, those of earlier runs included. */
    long end() {
        return end;
    }

    /** Whether something was appended that is not yet forced to the disk. */
    boolean unforced() {
        return !forced;
    }

    void force() throws IOException {
        if (!forced) {
            channel.force(false);
            forced = true;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
