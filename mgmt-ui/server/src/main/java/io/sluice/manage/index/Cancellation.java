package io.sluice.manage.index;

import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Ends a question to the index early. Any thread may {@link #cancel}; one is for one question after another. */
public final class Cancellation {
    private @Nullable Statement running;
    private boolean cancelled;

    /** What is asked ends soon with {@link IndexException.Code#CANCELLED}, and so does what is asked later. */
    public synchronized void cancel() {
        cancelled = true;
        if (running != null) {
            try {
                running.cancel();
            } catch (SQLException e) {
                // it is over already
            }
        }
    }

    public synchronized boolean cancelled() {
        return cancelled;
    }

    synchronized void began(Statement statement) throws IndexException {
        check();
        running = statement;
    }

    synchronized void ended() {
        running = null;
    }

    synchronized void check() throws IndexException {
        if (cancelled) {
            throw new IndexException(IndexException.Code.CANCELLED, "the search was cancelled");
        }
    }
}
