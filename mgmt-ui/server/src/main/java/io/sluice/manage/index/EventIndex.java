package io.sluice.manage.index;

import io.sluice.journal.JournalReader;
import io.sluice.manage.event.Event;
import io.sluice.manage.event.EventParser;
import io.sluice.manage.query.Condition;
import io.sluice.manage.query.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Search in all that the journal has. It follows the journal on a thread of its own; questions are for any thread, wait for
 * their answer, and can be cancelled. Limits: {@link Database#MOST_ROWS} events a page.
 */
public final class EventIndex implements AutoCloseable {
    private static final long RETRY_MILLIS = 2000;
    private static final int JOIN_SECONDS = 20;
    /** Where more than this come between two looks, fewer looks: a transaction of many rows costs little more than one of few. */
    private static final int MANY = 200;
    private static final long MANY_MILLIS = 700;

    private final IndexSettings settings;
    private final Database database;
    private final IndexWriter writer;
    private final Readers readers;
    private final IndexQueries queries;
    private final List<IndexListener> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private volatile IndexState state;
    private volatile boolean compare;

    private EventIndex(IndexSettings settings, Database database) throws IndexException {
        this.settings = settings;
        this.database = database;
        writer = new IndexWriter(settings, database);
        readers = new Readers(database);
        queries = new IndexQueries(readers);
        state = stateOf(false, null);
        thread = new Thread(this::follow, "index");
        thread.setDaemon(true);
    }

    /** Opens the index, or makes one, and begins to follow the journal. */
    public static EventIndex open(IndexSettings settings) throws IndexException {
        EventIndex index = new EventIndex(settings, Database.open(settings));
        index.thread.start();
        return index;
    }

    private void follow() {
        boolean more = true;
        while (more) {
            long wait = settings.poll().toMillis();
            try {
                if (compare) {
                    compare = false;
                    writer.compareAgain();
                }
                List<Event> events = writer.step();
                boolean current = events.size() < settings.batch();
                state = stateOf(current, null);
                wait = !current ? 0 : events.size() > MANY ? Math.max(wait, MANY_MILLIS) : wait;
                if (!events.isEmpty()) {
                    listeners.forEach(listener -> listener.indexed(events, current));
                }
            } catch (IOException e) {
                state = stateOf(false, "the journal in `" + settings.journal() + "` cannot be read: "
                        + e.getMessage());
                wait = RETRY_MILLIS;
            } catch (SQLException e) {
                state = stateOf(false, "the index in `" + settings.folder()
                        + "` cannot be written; nothing is lost, the journal has it: "
                        + Database.firstLine(String.valueOf(e.getMessage())));
                wait = RETRY_MILLIS;
            }
            more = !stopped(wait);
        }
    }

    private boolean stopped(long millis) {
        try {
            return stop.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    private IndexState stateOf(boolean current, @Nullable String alarm) {
        return new IndexState(writer.position(), writer.oldest(), writer.least(), current, writer.skipped(),
                database.rebuilt(), alarm);
    }

    public IndexState state() {
        return state;
    }

    /**
     * Sees at the next step that the journal is still the one that the index was made of: for the moment when the firewall
     * was started again, since what it found torn it cut off, and what it found damaged it put aside.
     */
    public void compareAgain() {
        compare = true;
    }

    /** From now on the listener hears what is indexed, until what is returned is closed. */
    public AutoCloseable listen(IndexListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /**
     * Events that meet a condition, the newest first.
     *
     * @param before only those with smaller ids; {@link Long#MAX_VALUE} for the newest
     * @param limit how many at most, 1 to 1000
     */
    public Page page(Condition condition, TimeRange range, long before, int limit, Cancellation cancellation)
            throws IndexException {
        long from = Math.min(before, state.position());
        return queries.page(condition, range, from, Math.max(0, state.oldest()),
                Math.clamp(limit, 1, Database.MOST_ROWS), cancellation);
    }

    /** One event with its text; empty if the journal has deleted it, or does not have it yet. */
    public Optional<Event> event(long id) throws IndexException {
        Path journal = settings.journal();
        if (id < 0 || !Files.isDirectory(journal)) {
            return Optional.empty();
        }
        try (JournalReader reader = JournalReader.open(journal, id)) {
            return reader.next() && reader.index() == id
                    ? Optional.of(new EventParser().parse(id,
                            new String(reader.bytes(), reader.from(), reader.length(), StandardCharsets.UTF_8)))
                    : Optional.empty();
        } catch (IOException e) {
            throw new IndexException("the journal in `" + journal + "` cannot be read: " + e.getMessage(), e);
        }
    }

    /** All records of a flow that is known to the index, the newest first. */
    public Page flow(long flow, long before, int limit, Cancellation cancellation) throws IndexException {
        return page(Condition.flow(flow), TimeRange.ALL, before, limit, cancellation);
    }

    /**
     * Counts in equal spans of time; spans without events are left out.
     *
     * @param widthMicros of a span, microseconds; they begin at multiples of it since 1970-01-01T00:00Z
     */
    public List<Bucket> histogram(Condition condition, TimeRange range, long widthMicros, Cancellation cancellation)
            throws IndexException {
        List<Bucket> buckets = new ArrayList<>();
        readers.query(queries.histogram(condition, range, Math.max(1, widthMicros)), cancellation,
                row -> buckets.add(new Bucket(row.getLong("bucket"), Counts.of(row))));
        return buckets;
    }

    /** The most frequent values, by the number of messages. */
    public List<FacetCount> facet(Condition condition, TimeRange range, Facet facet, int most,
            Cancellation cancellation) throws IndexException {
        List<FacetCount> counts = new ArrayList<>();
        readers.query(queries.facet(condition, range, facet, most), cancellation,
                row -> counts.add(new FacetCount(row.getString("value"), row.getLong("records"), Counts.of(row),
                        row.getLong("last"))));
        return counts;
    }

    /** Who asked whom, by the number of messages. */
    public List<Relation> relations(Condition condition, TimeRange range, int most, Cancellation cancellation)
            throws IndexException {
        List<Relation> relations = new ArrayList<>();
        readers.query(queries.relations(condition, range, most), cancellation,
                row -> relations.add(new Relation(row.getString("asks"), row.getString("asked"),
                        row.getString("conduit"), row.getString("protocol"), Counts.of(row), row.getLong("last"))));
        return relations;
    }

    /** Who tried to reach whom without a conduit, the most frequent first. */
    public List<Attempt> attempts(TimeRange range, int most, Cancellation cancellation) throws IndexException {
        List<Attempt> attempts = new ArrayList<>();
        readers.query(queries.attempts(range, most), cancellation,
                row -> attempts.add(new Attempt(row.getString("asks"), row.getString("asks_addr"),
                        row.getString("asked"), row.getString("asked_addr"), row.getLong("denied"),
                        row.getLong("last"))));
        return attempts;
    }

    /** How far back the index reaches, microseconds since 1970-01-01T00:00Z; empty where it has nothing. */
    public OptionalLong reachesBackTo() throws IndexException {
        long[] first = {-1};
        readers.query(
                new Sql().add("SELECT coalesce(least((SELECT min(time) FROM event), (SELECT min(time) FROM denied)),"
                        + " -1)"),
                new Cancellation(), row -> first[0] = row.getLong(1));
        return first[0] < 0 ? OptionalLong.empty() : OptionalLong.of(first[0]);
    }

    /** How many records and messages meet a condition. */
    public Total total(Condition condition, TimeRange range, Cancellation cancellation) throws IndexException {
        List<Total> total = new ArrayList<>();
        readers.query(queries.total(condition, range), cancellation,
                row -> total.add(new Total(row.getLong("records"), Counts.of(row), row.getLong("first"),
                        row.getLong("last"))));
        return total.getFirst();
    }

    /** For tests: any question. */
    void ask(Sql sql, Cancellation cancellation, Readers.RowReader reader) throws IndexException {
        readers.query(sql, cancellation, reader);
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(JOIN_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        readers.close();
        try {
            writer.close();
        } catch (SQLException e) {
            // whatever is not on disk is read from the journal again
        }
    }
}
