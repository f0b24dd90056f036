package io.sluice.manage.index;

import io.sluice.journal.JournalReader;
import io.sluice.manage.event.Event;
import io.sluice.manage.event.EventParser;
import io.sluice.manage.event.Judgement.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Brings records from the journal into the index. The number of the next record is kept in the same transaction as the rows, so
 * however the process ends, none is missing and none is there twice. One thread.
 */
final class IndexWriter implements AutoCloseable {
    private static final String POSITION = "position";
    private static final String JOURNAL = "journal";
    private static final String SKIPPED = "skipped";
    private static final String KEY_FILE = "journal.pub";

    private final IndexSettings settings;
    private final Database database;
    private final EventParser parser = new EventParser();
    private final ReadCounts reads = new ReadCounts();
    private Anchors anchors;
    private @Nullable JournalReader reader;
    private long position;
    private long oldest;
    private long least;
    private long skipped;
    /** Before this reader, which counts its own. */
    private long skippedBefore;

    /** @param database is closed here */
    IndexWriter(IndexSettings settings, Database database) throws IndexException {
        this.settings = settings;
        this.database = database;
        anchors = new Anchors(database, settings.journal());
        try {
            load();
        } catch (SQLException e) {
            throw new IndexException("the index cannot be read: " + Database.firstLine(String.valueOf(e.getMessage())),
                    e);
        }
    }

    private void load() throws SQLException {
        database.connection().setAutoCommit(true);
        position = Long.parseLong(database.read(POSITION).orElse("0"));
        skipped = Long.parseLong(database.read(SKIPPED).orElse("0"));
        oldest = -1;
        anchors = new Anchors(database, settings.journal());
        reads.load(database);
        database.connection().setAutoCommit(false);
    }

    long position() {
        return position;
    }

    /** The number of the oldest record of the journal; -1 as long as that is not known. */
    long oldest() {
        return oldest;
    }

    /** So many records the journal has at least. */
    long least() {
        return least;
    }

    long skipped() {
        return skipped;
    }

    /** The next step compares journal and rows before it goes on. */
    void compareAgain() {
        leave();
    }

    /** What was indexed; its size says whether there may be more at once. */
    List<Event> step() throws IOException, SQLException {
        if (!Files.isDirectory(settings.journal())) {
            return List.of();
        }
        if (reader == null) {
            compare();
            reader = JournalReader.open(settings.journal(), position);
            skippedBefore = skipped;
        }
        least = JournalReader.newest(settings.journal()).orElse(0);
        JournalReader from = reader;
        List<Event> batch = new ArrayList<>(256);
        boolean written = false;
        try {
            written = append(from, batch);
        } finally {
            if (!written) {
                restart();
            }
        }
        if (batch.isEmpty() && another()) {
            leave();
        }
        return batch;
    }

    /** After a failure all is as the last transaction left it. */
    private void restart() throws SQLException {
        leave();
        database.connection().rollback();
        load();
    }

    private void leave() {
        JournalReader left = reader;
        reader = null;
        if (left != null) {
            try {
                left.close();
            } catch (IOException e) {
                // it was only read
            }
        }
    }

    private boolean append(JournalReader from, List<Event> batch) throws IOException, SQLException {
        if (!from.next()) {
            sweep();
            return true;
        }
        DuckDBConnection connection = database.connection();
        long next = position;
        long hash = 0;
        try (DuckDBAppender event = connection.createAppender("event");
                DuckDBAppender denied = connection.createAppender("denied");
                DuckDBAppender part = connection.createAppender("part")) {
            do {
                Event e = parser.parseBriefly(from.index(), from.bytes(), from.from(), from.length());
                boolean keeps = EventRow.keepsText(e);
                String text = keeps
                        ? new String(from.bytes(), from.from(), from.length(), StandardCharsets.UTF_8)
                        : "";
                EventRow.append(e.judgement().verdict() == Verdict.DENY ? denied : event, e, text);
                if (keeps) {
                    EventRow.appendParts(part, e);
                }
                reads.take(event, e);
                batch.add(e);
                next = from.index() + 1;
                hash = Anchors.hash(from.bytes(), from.from(), from.length());
            } while (batch.size() < settings.batch() && from.next());
        }
        reads.save(database);
        anchors.keep(next - 1, hash);
        database.write(POSITION, Long.toString(next));
        database.write(SKIPPED, Long.toString(skippedBefore + from.skipped()));
        deleteOld();
        connection.commit();
        position = next;
        skipped = skippedBefore + from.skipped();
        return true;
    }

    /** Deletes what the journal has deleted, when nothing new comes. */
    private void sweep() throws IOException, SQLException {
        if (deleteOld()) {
            database.connection().commit();
        }
    }

    private boolean deleteOld() throws IOException, SQLException {
        OptionalLong first = JournalReader.oldest(settings.journal());
        if (first.isEmpty() || first.getAsLong() == oldest) {
            return false;
        }
        oldest = first.getAsLong();
        delete("id < " + oldest);
        return true;
    }

    private void delete(String which) throws SQLException {
        try (Statement s = database.connection().createStatement()) {
            s.execute("DELETE FROM event WHERE " + which);
            s.execute("DELETE FROM denied WHERE " + which);
            s.execute("DELETE FROM part WHERE " + which);
        }
    }

    /** Sees that the journal is the one that the rows came from; else goes back as far as needed. */
    private void compare() throws IOException, SQLException {
        String key = key();
        String before = database.read(JOURNAL).orElse("");
        if (!key.isEmpty() && !before.isEmpty() && !key.equals(before)) {
            rebuild("the folder has another journal than before; the index is built anew from it");
        }
        OptionalLong common = anchors.common(position);
        if (common.isEmpty()) {
            rebuild("the journal is not the one that the index was made of; the index is built anew from it");
        } else if (common.getAsLong() < position) {
            position = common.getAsLong();
            delete("id >= " + position);
            try (Statement s = database.connection().createStatement()) {
                s.execute("DELETE FROM open_read");
                s.execute("DELETE FROM anchor WHERE id >= " + position);
            }
            database.write(POSITION, Long.toString(position));
            database.connection().commit();
            load();
        }
        if (!key.isEmpty() && !key.equals(before)) {
            database.write(JOURNAL, key);
            database.connection().commit();
        }
    }

    /** Whether somebody has put another journal into the folder. */
    private boolean another() throws IOException, SQLException {
        String key = key();
        return !key.isEmpty() && !key.equals(database.read(JOURNAL).orElse(key));
    }

    private String key() throws IOException {
        Path file = settings.journal().resolve(KEY_FILE);
        return Files.isReadable(file) ? Files.readString(file).strip() : "";
    }

    private void rebuild(String why) throws SQLException {
        database.rebuild(why);
        load();
    }

    @Override
    public void close() throws SQLException {
        leave();
        database.close();
    }
}
