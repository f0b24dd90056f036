package io.sluice.manage.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.manage.event.Event;
import io.sluice.manage.event.EventReader;
import io.sluice.manage.query.Condition;
import io.sluice.testdata.ModbusTraffic;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexKillTest {
    private static final int KILLS = 5;

    @TempDir
    Path temporary;

    // Whatever the process was about when it was killed: no record is missing, and none is there twice.
    @Test
    void anIndexThatWasKilledAgainAndAgainIsThatOfOneThatWasNot() throws Exception {
        Path journal = temporary.resolve("journal");
        try (PlantJournal plant = PlantJournal.open(journal, false)) {
            plant.play(new ModbusTraffic(200_000, 50, 12));
        }
        IndexSettings killed = IndexSettings.in(temporary.resolve("killed"), journal);
        Set<Long> positions = new HashSet<>();
        for (int i = 0; i < KILLS; i++) {
            Process child = IndexChild.start(killed, journal);
            try (BufferedReader said = child.inputReader()) {
                String line = said.readLine();
                assertTrue(line != null && line.startsWith("open at "), line);
                positions.add(Long.parseLong(line.substring("open at ".length())));
                Thread.sleep(40 + 90L * i);
            } finally {
                child.destroyForcibly().waitFor();
            }
        }
        assertTrue(positions.size() > 1, () -> "the child never got on: " + positions);
        List<Event> events;
        try (EventReader reader = EventReader.open(journal, 0)) {
            events = reader.read(Integer.MAX_VALUE, false);
        }
        try (EventIndex after = EventIndex.open(killed);
                EventIndex clean = EventIndex.open(IndexSettings.in(temporary.resolve("clean"), journal))) {
            Indexes.awaitPosition(after, events.size());
            Indexes.awaitPosition(clean, events.size());
            assertEquals(events.reversed(), Indexes.all(after, Condition.ALL));
            for (String filter : List.of("", "do:read", "verdict:deny", "value:1500", "unit:1")) {
                assertEquals(Indexes.total(clean, filter), Indexes.total(after, filter), filter);
            }
            assertEquals(clean.relations(Condition.ALL, TimeRange.ALL, 1000, new Cancellation()),
                    after.relations(Condition.ALL, TimeRange.ALL, 1000, new Cancellation()));
        }
    }
}
