package io.sluice.manage.export;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Where records go. One thread. */
interface Target extends Closeable {
    /** Becomes ready to take records; called again after anything failed. */
    void open() throws IOException;

    /**
     * Takes records, in their order, and returns when they are handed over.
     *
     * @return how many it took; those behind are given again after {@link #open}
     */
    int write(List<byte[]> records) throws IOException;
}
