package io.sluice.rules.policy;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one entry of {@code windows}. */
final class WindowReader {
    private static final Pattern HOURS = Pattern
            .compile("([01][0-9]|2[0-4]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])");
    private static final int MINUTES_OF_DAY = 24 * 60;
    private static final Set<String> TIMEZONES = ZoneId.getAvailableZoneIds();

    private final Values values;
    private final ZoneId policyTimezone;

    WindowReader(Values values, ZoneId policyTimezone) {
        this.values = values;
        this.policyTimezone = policyTimezone;
    }

    private record Hours(LocalTime from, LocalTime until) {}

    Optional<Window> read(Yaml.Text key, Yaml value) {
        Optional<String> name = values.name(key, "window");
        Optional<Yaml.Mapping> map = values.map(value, key.value());
        if (name.isEmpty() || map.isEmpty()) {
            return Optional.empty();
        }
        Section section = new Section(map.get(), Keys.WINDOW, "window `" + name.get() + "`", values.problems());
        Set<DayOfWeek> days = section.require("days").map(this::days).orElse(Set.of());
        Optional<Hours> hours = section.require("hours")
                .flatMap(v -> values.parsed(v, "hours", WindowReader::hours));
        ZoneId timezone = section.find("timezone").flatMap(v -> timezone(v, values)).orElse(policyTimezone);
        return hours.filter(_ -> !days.isEmpty())
                .map(h -> new Window(name.get(), days, h.from(), h.until(), timezone, key.position()));
    }

    /** An IANA time zone. */
    static Optional<ZoneId> timezone(Yaml value, Values values) {
        return values.text(value, "timezone").flatMap(text -> {
            if (TIMEZONES.contains(text.value())) {
                return Optional.of(ZoneId.of(text.value()));
            }
            values.problems().unknown(text.position(), "time zone", text.value(), TIMEZONES);
            return Optional.empty();
        });
    }

    private Set<DayOfWeek> days(Yaml value) {
        EnumSet<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (Yaml.Text text : values.oneOrMore(value, "days")) {
            int dash = text.value().indexOf('-');
            if (dash <= 0 || dash == text.value().length() - 1) {
                values.word(text, "days", Words.DAYS).ifPresent(days::add);
            } else {
                Optional<DayOfWeek> first = day(text, text.value().substring(0, dash));
                Optional<DayOfWeek> last = day(text, text.value().substring(dash + 1));
                if (first.isPresent() && last.isPresent()) {
                    addAll(days, first.get(), last.get());
                }
            }
        }
        return days;
    }

    private Optional<DayOfWeek> day(Yaml.Text range, String word) {
        return values.word(new Yaml.Text(word, false, range.position()), "days", Words.DAYS);
    }

    /** {@code sat-mon} runs across the end of the week. */
    private static void addAll(Set<DayOfWeek> days, DayOfWeek first, DayOfWeek last) {
        for (DayOfWeek day = first; day != last; day = day.plus(1)) {
            days.add(day);
        }
        days.add(last);
    }

    private static Parsed<Hours> hours(String text) {
        Matcher m = HOURS.matcher(text);
        if (!m.matches()) {
            return Parsed.no(text, "is not a span of hours; write `\"06:00-10:00\"`");
        }
        int from = 60 * Integer.parseInt(m.group(1)) + Integer.parseInt(m.group(2));
        int until = 60 * Integer.parseInt(m.group(3)) + Integer.parseInt(m.group(4));
        if (from >= MINUTES_OF_DAY || until > MINUTES_OF_DAY) {
            return Parsed.no(text, "is beyond the day; hours run from `00:00` to `24:00`");
        }
        if (from == until) {
            return Parsed.no(text, "starts when it ends; a whole day is `\"00:00-24:00\"`");
        }
        return Parsed.yes(new Hours(time(from), time(until % MINUTES_OF_DAY)));
    }

    private static LocalTime time(int minutes) {
        return LocalTime.of(minutes / 60, minutes % 60);
    }
}
