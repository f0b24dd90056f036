package io.sluice.manage.jump;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.sluice.manage.http.Json;
import io.sluice.manage.store.Store;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** Jump sessions in the store: each is a document, since nothing but id, person, time and end is ever searched for. */
final class JumpStore {
    private static final ObjectMapper DOCUMENTS = documents();

    private final Store store;

    /** A session, and what came of it. */
    record Kept(Jump jump, Activity activity) {}

    JumpStore(Store store) {
        this.store = store;
    }

    boolean exists(String id) {
        return store.ask(h -> h.createQuery("select count(*) from jump_session where id = :id").bind("id", id)
                .mapTo(Integer.class).one()) > 0;
    }

    void add(Jump jump) {
        store.change(h -> h.createUpdate("insert into jump_session (id, person, at, is_over, document, activity)"
                + " values (:id, :person, :at, 0, :document, :activity)").bind("id", jump.id())
                .bind("person", jump.person()).bind("at", jump.request().at().toEpochMilli())
                .bind("document", text(jump)).bind("activity", text(Activity.NONE)).execute());
    }

    void keep(Jump jump, Activity activity) {
        store.change(h -> h.createUpdate("update jump_session set is_over = :over, document = :document,"
                + " activity = :activity where id = :id").bind("over", jump.end() == null ? 0 : 1)
                .bind("document", text(jump)).bind("activity", text(activity)).bind("id", jump.id()).execute());
    }

    /** All that are not over. */
    List<Kept> live() {
        return store.ask(h -> h.createQuery("select * from jump_session where is_over = 0").map((row, _) -> read(row))
                .list());
    }

    Optional<Kept> find(String id) {
        return store.ask(h -> h.createQuery("select * from jump_session where id = :id").bind("id", id)
                .map((row, _) -> read(row)).findOne());
    }

    /**
     * Sessions that are over, newest first.
     *
     * @param person whose; empty: everybody's
     */
    List<Kept> over(String person, int most) {
        return store.ask(h -> h.createQuery("select * from jump_session where is_over = 1 and (:person = ''"
                + " or person = :person) order by at desc limit :most").bind("person", person).bind("most", most)
                .map((row, _) -> read(row)).list());
    }

    private static Kept read(ResultSet row) throws SQLException {
        try {
            return new Kept(DOCUMENTS.readValue(row.getString("document"), Jump.class),
                    DOCUMENTS.readValue(row.getString("activity"), Activity.class));
        } catch (JsonProcessingException e) {
            throw new SQLException("session `" + row.getString("id") + "` cannot be read", e);
        }
    }

    static String text(Object document) {
        try {
            return DOCUMENTS.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new AssertionError("records can be written as JSON", e);
        }
    }

    static Jump jump(String document) throws JsonProcessingException {
        return DOCUMENTS.readValue(document, Jump.class);
    }

    /** Times and spans in milliseconds. */
    private static ObjectMapper documents() {
        SimpleModule times = new SimpleModule();
        times.addSerializer(Instant.class, written(Instant::toEpochMilli));
        times.addSerializer(Duration.class, written(Duration::toMillis));
        times.addDeserializer(Instant.class, read(Instant::ofEpochMilli));
        times.addDeserializer(Duration.class, read(Duration::ofMillis));
        return Json.MAPPER.copy().registerModule(times);
    }

    private static <T> JsonSerializer<T> written(ToLongFunction<T> millis) {
        return new JsonSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeNumber(millis.applyAsLong(value));
            }
        };
    }

    private static <T> JsonDeserializer<T> read(LongFunction<T> value) {
        return new JsonDeserializer<>() {
            @Override
            public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
                return value.apply(in.getLongValue());
            }
        };
    }
}
