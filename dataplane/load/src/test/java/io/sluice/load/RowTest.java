package io.sluice.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.load.Row.Target;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowTest {
    private static final Row ROW = Row.of("cpu", "time", Unit.MICROSECONDS, 1.2);

    @Test
    void aTargetBoundsTheRatioWhereThereIsAReference() {
        assertEquals(Optional.of(true), ROW.against("bridge", 1.0).to(Target.atMost(1.2)).isReached());
        assertEquals(Optional.of(false), ROW.against("bridge", 0.9).to(Target.atMost(1.2)).isReached());
        assertEquals(Optional.of(true), ROW.against("bridge", 0.9).to(Target.atLeast(1.2)).isReached());
    }

    @Test
    void elseItBoundsTheFigure() {
        assertEquals(Optional.of(true), ROW.to(Target.atMost(1.2)).isReached());
        assertEquals(Optional.of(false), ROW.to(Target.atMost(1.1)).isReached());
        assertEquals(Optional.empty(), ROW.isReached());
    }

    @Test
    void figuresAreWrittenAsPeopleReadThem() {
        assertEquals("1 116 kpps", Unit.KPPS.format(1115.7));
        assertEquals("14.70 Gbit/s", Unit.GIGABITS.format(14.7));
    }
}
