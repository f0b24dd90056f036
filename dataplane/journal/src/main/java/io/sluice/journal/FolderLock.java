package io.sluice.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Two writers would fork the history: a folder has one at a time. The system lets go of the lock when a process dies. */
public final class FolderLock implements Closeable {
    static final String FILE = "journal.lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock, where nobody has it.
     *
     * @throws IOException with a sentence: it has a writer
     */
    public static FolderLock take(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw new IOException("the journal in `" + folder + "` is written by another process");
        }
        return new FolderLock(channel);
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException bySelf) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
