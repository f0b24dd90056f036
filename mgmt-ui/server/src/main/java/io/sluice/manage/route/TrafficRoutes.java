package io.sluice.manage.route;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.manage.Refused;
import io.sluice.manage.event.Event;
import io.sluice.manage.http.Answer;
import io.sluice.manage.http.Call;
import io.sluice.manage.http.Json;
import io.sluice.manage.http.Operations;
import io.sluice.manage.index.Bucket;
import io.sluice.manage.index.Cancellation;
import io.sluice.manage.index.EventIndex;
import io.sluice.manage.index.Facet;
import io.sluice.manage.index.FacetCount;
import io.sluice.manage.index.IndexException;
import io.sluice.manage.index.Page;
import io.sluice.manage.index.TimeRange;
import io.sluice.manage.index.Total;
import io.sluice.manage.query.Condition;
import io.sluice.manage.query.Field;
import io.sluice.manage.query.Filter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What crossed and what did not: pages of events, counts, one event, the filter language. */
public final class TrafficRoutes implements Operations.Part {
    private static final int MOST_WORDS = 50;
    private static final int MOST_FACETS = 500;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long HOUR_MICROS = 3_600_000_000L;
    private static final double MICROS = 1e6;
    /** Keys of the filter language by which events can be counted. */
    private static final Map<String, Facet> FACETS = Map.ofEntries(Map.entry("conduit", Facet.CONDUIT),
            Map.entry("rule", Facet.RULE), Map.entry("src", Facet.SOURCE), Map.entry("dst", Facet.DESTINATION),
            Map.entry("function", Facet.FUNCTION), Map.entry("do", Facet.OPERATION),
            Map.entry("proto", Facet.PROTOCOL), Map.entry("verdict", Facet.VERDICT), Map.entry("reason", Facet.REASON),
            Map.entry("type", Facet.TYPE), Map.entry("node", Facet.NODE), Map.entry("unit", Facet.UNIT),
            Map.entry("user", Facet.PERSON), Map.entry("session", Facet.SESSION), Map.entry("iface", Facet.INTERFACE),
            Map.entry("policy", Facet.POLICY), Map.entry("host", Facet.SOURCE));

    private final EventIndex index;
    private final Filters filters;
    private final InstantSource clock;

    TrafficRoutes(EventIndex index, Filters filters, InstantSource clock) {
        this.index = index;
        this.filters = filters;
        this.clock = clock;
    }

    @Override
    public void register(Operations operations) {
        operations.on("listEvents", this::list).on("countEventsByTime", this::histogram)
                .on("countEventsByField", this::facets).on("getEvent", this::get).on("checkFilter", this::check)
                .on("completeFilter", this::complete);
    }

    /** A question to the index. */
    interface Question<T> {
        T ask(Cancellation cancellation) throws IndexException;
    }

    static <T> T ask(Question<T> question) throws Refused {
        try {
            return question.ask(new Cancellation());
        } catch (IndexException e) {
            throw switch (e.code()) {
                case BUSY -> Refused.later("busy", String.valueOf(e.getMessage()), 1_000);
                case CANCELLED, TIMEOUT, FAILED -> Refused.unavailable("index-" + e.code().name()
                        .toLowerCase(Locale.ROOT), String.valueOf(e.getMessage()));
            };
        }
    }

    /** An event that the journal still has. */
    static Event event(EventIndex index, long id) throws Refused {
        return ask(_ -> index.event(id)).orElseThrow(() -> Refused.notFound("the journal has no record " + id
                + "; it was deleted for its age, or is not written yet"));
    }

    private record PageView(List<EventView> events, boolean complete, double tookMillis) {}

    private Answer list(Call call) throws Refused {
        long begin = System.nanoTime();
        Condition condition = filters.condition(call.text("filter"));
        Page page = ask(c -> index.page(condition, range(call), call.findNumber("before").orElse(Long.MAX_VALUE),
                (int) call.number("limit"), c));
        return Answer.ok(new PageView(page.events().stream().map(EventView::of).toList(), !page.more(),
                (System.nanoTime() - begin) / NANOS_PER_MILLI));
    }

    static TimeRange range(Call call) {
        return new TimeRange(call.time("since").map(t -> t.toEpochMilli() * 1_000).orElse(TimeRange.ALL.since()),
                call.time("until").map(t -> t.toEpochMilli() * 1_000).orElse(TimeRange.ALL.until()));
    }

    private record BucketView(long allowed, long denied, long other) {
        static final BucketView NONE = new BucketView(0, 0, 0);
    }

    private record HistogramView(String from, double stepSeconds, List<BucketView> buckets) {}

