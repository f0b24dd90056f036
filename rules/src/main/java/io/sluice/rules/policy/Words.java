package io.sluice.rules.policy;

import java.time.DayOfWeek;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The fixed words of the language and what they mean, in the order in which sentences list them. */
final class Words {
    static final Map<String, Mode> MODES = lowerCase(Mode.values());
    static final Map<String, OnDeny> ON_DENY = lowerCase(OnDeny.values());
    static final Map<String, OnDeny> WHEN_UNSURE = lowerCase(new OnDeny[]{OnDeny.RESET, OnDeny.DROP});
    static final Map<String, Conduit.Transport> TRANSPORTS = lowerCase(Conduit.Transport.values());
    static final Map<String, SessionRule.Recorded> RECORDED = lowerCase(SessionRule.Recorded.values());
    static final Map<String, Boolean> SECOND_FACTOR = ordered(List.of(true, false),
            demanded -> demanded ? "required" : "optional");
    /** {@code mon} to {@code sun}. */
    static final Map<String, DayOfWeek> DAYS = ordered(List.of(DayOfWeek.values()),
            day -> day.name().substring(0, 3).toLowerCase(Locale.ROOT));

    private Words() {}

    static String of(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> Map<String, E> lowerCase(E[] values) {
        return ordered(Stream.of(values).toList(), Words::of);
    }

    private static <E> Map<String, E> ordered(List<E> values, Function<E, String> word) {
        Map<String, E> words = new LinkedHashMap<>();
        values.forEach(value -> words.put(word.apply(value), value));
        return Collections.unmodifiableMap(words);
    }
}
