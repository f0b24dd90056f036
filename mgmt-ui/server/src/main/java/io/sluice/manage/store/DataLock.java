package io.sluice.manage.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A data folder has one management server at a time, and none while it is exchanged. The system lets go of the lock when a process dies. */
public final class DataLock implements AutoCloseable {
    static final String FILE = "manage.lock";

    private final FileChannel channel;

    private DataLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock, where nobody has it.
     *
     * @throws IOException with a sentence: somebody has it
     */
    public static DataLock take(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        if (lock(channel) == null) {
            channel.close();
            throw new IOException("`" + folder + "` is used by another management server");
        }
        return new DataLock(channel);
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
