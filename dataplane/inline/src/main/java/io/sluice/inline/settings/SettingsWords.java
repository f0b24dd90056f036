package io.sluice.inline.settings;

import io.sluice.capture.port.Backend;
import io.sluice.inline.settings.Settings.Idle;
import io.sluice.inline.settings.Settings.Offloads;
import io.sluice.inline.settings.Settings.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The fixed words of the settings and what they mean, in the order in which sentences list them. */
final class SettingsWords {
    static final Map<String, Optional<Backend>> BACKENDS = backends();
    static final Map<String, Shape> PIPELINES = words(Shape.values(), SettingsWords::lower);
    static final Map<String, Idle> IDLE = words(Idle.values(), SettingsWords::lower);
    static final Map<String, Offloads> OFFLOADS = words(Offloads.values(), SettingsWords::lower);
    /** Whether permitted reads are written one by one. */
    static final Map<String, Boolean> DETAIL = Map.of("writes", false, "all", true);

    private SettingsWords() {}

    /** The TAP is Sluice's own and never a choice. */
    private static Map<String, Optional<Backend>> backends() {
        Map<String, Optional<Backend>> words = new LinkedHashMap<>();
        words.put("auto", Optional.empty());
        for (Backend backend : new Backend[]{Backend.AF_XDP, Backend.AF_PACKET, Backend.PCAP4J}) {
            words.put(backend.word(), Optional.of(backend));
        }
        return Collections.unmodifiableMap(words);
    }

    private static <E> Map<String, E> words(E[] values, Function<E, String> word) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E value : values) {
            words.put(word.apply(value), value);
        }
        return Collections.unmodifiableMap(words);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
