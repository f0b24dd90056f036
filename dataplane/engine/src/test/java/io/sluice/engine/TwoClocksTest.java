package io.sluice.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.engine.Answer.Action;
import org.junit.jupiter.api.Test;

/** A calendar that is set while traffic runs: ages and rates do not notice, windows do. */
class TwoClocksTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long HOUR = 3600 * SECOND;
    private static final byte[] READ = Requests.frame(1, 3, 0, 0, 0, 1);
    private static final String POLICY = """
            policy: test
            mode: enforce
            zones:
              cell: {ports: [cell]}
              ops: {ports: [plant]}
            assets:
              plc: {zone: cell, address: 10.3.1.10}
              hmi: {zone: ops, address: 10.3.1.105}
            windows:
              monday: {days: [mon], hours: "00:00-23:00"}
            conduits:
              setpoints:
                from: hmi
                to: plc
                protocol: modbus
                allow:
                  - {id: r1, do: read, unit: 1, LIMIT}
            """;

    private static Desk desk(String limit) {
        return new Desk(Desk.compile(POLICY.replace("LIMIT", limit)), Profile.INLINE, EngineLimits.DEFAULT);
    }

    private static void connect(Desk desk, Wire wire) {
        desk.at(0, wire.syn());
        desk.at(0, wire.synAck());
        desk.at(0, wire.client(0));
    }

    @Test
    void aJumpOfTheCalendarExpiresNothingAndRefillsNothing() {
        for (long jump : new long[]{HOUR, -HOUR, 9000 * HOUR, -9000 * HOUR}) {
            try (Desk desk = desk("rate: 2/min")) {
                Wire wire = new Wire(1, 1);
                connect(desk, wire);
                desk.at(SECOND, wire.client(0, READ));
                desk.nanos += jump;
                assertEquals(Action.FORWARD, desk.at(2 * SECOND, wire.client(12, READ)).action());
                assertEquals(1, desk.engine.flows());
                assertTrue(desk.at(3 * SECOND, wire.client(24, READ)).reset(), "the third of two");
            }
        }
    }

    @Test
    void aCalendarThatIsSetBackFreezesNoExpiry() {
        try (Desk desk = desk("rate: 2/min")) {
            desk.at(0, new Wire(1, 1).syn());
            desk.nanos -= HOUR;
            desk.engine.time(31 * SECOND, desk.nanos);
            assertEquals(0, desk.engine.flows());
            assertEquals(1, desk.ended);
        }
    }

    /** A recording has one clock: where it was set back an hour, what follows is still later. */
    @Test
    void oneClockThatIsSetBackGoesOnFromThere() {
        try (Desk desk = desk("rate: 2/min")) {
            desk.accept(new Wire(1, 1).syn());
            desk.nanos -= HOUR;
            desk.accept(new Wire(1, 1, 7).syn());
            assertEquals(2, desk.engine.flows());
            desk.nanos += 31 * SECOND;
            desk.accept(new Wire(1, 1, 8).syn());
            assertEquals(1, desk.engine.flows());
        }
    }

    /** Disorder among packets is no time that passes. */
    @Test
    void aSmallStepBackIsDisorder() {
        EngineClock clock = new EngineClock();
        clock.set(10 * SECOND, 0);
        for (int i = 0; i < 1000; i++) {
            clock.set(10 * SECOND - SECOND / 2, 0);
            clock.set(10 * SECOND, 0);
        }
        assertEquals(10 * SECOND, clock.age());
        clock.set(SECOND, 0);
        clock.set(2 * SECOND, 0);
        assertEquals(11 * SECOND, clock.age());
        assertEquals(12 * SECOND, clock.ageAt(3 * SECOND));
    }

    /** Policy 14: while the clock is not synchronised, allows with a window do not apply. */
    @Test
    void aClockThatIsNotTrustedClosesWindowsForAllows() {
        try (Desk desk = desk("window: monday")) {
            Wire wire = new Wire(1, 1);
            connect(desk, wire);
            assertEquals(Action.FORWARD, desk.at(SECOND, wire.client(0, READ)).action());
            desk.engine.clockTrusted(false);
            assertTrue(desk.at(SECOND, wire.client(12, READ)).reset());
        }
    }
}
