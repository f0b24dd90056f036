package io.sluice.inline;

import java.util.Map;

/** Takes what people and management did, for the journal. Any thread; returns at once and never throws. */
@FunctionalInterface
public interface ManagementLog {
    /**
     * Takes one event.
     *
     * @param type one word, such as {@code policy.applied}
     * @param fields in the order in which they are to be read
     */
    void append(String type, Map<String, String> fields);
}
