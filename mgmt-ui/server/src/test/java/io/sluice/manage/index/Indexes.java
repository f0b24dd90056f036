package io.sluice.manage.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.manage.event.Event;
import io.sluice.manage.query.Condition;
import io.sluice.manage.query.Filter;
import io.sluice.manage.query.FilterContext;
import java.util.ArrayList;
import java.util.List;

/** What tests of the index do again and again. */
final class Indexes {
    private static final int PAGE = 1000;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private Indexes() {}

    static void awaitPosition(EventIndex index, long position) throws InterruptedException {
        long until = System.nanoTime() + PATIENCE_NANOS;
        while (index.state().position() < position || !index.state().current()) {
            assertTrue(System.nanoTime() < until, () -> index.state().toString());
            Thread.sleep(10);
        }
        assertEquals(position, index.state().position());
    }

    static Condition condition(String filter) {
        return ((Filter.Result.Parsed) Filter.parse(filter)).filter().under(FilterContext.at(0));
    }

    /** All events that meet a condition, page by page. */
    static List<Event> all(EventIndex index, Condition condition) throws IndexException {
        List<Event> all = new ArrayList<>();
        Page page = index.page(condition, TimeRange.ALL, Long.MAX_VALUE, PAGE, new Cancellation());
        all.addAll(page.events());
        while (page.more()) {
            page = index.page(condition, TimeRange.ALL, all.getLast().id(), PAGE, new Cancellation());
            all.addAll(page.events());
        }
        return all;
    }

    static Total total(EventIndex index, String filter) throws IndexException {
        return index.total(condition(filter), TimeRange.ALL, new Cancellation());
    }
}
