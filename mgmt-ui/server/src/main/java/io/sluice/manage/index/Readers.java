package io.sluice.manage.index;

import io.sluice.manage.query.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** Connections that questions are asked over, a few at a time: each may take the memory that DuckDB has. */
final class Readers implements AutoCloseable {
    private static final int AT_A_TIME = 3;
    private static final int LONGEST_WAIT_SECONDS = 10;
    private static final int LONGEST_QUERY_SECONDS = 60;

    private final Database database;
    private final Semaphore free = new Semaphore(AT_A_TIME, true);
    private final Deque<DuckDBConnection> idle = new ArrayDeque<>();
    private boolean closed;

    /** Takes one row after another. */
    interface RowReader {
        void row(ResultSet row) throws SQLException;
    }

    Readers(Database database) {
        this.database = database;
    }

    void query(Sql sql, Cancellation cancellation, RowReader reader) throws IndexException {
        cancellation.check();
        take();
        DuckDBConnection connection = null;
        try {
            connection = connection();
            try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
                statement.setQueryTimeout(LONGEST_QUERY_SECONDS);
                for (int i = 0; i < sql.parameters().size(); i++) {
                    statement.setObject(i + 1, sql.parameters().get(i));
                }
                cancellation.began(statement);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        reader.row(rows);
                    }
                } finally {
                    cancellation.ended();
                }
            }
            giveBack(connection);
            connection = null;
        } catch (SQLException e) {
            throw explained(e, cancellation);
        } finally {
            close(connection);
            free.release();
        }
    }

    private void take() throws IndexException {
        try {
            if (!free.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IndexException(IndexException.Code.BUSY,
                        "the index is busy with other searches; narrow them, or try again in a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IndexException(IndexException.Code.CANCELLED, "the search was cancelled");
        }
    }

    private static IndexException explained(SQLException e, Cancellation cancellation) {
        String message = String.valueOf(e.getMessage());
        if (cancellation.cancelled()) {
            return new IndexException(IndexException.Code.CANCELLED, "the search was cancelled");
        }
        if (e instanceof SQLTimeoutException || message.contains("INTERRUPT") || message.contains("nterrupted")) {
            return new IndexException(IndexException.Code.TIMEOUT, "the search took longer than "
                    + LONGEST_QUERY_SECONDS + " seconds; give it a shorter time or fewer words");
        }
        if (message.contains("Out of Memory")) {
            return new IndexException(
                    "the search needs more memory than the index may take; give it a shorter time, or the index more",
                    e);
        }
        return new IndexException("the index cannot be read: " + Database.firstLine(message), e);
    }

    private synchronized DuckDBConnection connection() throws SQLException, IndexException {
        if (closed) {
            throw new IndexException(IndexException.Code.FAILED, "the index is closed");
        }
        if (!idle.isEmpty()) {
            return idle.pop();
        }
        DuckDBConnection connection = database.connection().duplicate();
        connection.setAutoCommit(true); // as the writer's is not: each question sees what is there by then
        return connection;
    }

    private synchronized void giveBack(DuckDBConnection connection) {
        if (closed) {
            close(connection);
        } else {
            idle.push(connection);
        }
    }

    private static void close(@Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // it is of no use any more
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (DuckDBConnection connection : idle) {
            close(connection);
        }
        idle.clear();
    }
}
