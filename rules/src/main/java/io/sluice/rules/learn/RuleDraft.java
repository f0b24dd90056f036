package io.sluice.rules.learn;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A rule that is proposed.
 *
 * @param letter with which its id begins
 * @param keys from {@code do} on, each with one value or several, as a policy writes them
 * @param decide why a person has to decide about it; empty for what changes nothing
 * @param span where it comes from
 * @param notes more lines for people
 * @param wide it may allow what other rules of its conduit allow, too
 * @param does requests that it allows, the most frequent first
 */
record RuleDraft(char letter, Map<String, List<String>> keys, Optional<String> decide, Span span, int confidence,
        List<String> notes, boolean wide, List<Example> does) {
    /** A request in words, and how often it was seen. */
    record Example(String does, long count) {}

    RuleDraft {
        keys = new LinkedHashMap<>(keys);
        notes = List.copyOf(notes);
        does = List.copyOf(does);
    }
}
