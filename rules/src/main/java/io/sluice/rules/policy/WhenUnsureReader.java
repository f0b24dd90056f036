package io.sluice.rules.policy;

import java.util.Optional;

/** Reads {@code when_unsure}. */
final class WhenUnsureReader {
    private final Values values;

    WhenUnsureReader(Values values) {
        this.values = values;
    }

    WhenUnsure read(Yaml value) {
        return values.map(value, "when_unsure").map(map -> {
            Section section = new Section(map, Keys.WHEN_UNSURE, "when_unsure", values.problems());
            WhenUnsure standard = WhenUnsure.DEFAULT;
            return new WhenUnsure(action(section, "malformed", standard.malformed()),
                    action(section, "opaque", standard.opaque()), action(section, "midstream", standard.midstream()),
                    action(section, "overload", standard.overload()));
        }).orElse(WhenUnsure.DEFAULT);
    }

    private OnDeny action(Section section, String key, OnDeny standard) {
        Optional<Yaml> value = section.find(key);
        if (value.isPresent() && value.get() instanceof Yaml.Text text && text.value().equals("reply")) {
            values.problems().error(text.position(), "`" + key + "` cannot be `reply`: what is not understood cannot be"
                    + " answered; use `reset` or `drop`");
            return standard;
        }
        return value.flatMap(v -> values.word(v, key, Words.WHEN_UNSURE)).orElse(standard);
    }
}
