package io.sluice.manage.store;

import io.sluice.journal.FolderLock;
import java.io.IOException;
import java.nio.file.Path;

/** A data folder has one management server at a time, and none while it is exchanged. */
public final class DataLock implements AutoCloseable {
    static final String FILE = "manage.lock";

    private final FolderLock lock;

    private DataLock(FolderLock lock) {
        this.lock = lock;
    }

    /**
     * Takes the lock, where nobody has it.
     *
     * @throws IOException with a sentence: somebody has it
     */
    public static DataLock take(Path folder) throws IOException {
        return new DataLock(FolderLock.take(folder, FILE, "`" + folder + "` is used by another management server"));
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
