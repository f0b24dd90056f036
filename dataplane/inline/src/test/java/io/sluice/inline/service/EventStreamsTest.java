package io.sluice.inline.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.control.ControlException;
import io.sluice.control.v1.EventSeverity;
import io.sluice.control.v1.EventsRequest;
import io.sluice.control.v1.EventsResponse;
import io.sluice.control.v1.StatusRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventStreamsTest {
    private static final String TIME = "\"timestamp\":\"2026-11-27T03:00:00.000123+0000\"";
    private static final String READ = "{" + TIME
            + ",\"event_type\":\"modbus\",\"modbus\":{\"request\":{\"x\":[1,{}]}},"
            + "\"sluice\":{\"verdict\":\"allow\",\"reason\":\"allowed\"}}";
    private static final String DENIED = "{" + TIME + ",\"event_type\":\"alert\",\"alert\":{\"severity\":2},"
            + "\"verdict\":{\"action\":\"drop\"},\"sluice\":{\"verdict\":\"deny\"}}";
    private static final String SPOOFED = "{" + TIME + ",\"event_type\":\"alert\",\"alert\":{\"severity\":1},"
            + "\"verdict\":{\"action\":\"alert\"}}";
    private static final String FLOW = "{" + TIME + ",\"event_type\":\"flow\",\"flow\":{\"state\":\"closed\"}}";

    @TempDir
    Path folder;

    private Running it;

    @BeforeEach
    void start() throws Exception {
        it = new Running(folder);
    }

    @AfterEach
    void stop() {
        it.close();
    }

    @Test
    void anEventIsWhatTheJournalWroteAndWhatFiltersLookAt() throws Exception {
        EventsResponse event = listen(EventsRequest.newBuilder(), List.of("no json", "{}", DENIED)).getFirst();
        assertEquals(DENIED, event.getEvent().getJson());
        assertEquals("alert", event.getEvent().getType());
        assertTrue(event.getEvent().getDenied());
        assertEquals(EventSeverity.NOTICE, event.getEvent().getSeverity());
        assertEquals(Instant.parse("2026-11-27T03:00:00.000123Z").toEpochMilli() * 1_000_000 + 123_000,
                event.getEvent().getAtNanos());
    }

    @Test
    void filtersPassWhatTheyNameAndNothingElse() throws Exception {
        List<String> all = List.of(READ, DENIED, FLOW, SPOOFED, DENIED);
        assertEquals(List.of(DENIED, SPOOFED, DENIED),
                texts(listen(EventsRequest.newBuilder().setOnlyDenied(true), all)));
        assertEquals(List.of(FLOW, READ), texts(listen(EventsRequest.newBuilder().addTypes("flow").addTypes("modbus"),
                List.of(FLOW, SPOOFED, DENIED, READ))));
        assertEquals(List.of(SPOOFED, SPOOFED), texts(listen(EventsRequest.newBuilder().setLeast(EventSeverity.WARNING),
                List.of(SPOOFED, DENIED, READ, SPOOFED))));
    }

    // The journal's thread must never wait for somebody who looks at events; that somebody must know what he missed.
    @Test
    void whoReadsTooSlowlyIsToldHowManyWereLost() throws Exception {
        int events = 100_000;
        CountDownLatch subscribed = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        long[] seen = new long[2];
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                it.client.events(EventsRequest.getDefaultInstance(), answer -> {
                    switch (answer.getWhatCase()) {
                        case SUBSCRIBED -> {
                            subscribed.countDown();
                            await(written);
                        }
                        case EVENT -> seen[0]++;
                        case LOST -> seen[1] += answer.getLost().getEvents();
                        case GATHERED, WHAT_NOT_SET -> throw new AssertionError();
                    }
                    return seen[0] + seen[1] < events;
                });
            } catch (ControlException e) {
                throw new AssertionError(e);
            }
        });
        await(subscribed);
        waitForSubscribers(1);
        long began = System.nanoTime();
        for (int i = 0; i < events; i++) {
            it.record(READ);
        }
        assertTrue(System.nanoTime() - began < 30_000_000_000L, "the journal had to wait");
        written.countDown();
        reader.join(30_000);
        assertFalse(reader.isAlive());
        assertEquals(events, seen[0] + seen[1]);
        assertTrue(seen[1] > 0 && seen[0] >= Subscriber.MOST_WAITING, "seen " + seen[0] + ", lost " + seen[1]);
    }

    @Test
    void whoAsksForManyAtOnceGetsAllInTheirOrderAndInFewMessages() throws Exception {
        int events = 20_000, most = 100;
        List<String> got = new ArrayList<>();
        int[] messages = new int[1];
        it.client.events(EventsRequest.newBuilder().setMostAtOnce(most).build(), answer -> {
            switch (answer.getWhatCase()) {
                case SUBSCRIBED -> Thread.ofPlatform().start(() -> {
                    waitForSubscribers(1);
                    // In steps smaller than what may wait, so that nothing is lost.
                    for (int i = 0; i < events; i++) {
                        it.record(numbered(i));
                        if (i % 2000 == 1999) {
                            sleep(50);
                        }
                    }
                });
                case GATHERED -> {
                    messages[0]++;
                    assertTrue(answer.getGathered().getEventsCount() <= most);
                    answer.getGathered().getEventsList().forEach(event -> got.add(event.getJson()));
                }
                case LOST -> throw new AssertionError("lost " + answer.getLost().getEvents());
                case EVENT, WHAT_NOT_SET -> throw new AssertionError();
            }
            return got.size() < events;
        });
        assertEquals(IntStream.range(0, events).mapToObj(EventStreamsTest::numbered).toList(), got);
        assertTrue(messages[0] < events / 10, messages[0] + " messages");
    }

    // What is gathered is not kept until there is more of it.
    @Test
    void aSingleEventComesByItself() throws Exception {
        List<Integer> counts = new ArrayList<>();
        it.client.events(EventsRequest.newBuilder().setMostAtOnce(-1).build(), answer -> {
            if (answer.hasSubscribed()) {
                Thread.ofPlatform().start(() -> {
                    waitForSubscribers(1);
                    it.record(DENIED);
                });
                return true;
            }
            counts.add(answer.getGathered().getEventsCount());
            return false;
        });
        assertEquals(List.of(1), counts);
    }

    private static String numbered(int i) {
        return READ.replace("[1,{}]", "[" + i + ",{}]");
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whoHasGoneIsForgotten() throws Exception {
        listen(EventsRequest.newBuilder(), List.of(READ));
        waitForSubscribers(0);
        it.record(READ);
    }

    /** What a subscriber gets until as many events have come as the last one of {@code records} is among them. */
    private List<EventsResponse> listen(EventsRequest.Builder filter, List<String> records) throws Exception {
        List<EventsResponse> got = new ArrayList<>();
        String last = records.getLast();
        long wanted = records.stream().filter(last::equals).count();
        Thread writer = Thread.ofPlatform().unstarted(() -> {
            waitForSubscribers(1);
            records.forEach(it::record);
        });
        it.client.events(filter.build(), answer -> {
            if (answer.hasSubscribed()) {
                writer.start();
                return true;
            }
            got.add(answer);
            return got.stream().filter(a -> a.getEvent().getJson().equals(last)).count() < wanted;
        });
        writer.join();
        it.close();
        it = new Running(java.nio.file.Files.createTempDirectory(folder, "again"));
        return got;
    }

    private void waitForSubscribers(int count) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        try {
            while (it.client.call(c -> c.status(StatusRequest.getDefaultInstance())).getControl()
                    .getEventSubscribers() != count) {
                assertTrue(System.nanoTime() < deadline);
                Thread.sleep(5);
            }
        } catch (ControlException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> texts(List<EventsResponse> answers) {
        return answers.stream().map(a -> a.getEvent().getJson()).toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
