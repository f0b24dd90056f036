package io.sluice.manage.firewall;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.control.ControlException;
import io.sluice.control.v1.AppendJournalRequest;
import io.sluice.manage.Diary;
import io.sluice.manage.store.Store;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;

/**
 * What people did, on its way to the firewall's journal. It is kept in the store until the firewall has taken it, so that
 * neither a stopped firewall nor a restart of this server loses it; when that was not at once, the note says so.
 */
public final class JournalNotes implements Diary, AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, String>> FIELDS = new TypeReference<>() {
    };
    /** So many wait at most while no firewall runs; the oldest go first. */
    private static final int MOST_WAITING = 10_000;
    private static final int BATCH = 100;
    private static final long RETRY_SECONDS = 5;
    private static final long LATE_MILLIS = 10_000;

    private final Store store;
    private final FirewallLink firewall;
    private final InstantSource clock;
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("journal-notes").daemon().factory());

    private record Note(String id, long at, String type, String person, String fields) {}

    public JournalNotes(Store store, FirewallLink firewall, InstantSource clock) {
        this.store = store;
        this.firewall = firewall;
        this.clock = clock;
        var _ = sender.scheduleWithFixedDelay(this::send, RETRY_SECONDS, RETRY_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void note(String type, String person, Map<String, String> fields) {
        String json;
        try {
            json = JSON.writeValueAsString(new TreeMap<>(fields));
        } catch (JsonProcessingException e) {
            throw new AssertionError("texts can be written as JSON", e);
        }
        store.change(h -> h.createUpdate("insert into journal_note (id, at, type, person, fields)"
                + " values (:id, :at, :type, :person, :fields)").bind("id", UUID.randomUUID().toString())
                .bind("at", clock.millis()).bind("type", type).bind("person", person).bind("fields", json).execute());
        if (!sender.isShutdown()) {
            sender.execute(this::send);
        }
    }

    private void send() {
        try {
            List<Note> waiting = oldest();
            while (!waiting.isEmpty()) {
                for (Note note : waiting) {
                    if (!deliver(note)) {
                        trim();
                        return;
                    }
                    store.change(h -> h.createUpdate("delete from journal_note where id = :id").bind("id", note.id())
                            .execute());
                }
                waiting = oldest();
            }
        } catch (JdbiException e) {
            // The store is away; the next turn tries again.
        }
    }

    private List<Note> oldest() {
        return store.ask(h -> h.createQuery("select * from journal_note order by at limit " + BATCH)
                .map((row, _) -> new Note(row.getString("id"), row.getLong("at"), row.getString("type"),
                        row.getString("person"), row.getString("fields")))
                .list());
    }

    private boolean deliver(Note note) {
        AppendJournalRequest.Builder request = AppendJournalRequest.newBuilder().setType(note.type())
                .setPerson(note.person());
        try {
            request.putAllFields(JSON.readValue(note.fields(), FIELDS));
        } catch (JsonProcessingException e) {
            request.putFields("fields", note.fields());
        }
        if (clock.millis() - note.at() > LATE_MILLIS) {
            request.putFields("happened", java.time.Instant.ofEpochMilli(note.at()).toString());
        }
        try {
            return !firewall.call(c -> c.appendJournal(request.build())).hasRefusal();
        } catch (ControlException e) {
            return false;
        }
    }

    private void trim() {
        store.change(h -> h.execute("delete from journal_note where id in (select id from journal_note order by at desc"
                + " limit 100000 offset " + MOST_WAITING + ")"));
    }

    /** Waits for what can be delivered at once. */
    @Override
    public void close() {
        sender.shutdown();
        try {
            sender.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
