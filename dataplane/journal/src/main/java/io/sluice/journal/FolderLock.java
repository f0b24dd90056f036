package io.sluice.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A folder that one process at a time may write: two writers of a journal would fork its history. The system lets go of the lock
 * when a process dies.
 */
public final class FolderLock implements Closeable {
    static final String FILE = "journal.lock";

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock of a journal, where nobody has it.
     *
     * @throws IOException with a sentence: it has a writer
     */
    public static FolderLock take(Path folder) throws IOException {
        return take(folder, FILE, "the journal in `" + folder + "` is written by another process");
    }

    /**
     * Takes the lock that is a file in a folder.
     *
     * @param held the sentence, where somebody has it
     */
    public static FolderLock take(Path folder, String file, String held) throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve(file), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw new IOException(held);
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
