package io.sluice.manage.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.manage.event.Event;
import io.sluice.manage.event.EventReader;
import io.sluice.manage.query.Condition;
import io.sluice.manage.query.Filter;
import io.sluice.manage.query.FilterContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a filter says of an event and what the index finds are the same, and nothing of an event is lost in the index. */
class FilterAgreementProperties {
    private static final int RECORDS = 1500;
    private static final int FILTERS = 120;

    @TempDir
    Path folder;

    @Test
    void filterAndIndexAgree() throws Exception {
        RandomRecords records = new RandomRecords(Long.getLong("seed", 1));
        Path journal = Files.createDirectories(folder.resolve("journal"));
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            lines.add(records.line());
        }
        Files.write(journal.resolve("journal-0000000000000000.jsonl"), lines);
        List<Event> events;
        try (EventReader reader = EventReader.open(journal, 0)) {
            events = reader.read(RECORDS + 1, false);
        }
        assertEquals(RECORDS, events.size());
        FilterContext context = new FilterContext(RandomRecords.START + 3_600_000_000L,
                zone -> zone.equals("cell") ? Set.of("cell", "plc-1", "plc-3a") : Set.of(zone));
        int meaningful = 0;
        try (EventIndex index = EventIndex.open(IndexSettings.in(folder.resolve("index"), journal))) {
            Indexes.awaitPosition(index, RECORDS);
            assertEquals(events.reversed(), Indexes.all(index, Condition.ALL));
            for (int i = 0; i < FILTERS; i++) {
                String text = records.filter();
                Filter filter = assertInstanceOf(Filter.Result.Parsed.class, Filter.parse(text), text).filter();
                assertEquals(filter, ((Filter.Result.Parsed) Filter.parse(filter.toString())).filter(), text);
                Condition condition = filter.under(context);
                List<Long> expected = events.reversed().stream().filter(condition).map(Event::id).toList();
                List<Long> found = Indexes.all(index, condition).stream().map(Event::id).toList();
                assertEquals(expected, found, () -> text + ": " + differing(expected, found, lines));
                Total total = index.total(condition, TimeRange.ALL, new Cancellation());
                assertEquals(expected.size(), total.records(), text);
                meaningful += expected.isEmpty() || expected.size() == RECORDS ? 0 : 1;
            }
        }
        assertTrue(meaningful > FILTERS / 2, "only " + meaningful + " filters chose");
    }

    private static String differing(List<Long> expected, List<Long> found, List<String> lines) {
        List<Long> either = new ArrayList<>(expected);
        either.addAll(found);
        either.removeIf(id -> expected.contains(id) && found.contains(id));
        return either.stream().limit(3).map(id -> id + " " + lines.get(id.intValue()))
                .collect(Collectors.joining("\n"));
    }
}
