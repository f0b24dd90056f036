package io.sluice.manage.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.manage.event.Event;
import io.sluice.manage.event.EventReader;
import io.sluice.manage.query.Condition;
import io.sluice.testdata.ModbusTraffic;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
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
            plant.play(new ModbusTraffic(120_000, 50, 12));
        }
        IndexSettings killed = IndexSettings.in(temporary.resolve("killed"), journal);
        long before = 0;
        for (int i = 1; i <= KILLS; i++) {
            Process child = IndexChild.start(killed, journal);
            try (BufferedReader said = child.inputReader()) {
                long position = Long.parseLong(said.readLine());
                while (position < before + 300L * i) {
                    position = Long.parseLong(said.readLine());
                }
                Thread.sleep(7L * i);
                before = position;
            } finally {
                child.destroyForcibly().waitFor();
            }
        }
        List<Event> events;
        try (EventReader reader = EventReader.open(journal, 0)) {
            events = reader.read(Integer.MAX_VALUE, false);
        }
        assertTrue(events.size() > before, "it had ended before it was killed");
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
