package io.sluice.manage.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** The file of the index: opened, or made anew where there is none, one of another version, or one that cannot be read. */
final class Database implements AutoCloseable {
    /** Of tables and of what the columns mean; another one is built anew. */
    private static final String VERSION = "1";
    private static final String FILE = "events.duckdb";
    private static final List<String> TABLES = List.of("event", "denied", "part", "open_read", "anchor", "meta");
    /** The most rows of a page for which DuckDB first finds the rows and then reads their columns. */
    static final int MOST_ROWS = 1000;

    /** There from an opening to an orderly end; what is found there at an opening was killed. */
    private static final String OPEN = "open";

    private final DuckDBConnection connection;
    private final Path open;
    private @Nullable String rebuilt;

    private Database(DuckDBConnection connection, IndexSettings settings) {
        this.connection = connection;
        open = settings.folder().resolve(OPEN);
    }

    static Database open(IndexSettings settings) throws IndexException {
        try {
            Files.createDirectories(settings.folder());
            Database database = new Database(connect(settings), settings);
            database.check();
            if (Files.exists(database.open)) {
                // DuckDB 2.0.0.1 does not always find its way back: deleted rows return, and some are there twice.
                database.rebuild("the server was not stopped in order; the index is built anew from the journal");
            } else {
                Files.createFile(database.open);
            }
            return database;
        } catch (IOException e) {
            throw new IndexException("the folder of the index `" + settings.folder() + "` cannot be made: "
                    + e.getMessage(), e);
        } catch (SQLException e) {
            return openAnew(settings, e);
        }
    }

    /** It holds nothing that the journal does not. But a file that another process has open is none of ours. */
    private static Database openAnew(IndexSettings settings, SQLException why) throws IndexException {
        String message = String.valueOf(why.getMessage());
        if (message.contains("Could not set lock") || message.contains("being used by another process")) {
            throw new IndexException("the index in `" + settings.folder()
                    + "` is in use by another process; stop that one, or give this one another folder", why);
        }
        if (!message.contains("serializ") && !message.contains("not a valid DuckDB") && !message.contains("orrupt")
                && !message.contains("WAL") && !message.contains("storage version")) {
            throw failed(settings, why);
        }
        try {
            delete(settings);
            Database database = new Database(connect(settings), settings);
            database.create();
            if (!Files.exists(database.open)) {
                Files.createFile(database.open);
            }
            database.rebuilt = "the index could not be read and is built anew from the journal: " + firstLine(message);
            return database;
        } catch (IOException | SQLException e) {
            throw failed(settings, e);
        }
    }

    private static IndexException failed(IndexSettings settings, Exception why) {
        return new IndexException("the index in `" + settings.folder() + "` cannot be opened: "
                + firstLine(String.valueOf(why.getMessage())), why);
    }

    static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    private static Path file(IndexSettings settings) {
        return settings.folder().resolve(FILE);
    }

    private static DuckDBConnection connect(IndexSettings settings) throws SQLException {
        Properties options = new Properties();
        options.setProperty("memory_limit", settings.memoryMegabytes() + "MiB");
        options.setProperty("threads", Integer.toString(settings.threads()));
        options.setProperty("temp_directory", settings.folder().resolve("tmp").toString());
        options.setProperty("max_temp_directory_size", "2GiB");
        options.setProperty("checkpoint_threshold", "32MiB");
        options.setProperty("late_materialization_max_rows", Integer.toString(MOST_ROWS));
        options.setProperty("enable_external_access", "false");
        options.setProperty("autoinstall_known_extensions", "false");
        options.setProperty("autoload_known_extensions", "false");
        return (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:" + file(settings), options);
    }

    private static void delete(IndexSettings settings) throws IOException {
        Files.deleteIfExists(file(settings));
        Files.deleteIfExists(settings.folder().resolve(FILE + ".wal"));
    }

    private void check() throws SQLException {
        boolean tables;
        try (Statement s = connection.createStatement();
                ResultSet rows = s.executeQuery("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'meta'")) {
            tables = rows.next() && rows.getLong(1) > 0;
        }
        if (!tables) {
            create();
        } else if (!read("version").equals(Optional.of(VERSION))) {
            rebuild("the index was of another version and is built anew from the journal");
        }
    }

    private void create() throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute("CREATE TABLE event(" + EventRow.COLUMNS + ")");
            s.execute("CREATE TABLE denied(" + EventRow.COLUMNS + ")");
            s.execute("CREATE TABLE part(" + EventRow.PART_COLUMNS + ")");
            s.execute("CREATE TABLE open_read(flow BIGINT, rule VARCHAR, total BIGINT)");
            s.execute("CREATE TABLE anchor(id BIGINT, hash BIGINT)");
            s.execute("CREATE TABLE meta(key VARCHAR, value VARCHAR)");
        }
        write("version", VERSION);
    }

    /** Begins from nothing, in the same file, which others may be reading. */
    void rebuild(String why) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement s = connection.createStatement()) {
            for (String table : TABLES) {
                s.execute("DROP TABLE IF EXISTS " + table);
            }
        }
        create();
        rebuilt = why;
    }

    /** Why it was made anew since the start; null if it was not. */
    @Nullable
    String rebuilt() {
        return rebuilt;
    }

    DuckDBConnection connection() {
        return connection;
    }

    Optional<String> read(String key) throws SQLException {
        try (PreparedStatement s = connection.prepareStatement("SELECT value FROM meta WHERE key = ?")) {
            s.setString(1, key);
            try (ResultSet rows = s.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    void write(String key, String value) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE meta SET value = ? WHERE key = ?")) {
            update.setString(1, value);
            update.setString(2, key);
            if (update.executeUpdate() == 0) {
                try (PreparedStatement insert = connection.prepareStatement("INSERT INTO meta VALUES (?, ?)")) {
                    insert.setString(1, key);
                    insert.setString(2, value);
                    insert.executeUpdate();
                }
            }
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            connection.rollback();
            connection.setAutoCommit(true);
            try (Statement s = connection.createStatement()) {
                s.execute("CHECKPOINT");
            }
        }
        try {
            Files.deleteIfExists(open);
        } catch (IOException e) {
            // The next opening builds the index anew.
        }
    }
}
