package io.sluice.manage.index;

import io.sluice.manage.event.Event;
import java.util.List;

/**
 * Events, the newest first.
 *
 * @param more whether there may be older ones; ask for those before the last one's id
 */
public record Page(List<Event> events, boolean more) {}
