package io.sluice.manage.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jdbi.v3.core.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * One connection for everybody, one after the other: what a management server asks is little, SQLite writes one at a time
 * anyway, and a database that was restarted is met with a new connection.
 */
final class OneConnection implements ConnectionFactory, AutoCloseable {
    private static final int VALID_SECONDS = 2;

    private final DataSource source;
    private final boolean remote;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Connection connection;

    /** @param remote it may go away at any time, so that each use begins with a question whether it is there */
    OneConnection(DataSource source, boolean remote) {
        this.source = source;
        this.remote = remote;
    }

    @Override
    public Connection openConnection() throws SQLException {
        lock.lock();
        try {
            Connection now = connection;
            if (now == null || now.isClosed() || (remote && !now.isValid(VALID_SECONDS))) {
                now = source.getConnection();
                connection = now;
            }
            return now;
        } catch (SQLException | RuntimeException e) {
            lock.unlock();
            throw e;
        }
    }

    @Override
    public void closeConnection(Connection used) {
        lock.unlock();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            // It is gone, which is what was wanted.
        } finally {
            connection = null;
            lock.unlock();
        }
    }
}
