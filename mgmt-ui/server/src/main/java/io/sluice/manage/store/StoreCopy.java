package io.sluice.manage.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/** A copy of the SQLite database for a backup, made while a server may be writing to it. */
public final class StoreCopy {
    /** The files of the database, of which a copy by their bytes would be worth nothing. */
    private static final Set<String> FILES = Set.of(Store.FILE, Store.FILE + "-wal", Store.FILE + "-shm",
            Store.FILE + "-journal", DataLock.FILE);
    private static final int BUSY_MILLIS = 30_000;

    private StoreCopy() {}

    /**
     * What a database has.
     *
     * @param sessions of the jump host
     * @param open those of them that are not over
     */
    public record Contents(long accounts, long sessions, long open) {}

    /** Whether a file of a data folder is the database, part of it, or the lock. */
    public static boolean isPart(Path file) {
        Path name = file.getFileName();
        return name != null && FILES.contains(name.toString());
    }

    /** Whether a file of a data folder only says that a server has it. */
    public static boolean isLock(Path file) {
        return file.endsWith(DataLock.FILE);
    }

    /** The database's file in a data folder. */
    public static Path file(Path folder) {
        return folder.resolve(Store.FILE);
    }

    /**
     * Writes one file with everything as of one moment, but without sign-ins and links that work once: where the copy is put
     * back, people sign in anew.
     *
     * @param copy must not be there yet
     * @param captures whether uploaded captures are kept beside the copy; without them it does not list any
     */
    public static void make(Path folder, Path copy, boolean captures) throws StoreException {
        try (Connection from = connect(file(folder));
                PreparedStatement vacuum = from.prepareStatement("vacuum into ?")) {
            vacuum.setString(1, copy.toString());
            vacuum.execute();
        } catch (SQLException e) {
            throw unusable(file(folder), e);
        }
        try (Connection to = connect(copy); Statement statement = to.createStatement()) {
            statement.executeUpdate("delete from login_session");
            statement.executeUpdate("delete from one_time_link");
            if (!captures) {
                statement.executeUpdate("delete from capture");
            }
        } catch (SQLException e) {
            throw unusable(copy, e);
        }
    }

    /** Looks into the database of a folder, which nobody uses. */
    public static Contents contents(Path folder) throws StoreException {
        try (Connection in = connect(file(folder)); Statement statement = in.createStatement()) {
            return new Contents(count(statement, "select count(*) from account"),
                    count(statement, "select count(*) from jump_session"),
                    count(statement, "select count(*) from jump_session where is_over = 0"));
        } catch (SQLException e) {
            throw unusable(file(folder), e);
        }
    }

    private static long count(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static Connection connect(Path file) throws SQLException {
        if (!Files.isRegularFile(file)) {
            throw new SQLException("there is no such file");
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        config.setBusyTimeout(BUSY_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return source.getConnection();
    }

    private static StoreException unusable(Path file, SQLException e) {
        String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
        return new StoreException("the database `" + file + "` cannot be read: " + reason);
    }
}
