package io.sluice.rules.policy;

import java.util.List;

/** A YAML tree with positions and nothing else: no types, tags, anchors. What a value means, its reader decides. */
public sealed interface Yaml {
    Position position();

    /** A scalar. {@code plain}: written without quotes. */
    record Text(String value, boolean plain, Position position) implements Yaml {}

    record Sequence(List<Yaml> items, Position position) implements Yaml {}

    /** Entries in the order of the file; no key occurs twice. */
    record Mapping(List<Entry> entries, Position position) implements Yaml {}

    record Entry(Text key, Yaml value) {}
}
