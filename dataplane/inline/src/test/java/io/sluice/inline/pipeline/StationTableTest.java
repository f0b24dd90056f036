package io.sluice.inline.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StationTableTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void remembersWhatAMapWouldWhileThereIsRoom() {
        StationTable table = new StationTable(1024);
        Map<Long, Integer> expected = new HashMap<>();
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 300; i++) {
            long station = StationTable.station(random.nextLong(1, 1L << 48), i % 3);
            int port = random.nextInt(4);
            table.learn(station, port, i);
            expected.put(station, port);
        }
        expected.forEach((station, port) -> assertEquals(port, table.port(station, 300)));
        assertEquals(StationTable.UNKNOWN, table.port(StationTable.station(7, 0), 300));
    }

    @Test
    void oneStationInTwoVlansIsTwo() {
        StationTable table = new StationTable(16);
        table.learn(StationTable.station(5, 0), 0, 1);
        table.learn(StationTable.station(5, 10), 1, 1);
        assertEquals(0, table.port(StationTable.station(5, 0), 2));
        assertEquals(1, table.port(StationTable.station(5, 10), 2));
    }

    @Test
    void whoIsSilentForFiveMinutesIsForgotten() {
        StationTable table = new StationTable(16);
        table.learn(9, 2, 0);
        assertEquals(2, table.port(9, 300 * SECOND));
        assertEquals(StationTable.UNKNOWN, table.port(9, 301 * SECOND));
    }

    @Test
    void inAFullTableTheOneThatWasSilentLongestGivesWay() {
        StationTable table = new StationTable(16);
        for (int i = 1; i <= 16; i++) {
            table.learn(i, 0, i);
        }
        table.learn(100, 1, 17);
        assertEquals(1, table.port(100, 18));
        assertEquals(StationTable.UNKNOWN, table.port(1, 18));
        for (int i = 2; i <= 16; i++) {
            assertEquals(0, table.port(i, 18));
        }
    }

    @Test
    void aPortWithoutLinkHasNoStationsAndLosesNoneOfTheOthers() {
        StationTable table = new StationTable(64);
        for (int i = 1; i <= 40; i++) {
            table.learn(i, i & 1, 1);
        }
        table.forget(1);
        for (int i = 1; i <= 40; i++) {
            assertEquals((i & 1) == 0 ? 0 : StationTable.UNKNOWN, table.port(i, 2));
        }
        table.learn(1, 0, 3);
        assertEquals(0, table.port(1, 4));
        assertTrue(table.silent(1, 4) == 1);
    }
}