    private Answer histogram(Call call) throws Refused {
        Condition condition = filters.condition(call.text("filter"));
        TimeRange given = range(call);
        long now = clock.millis() * 1_000;
        long until = given.until() == Long.MAX_VALUE ? now : given.until();
        long since = given.since();
        if (since == Long.MIN_VALUE) {
            Total total = ask(c -> index.total(condition, given, c));
            since = total.firstMicros() < 0 ? until - HOUR_MICROS : total.firstMicros();
        }
        int count = (int) call.number("buckets");
        long width = Math.max(1, Math.ceilDiv(Math.max(1, until - since), count));
        long from = Math.floorDiv(since, width) * width;
        TimeRange range = new TimeRange(since, until);
        List<Bucket> found = ask(c -> index.histogram(condition, range, width, c));
        List<BucketView> buckets = new ArrayList<>(java.util.Collections.nCopies(count + 1, BucketView.NONE));
        for (Bucket bucket : found) {
            int at = (int) ((bucket.micros() - from) / width);
            if (at >= 0 && at < buckets.size()) {
                buckets.set(at, new BucketView(bucket.counts().allowed(), bucket.counts().refused(),
                        bucket.counts().watched()));
            }
        }
        return Answer.ok(new HistogramView(Json.time(Event.instant(from)), width / MICROS, buckets));
    }

    private record FacetView(String value, long count, long denied) {
        static FacetView of(FacetCount f) {
            return new FacetView(f.value(), f.counts().all() == 0 ? f.records() : f.counts().all(),
                    f.counts().refused() + f.counts().watched());
        }
    }

    private Answer facets(Call call) throws Refused {
        Condition condition = filters.condition(call.text("filter"));
        Facet facet = facet(call.text("field"));
        return Answer.ok(ask(c -> index.facet(condition, range(call), facet, (int) call.number("limit"), c)).stream()
                .map(FacetView::of).toList());
    }

    private static Facet facet(String key) throws Refused {
        Facet facet = FACETS.get(key);
        if (facet == null) {
            throw Refused.wrong("events cannot be counted by `" + key + "`; they can by "
                    + String.join(", ", FACETS.keySet().stream().sorted().toList()));
        }
        return facet;
    }

    private record FieldView(String name, String value) {}

    private record DetailView(EventView event, JsonNode record, List<FieldView> fields, @Nullable String hex,
            @Nullable Boolean hexCut) {}

    private Answer get(Call call) throws Refused {
        Event event = event(index, call.number("id"));
        try {
            JsonNode record = Json.MAPPER.readTree(event.raw());
            List<FieldView> fields = new ArrayList<>();
            JsonNode message = record.path(event.protocol());
            flatten("", message, fields);
            JsonNode own = record.path("sluice");
            return Answer.ok(new DetailView(EventView.of(event), record, fields,
                    own.path("bytes").isTextual() ? own.path("bytes").asText() : null,
                    own.path("bytes_cut").asBoolean() ? Boolean.TRUE : null));
        } catch (JsonProcessingException e) {
            throw Refused.unavailable("unreadable", "the journal's record " + event.id() + " cannot be read");
        }
    }

    private static void flatten(String path, JsonNode node, List<FieldView> fields) {
        if (node.isObject()) {
            node.properties().forEach(e -> flatten(path.isEmpty() ? e.getKey() : path + "." + e.getKey(), e.getValue(),
                    fields));
        } else if (!node.isMissingNode()) {
            fields.add(new FieldView(path, node.isValueNode() ? node.asText() : node.toString()));
        }
    }

    private record FilterProblemView(int from, int to, String text) {}

    private record FilterView(@Nullable String canonical, List<FilterProblemView> problems) {}

    private Answer check(Call call) {
        return Answer.ok(switch (Filter.parse(call.text("filter"))) {
            case Filter.Result.Parsed parsed -> new FilterView(parsed.filter().toString(), List.of());
            case Filter.Result.Refused refused -> new FilterView(null, refused.problems().stream()
                    .map(p -> new FilterProblemView(p.from(), p.to(), p.sentence())).toList());
        });
    }

    private record Word(String word, @Nullable String note) {}

    private Answer complete(Call call) throws Refused {
        Optional<String> key = call.find("key").filter(k -> !k.isEmpty());
        String start = call.text("start").toLowerCase(Locale.ROOT);
        if (key.isEmpty()) {
            return Answer
                    .ok(Arrays.stream(Field.values()).filter(f -> !f.word().isEmpty() && f.word().startsWith(start))
                            .map(f -> new Word(f.word(), f.help())).toList());
        }
        Facet facet = FACETS.get(key.get());
        if (facet == null) {
            return Answer.ok(List.of());
        }
        return Answer.ok(ask(c -> index.facet(Condition.ALL, TimeRange.ALL, facet, MOST_FACETS, c)).stream()
                .map(FacetCount::value).filter(v -> !v.isEmpty() && v.toLowerCase(Locale.ROOT).startsWith(start))
                .limit(MOST_WORDS).map(v -> new Word(v, null)).toList());
    }
}
