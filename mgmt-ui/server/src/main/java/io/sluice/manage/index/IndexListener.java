package io.sluice.manage.index;

import io.sluice.manage.event.Event;
import java.util.List;

/** Hears what was put into the index, in the journal's order, on the index's thread: it returns at once. */
@FunctionalInterface
public interface IndexListener {
    /**
     * Some more records are in the index.
     *
     * @param events without their texts; a question that is asked now finds them
     * @param current false while the index catches up, and these are old
     */
    void indexed(List<Event> events, boolean current);
}
