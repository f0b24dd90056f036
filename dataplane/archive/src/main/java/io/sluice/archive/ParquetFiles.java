package io.sluice.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/**
 * Makes Parquet of JSON lines, with DuckDB. Its native library is large and unpacked at each start, so that it is loaded
 * when the first file is to be made. One file at a time.
 */
public final class ParquetFiles implements AutoCloseable {
    private static final String URL_IN_MEMORY = "jdbc:duckdb:";
    private static final int ROW_GROUP = 122_880;

    private final Path scratch;
    private final int threads;
    private Optional<Connection> connection = Optional.empty();

    /**
     * Loads nothing yet.
     *
     * @param scratch a folder for what finds no room in memory
     */
    public ParquetFiles(Path scratch, int threads) {
        this.scratch = scratch;
        this.threads = threads;
    }

    /** Reads rows as {@link JsonLines} writes them, and writes them in the same order. Returns when they lie on the disk. */
    public synchronized void convert(Path jsonLines, Path parquet) throws IOException, ArchiveException {
        String columns = Arrays.stream(Column.values()).map(c -> c.word() + ": '" + c.type().sql() + "'")
                .collect(Collectors.joining(", "));
        try {
            execute("COPY (SELECT * FROM read_json(" + quoted(pattern(jsonLines)) + ", format = 'newline_delimited',"
                    + " compression = 'none', columns = {" + columns + "})) TO " + quoted(parquet.toString())
                    + " (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE " + ROW_GROUP + ")");
        } catch (SQLException e) {
            throw new IOException("`" + parquet + "` could not be written: " + firstLine(e), e);
        }
        try (FileChannel file = FileChannel.open(parquet, StandardOpenOption.WRITE)) {
            file.force(true);
        }
    }

    private void execute(String sql) throws SQLException, ArchiveException {
        if (connection.isEmpty()) {
            connection = Optional.of(connect());
        }
        try (Statement statement = connection.get().createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException, ArchiveException {
        Connection made = driver().connect(URL_IN_MEMORY, new Properties());
        if (made == null) {
            throw new SQLException("the driver does not know " + URL_IN_MEMORY);
        }
        try (Statement statement = made.createStatement()) {
            // What is needed is built in; nothing is to be fetched from anywhere.
            statement.execute("SET autoinstall_known_extensions = false");
            statement.execute("SET autoload_known_extensions = false");
            statement.execute("SET threads = " + threads);
            statement.execute("SET memory_limit = '512MB'");
            statement.execute("SET temp_directory = " + quoted(scratch.toString()));
        }
        return made;
    }

    private Driver driver() throws ArchiveException {
        return ServiceLoader.load(Driver.class, ParquetFiles.class.getClassLoader()).stream()
                .filter(d -> d.type().getName().startsWith("org.duckdb.")).findFirst()
                .orElseThrow(() -> new ArchiveException(
                        "Parquet is written with DuckDB, which is missing in this installation;"
                                + " give --rows json"))
                .get();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** DuckDB takes the name of a file to be read for a pattern. */
    private static String pattern(Path file) {
        return file.toString().replaceAll("([\\[*?])", "[$1]");
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    @Override
    public synchronized void close() {
        connection.ifPresent(c -> {
            try {
                c.close();
            } catch (SQLException e) {
                return; // nothing lies in its memory that is not on the disk
            }
        });
        connection = Optional.empty();
    }
}
