package io.sluice.cli;

import static io.sluice.cli.Shell.sluice;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.Shell.Ran;
import io.sluice.load.Bench;
import org.junit.jupiter.api.Test;

class BenchCommandTest {
    @Test
    void anUnknownMeasurementIsAnsweredByThoseThatAre() {
        Ran ran = sluice("bench", "--only", "modbus");
        assertEquals(2, ran.exitCode());
        assertTrue(ran.err().contains("there is no measurement `modbus`; there are: modbus-1000, modbus-1, "),
                ran.err());
    }

    @Test
    void aRoundHasALength() {
        Ran ran = sluice("bench", "--seconds", "0");
        assertEquals(2, ran.exitCode());
        assertTrue(ran.err().contains("--seconds 0 is none of 1 to 3600"), ran.err());
    }

    @Test
    void theHelpNamesEveryMeasurement() {
        String help = sluice("bench", "--help").out().replaceAll("\\s+", " ");
        Bench.names().forEach(name -> assertTrue(help.contains(name), name));
    }
}
