package io.sluice.rules.policy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A map with a fixed set of keys. Keys outside the set are reported when it is opened. */
public final class Section {
    private final Map<String, Yaml> values = new LinkedHashMap<>();
    private final Position position;
    private final String what;
    private final Problems problems;

    /** @param what the map, in sentences: {@code "zone `cell`"} */
    public Section(Yaml.Mapping map, Keys keys, String what, Problems problems) {
        this.position = map.position();
        this.what = what;
        this.problems = problems;
        for (Yaml.Entry entry : map.entries()) {
            if (keys.known().contains(entry.key().value())) {
                values.put(entry.key().value(), entry.value());
            } else {
                refuse(entry.key(), keys);
            }
        }
    }

    private void refuse(Yaml.Text key, Keys keys) {
        String quoted = Problems.quote(key.value());
        String later = keys.notYet().get(key.value());
        String successor = keys.removed().get(key.value());
        if (later != null) {
            problems.error(key.position(),
                    quoted + " is not yet supported; " + later);
        } else if (successor != null) {
            problems.error(key.position(), quoted + " is no longer part of the language; use `" + successor + "`");
        } else {
            problems.unknown(key.position(), "key", key.value(), keys.known());
        }
    }

    public Optional<Yaml> find(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** A key that must be there; its absence is reported. */
    public Optional<Yaml> require(String key) {
        Optional<Yaml> value = find(key);
        if (value.isEmpty()) {
            problems.error(position, what + " needs `" + key + "`");
        }
        return value;
    }

    /** All keys that were known, in the order of the file. */
    public Map<String, Yaml> all() {
        return values;
    }

    public Position position() {
        return position;
    }
}
