package io.sluice.manage.jump;

import io.sluice.rules.Windows;
import io.sluice.rules.policy.Position;
import io.sluice.rules.policy.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A window of the policy as it was when somebody asked for a session: hours of the week in local wall time, end excluded.
 *
 * @param days in the order of the week
 * @param from such as {@code 06:00}
 * @param timezone IANA name
 */
public record Hours(String name, List<DayOfWeek> days, String from, String until, String timezone) {
    /** A week, and a day on which clocks may skip the opening. */
    private static final Duration FAR = Duration.ofDays(16);
    private static final long NANOS = 1_000_000_000L;

    public Hours {
        days = days.stream().sorted().toList();
    }

    static Hours of(Window window) {
        return new Hours(window.name(), List.copyOf(window.days()), window.from().toString(),
                window.until().toString(), window.timezone().getId());
    }

    public boolean isOpen(Instant at) {
        return windows().open(nanos(at)) != 0;
    }

    /** The first moment from {@code at} on when it is open. */
    public Instant opens(Instant at) {
        return change(at, true);
    }

    /** The first moment from {@code at} on when it is closed; far away where it never is. */
    Instant closes(Instant at) {
        return change(at, false);
    }

    private Instant change(Instant at, boolean open) {
        Windows windows = windows();
        long now = nanos(at);
        long far = nanos(at.plus(FAR));
        while (now < far && windows.open(now) != 0 != open) {
            now = windows.until(now);
        }
        return now == nanos(at) ? at : Instant.ofEpochSecond(now / NANOS, now % NANOS);
    }

    private Windows windows() {
        return new Windows(List.of(new Window(name, java.util.Set.copyOf(days), LocalTime.parse(from),
                LocalTime.parse(until), ZoneId.of(timezone), new Position("", 1, 1))));
    }

    private static long nanos(Instant at) {
        return at.getEpochSecond() * NANOS + at.getNano();
    }

    /** Such as {@code sat 06:00-10:00 Europe/Paris}. */
    public String sentence() {
        String week = days.stream().map(d -> d.name().substring(0, 3).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        String end = until.equals("00:00") ? "24:00" : until;
        return week + " " + from + "-" + end + " " + timezone;
    }
}
