package io.sluice.manage.store;

import io.sluice.manage.settings.ManageSettings;
import io.sluice.manage.settings.ManageSettings.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/** The database: opened, brought to the present schema, and asked in transactions. Threads may share one. */
public final class Store implements AutoCloseable {
    private static final String MIGRATIONS = "classpath:io/sluice/manage/store/migration";
    static final String FILE = "manage.db";
    private static final int BUSY_MILLIS = 5_000;
    private static final int CONNECT_SECONDS = 10;

    private final OneConnection connection;
    private final Jdbi jdbi;
    private final String description;

    private Store(DataSource source, boolean remote, String description) {
        this.connection = new OneConnection(source, remote);
        this.jdbi = Jdbi.create(connection);
        this.description = description;
    }

    /** Opens the database that the settings name. */
    public static Store open(ManageSettings settings) throws StoreException {
        return settings.database().isPresent() ? postgresql(settings.database().get()) : sqlite(settings.data());
    }

    private static Store sqlite(Path folder) throws StoreException {
        Path file = folder.resolve(FILE);
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        // What is removed or replaced, such as a secret, does not stay behind in the file.
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true");
        config.setBusyTimeout(BUSY_MILLIS);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        try {
            if (!Files.exists(file)) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString("rw-------")));
            }
        } catch (IOException e) {
            throw new StoreException("the database `" + file + "` cannot be made: " + e.getMessage());
        }
        return migrated(source, false, "sqlite, " + file);
    }

    private static Store postgresql(Database database) throws StoreException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url());
        source.setUser(database.user());
        source.setConnectTimeout(CONNECT_SECONDS);
        if (database.passwordFile().isPresent()) {
            Path file = database.passwordFile().get();
            try {
                source.setPassword(Files.readString(file).strip());
            } catch (IOException e) {
                throw new StoreException("the password of the database cannot be read from `" + file + "`");
            }
        }
        return migrated(source, true, "postgresql, " + database.url());
    }

    private static Store migrated(DataSource source, boolean remote, String description) throws StoreException {
        try {
            Flyway.configure(Store.class.getClassLoader()).dataSource(source).locations(MIGRATIONS).load().migrate();
        } catch (FlywayException e) {
            throw new StoreException("the database (" + description + ") cannot be used: " + reason(e)
                    + "; if a newer Sluice has written it, use that one");
        }
        return new Store(source, remote, description);
    }

    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && !(cause instanceof SQLException)) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).lines().map(String::strip).filter(line -> !line.isEmpty())
                .findFirst().orElse("no reason given");
    }

    /** Asks, or changes, everything or nothing. Not to be called within another call. */
    public <T, X extends Exception> T ask(HandleCallback<T, X> question) throws X {
        return jdbi.inTransaction(question);
    }

    /** The same without an answer. */
    public <X extends Exception> void change(HandleConsumer<X> change) throws X {
        jdbi.useTransaction(change);
    }

    /** {@code sqlite} or {@code postgresql}, and where. */
    public String description() {
        return description;
    }

    @Override
    public void close() {
        connection.close();
    }
}
