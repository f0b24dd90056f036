package io.sluice.inline.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class EventRingTest {
    @Test
    void aFullRingLosesAndCountsTheEventAndGoesOnWhenThereIsRoom() throws Exception {
        try (EventRing ring = new EventRing(4)) {
            for (int i = 0; i < 4; i++) {
                publish(ring, i);
            }
            assertNull(ring.claim());
            assertNull(ring.claim());
            assertEquals(2, ring.lost());
            assertEquals(4, ring.taken());
            List<Long> read = new ArrayList<>();
            assertTrue(ring.poll((event, sequence, last) -> read.add(event.nanos())));
            assertEquals(List.of(0L, 1L, 2L, 3L), read);
            assertFalse(ring.poll((event, sequence, last) -> true));
            publish(ring, 4);
            assertEquals(1, ring.taken());
            assertEquals(5, ring.published());
        }
    }

    @Test
    void theReaderServesReservedEventsFirstAndReadsAllBeforeItEnds() {
        try (EventRing reserved = new EventRing(8); EventRing ordinary = new EventRing(8)) {
            publish(ordinary, 1);
            publish(reserved, 2);
            publish(ordinary, 3);
            List<Long> read = new ArrayList<>();
            EventReader reader = new EventReader(List.of(reserved, ordinary), new Collecting(read, -1), note -> {
            });
            reader.start();
            reader.close();
            assertEquals(List.of(2L, 1L, 3L), read);
        }
    }

    @Test
    void anEventThatCannotBeToldKeepsNoOtherFromBeingTold() {
        try (EventRing ring = new EventRing(8)) {
            publish(ring, 1);
            publish(ring, 2);
            publish(ring, 3);
            List<Long> read = new ArrayList<>();
            ConcurrentLinkedQueue<String> notes = new ConcurrentLinkedQueue<>();
            EventReader reader = new EventReader(List.of(ring), new Collecting(read, 2), notes::add);
            reader.start();
            reader.close();
            assertEquals(List.of(1L, 3L), read);
            assertEquals(1, reader.failures());
            assertEquals(1, notes.size());
        }
    }

    private static void publish(EventRing ring, long nanos) {
        Event event = Objects.requireNonNull(ring.claim());
        event.begin(Event.Kind.ENDED, Policies.SMALL, 0, nanos);
        ring.publish();
    }

    private record Collecting(List<Long> read, long failing) implements EventReader.Handler {
        @Override
        public void event(Event event) {
            if (event.nanos() == failing) {
                throw new IllegalStateException("for the test");
            }
            read.add(event.nanos());
        }

        @Override
        public void endOfBatch() {}
    }
}
