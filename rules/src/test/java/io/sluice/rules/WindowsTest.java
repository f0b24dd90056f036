package io.sluice.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.rules.policy.Position;
import io.sluice.rules.policy.Window;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class WindowsTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final long SECOND = 1_000_000_000L;

    private static Window window(String days, String from, String until, ZoneId zone) {
        EnumSet<DayOfWeek> on = EnumSet.noneOf(DayOfWeek.class);
        for (String day : days.split(" ", -1)) {
            on.add(DayOfWeek.valueOf(day));
        }
        return new Window("w", on, LocalTime.parse(from), LocalTime.parse(until), zone,
                new Position("test.yaml", 1, 1));
    }

    private static boolean isOpen(Window window, String instant) {
        return new Windows(List.of(window)).open(Windows.nanos(Instant.parse(instant))) == 1;
    }

    private static void opens(Window window, String instant) {
        assertEquals(true, isOpen(window, instant), instant);
    }

    private static void closed(Window window, String instant) {
        assertEquals(false, isOpen(window, instant), instant);
    }

    @Test
    void theEndIsExcluded() {
        Window saturday = window("SATURDAY", "06:00", "10:00", PARIS);
        closed(saturday, "2026-11-21T04:59:59.999999999Z");
        opens(saturday, "2026-11-21T05:00:00Z");
        opens(saturday, "2026-11-21T08:59:59.999999999Z");
        closed(saturday, "2026-11-21T09:00:00Z");
        closed(saturday, "2026-11-20T06:00:00Z");
    }

    // policy language, Meaning 14: across midnight they belong to the day on which they start.
    @Test
    void acrossMidnightAWindowBelongsToTheDayOnWhichItStarts() {
        Window friday = window("FRIDAY", "22:00", "06:00", ZoneId.of("UTC"));
        closed(friday, "2026-11-20T05:00:00Z");
        opens(friday, "2026-11-20T22:00:00Z");
        opens(friday, "2026-11-21T05:59:59Z");
        closed(friday, "2026-11-21T06:00:00Z");
        closed(friday, "2026-11-21T22:30:00Z");
    }

    @Test
    void aWholeDayEndsWithTheDay() {
        Window sunday = window("SUNDAY", "00:00", "00:00", PARIS);
        closed(sunday, "2026-11-21T22:59:59Z");
        opens(sunday, "2026-11-21T23:00:00Z");
        opens(sunday, "2026-11-22T22:59:59Z");
        closed(sunday, "2026-11-22T23:00:00Z");
    }

    // Paris, 2026-03-29: from 02:00 straight to 03:00.
    @Test
    void anHourThatDoesNotExistIsNotOpen() {
        Window early = window("SUNDAY", "02:00", "03:00", PARIS);
        closed(early, "2026-03-29T00:59:59Z");
        closed(early, "2026-03-29T01:00:00Z");
        Window across = window("SUNDAY", "01:30", "03:30", PARIS);
        opens(across, "2026-03-29T00:30:00Z");
        opens(across, "2026-03-29T01:00:00Z");
        opens(across, "2026-03-29T01:29:59Z");
        closed(across, "2026-03-29T01:30:00Z");
    }

    // Paris, 2026-10-25: 02:00 to 03:00 comes twice, from 00:00Z and again from 01:00Z.
    @Test
    void anHourThatComesTwiceIsOpenTwice() {
        Window early = window("SUNDAY", "02:00", "02:30", PARIS);
        opens(early, "2026-10-25T00:00:00Z");
        closed(early, "2026-10-25T00:30:00Z");
        opens(early, "2026-10-25T01:00:00Z");
        closed(early, "2026-10-25T01:30:00Z");
    }

    @Test
    void eachWindowHasItsBit() {
        Windows windows = new Windows(List.of(window("SATURDAY", "06:00", "10:00", PARIS),
                window("SATURDAY", "00:00", "00:00", PARIS), window("FRIDAY", "06:00", "10:00", PARIS)));
        assertEquals(0b011, windows.open(Windows.nanos(Instant.parse("2026-11-21T06:00:00Z"))));
        assertEquals(0b010, windows.open(Windows.nanos(Instant.parse("2026-11-21T10:00:00Z"))));
        assertEquals(0b100, windows.open(Windows.nanos(Instant.parse("2026-11-20T06:00:00Z"))));
    }

    // The cached period must never outlive a change: compared with an object that is asked once.
    @Test
    void askingManyTimesIsAskingEachTimeAnew() {
        long seed = Long.getLong("seed", 14L);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (String zone : List.of("Europe/Paris", "America/St_Johns", "Australia/Lord_Howe", "UTC", "Asia/Kolkata")) {
            List<Window> all = new ArrayList<>();
            for (int w = 0; w < 6; w++) {
                all.add(window(DayOfWeek.of(1 + random.nextInt(7)) + " " + DayOfWeek.of(1 + random.nextInt(7)),
                        LocalTime.of(random.nextInt(24), 15 * random.nextInt(4)).toString(),
                        LocalTime.of(random.nextInt(24), 15 * random.nextInt(4)).toString(), ZoneId.of(zone)));
            }
            Windows kept = new Windows(all);
            long now = Windows.nanos(Instant.parse("2026-03-01T00:00:00Z"));
            for (int step = 0; step < 20_000; step++) {
                now += random.nextLong(40 * 60 * SECOND) - (random.nextInt(8) == 0 ? 60 * 60 * SECOND : 0);
                now -= random.nextInt(4) == 0 ? Math.floorMod(now, 900 * SECOND) : 0;
                assertEquals(naive(all, now), kept.open(now), "seed " + seed + " at " + now);
            }
        }
    }

    /** Meaning 14 word by word. */
    private static long naive(List<Window> windows, long now) {
        long open = 0;
        for (int i = 0; i < windows.size(); i++) {
            Window w = windows.get(i);
            LocalDateTime local = LocalDateTime.ofInstant(Instant.ofEpochSecond(0, now), w.timezone());
            for (int back = 0; back <= 1; back++) {
                LocalDateTime from = local.toLocalDate().minusDays(back).atTime(w.from());
                LocalDateTime until = from.toLocalDate().plusDays(w.from().isBefore(w.until()) ? 0 : 1)
                        .atTime(w.until());
                if (w.days().contains(from.getDayOfWeek()) && !local.isBefore(from) && local.isBefore(until)) {
                    open |= 1L << i;
                }
            }
        }
        return open;
    }
}
