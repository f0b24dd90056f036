package io.sluice.manage.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.manage.event.Event;
import io.sluice.manage.event.EventReader;
import io.sluice.manage.query.Condition;
import io.sluice.manage.query.Sql;
import io.sluice.testdata.ModbusTraffic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventIndexTest {
    @TempDir
    Path temporary;

    private Path folder = Path.of("");
    private IndexSettings settings = IndexSettings.in(folder, folder);

    @BeforeEach
    void settings() {
        folder = temporary.resolve("journal");
        settings = IndexSettings.in(temporary.resolve("index"), folder);
    }

    private ModbusTraffic.Summary play(long packets, boolean each, long seed) throws IOException {
        try (PlantJournal journal = PlantJournal.open(folder, each)) {
            return journal.play(new ModbusTraffic(packets, 20, seed));
        }
    }

    private List<Event> journal() throws IOException {
        try (EventReader reader = EventReader.open(folder, 0)) {
            return reader.read(Integer.MAX_VALUE, false);
        }
    }

    private EventIndex open() throws Exception {
        EventIndex index = EventIndex.open(settings);
        Indexes.awaitPosition(index, journal().getLast().id() + 1);
        return index;
    }

    // The server goes on while the firewall's machine loses power: it has read what the disk did not keep.
    @Test
    void afterAStartOfTheFirewallTheIndexHasWhatItsJournalHasAndNothingElse() throws Exception {
        play(3000, false, 1);
        Path kept = Files.createDirectory(temporary.resolve("kept"));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, kept.resolve(file.getFileName()));
            }
        }
        play(3000, false, 2);
        try (EventIndex index = open()) {
            long before = index.state().position();
            try (Stream<Path> files = Files.list(kept)) {
                for (Path file : files.toList()) {
                    Files.delete(folder.resolve(file.getFileName()));
                    Files.copy(file, folder.resolve(file.getFileName()));
                }
            }
            play(600, false, 3);
            List<Event> now = journal().reversed();
            assertTrue(now.size() < before, "fewer records than the index has read");
            index.compareAgain();
            long until = System.nanoTime() + 30_000_000_000L;
            while (index.state().position() != now.size() && System.nanoTime() < until) {
                Thread.sleep(10);
            }
            Indexes.awaitPosition(index, now.size());
            assertEquals(now, Indexes.all(index, Condition.ALL));
            assertEquals(0, index.state().behind(now.size()));
        }
    }

    @Test
    void howFarItIsBehindIsKnownWhoeverSaysSo() {
        IndexState catchingUp = new IndexState(400, 0, 1000, false, 0, null, null);
        assertEquals(800, catchingUp.behind(1200), "the firewall counts");
        assertEquals(600, catchingUp.behind(0), "the firewall is away: its newest segment begins with record 1000");
        assertEquals(600, catchingUp.behind(30), "it speaks of a journal that is not this one");
        assertEquals(0, new IndexState(1200, 0, 1000, true, 0, null, null).behind(1260), "a moment is no delay");
        assertEquals(0, new IndexState(1200, 0, 0, false, 0, null, null).behind(30));
    }

    @Test
    void pagesGoBackToTheFirstRecord() throws Exception {
        play(3000, false, 1);
        List<Event> events = journal().reversed();
        try (EventIndex index = open()) {
            List<Event> all = new ArrayList<>();
            Page page = index.page(Condition.ALL, TimeRange.ALL, Long.MAX_VALUE, 7, new Cancellation());
            for (int i = 0; i < 5; i++) {
                assertEquals(7, page.events().size());
                assertTrue(page.more());
                all.addAll(page.events());
                page = index.page(Condition.ALL, TimeRange.ALL, all.getLast().id(), 7, new Cancellation());
            }
            assertEquals(events.subList(0, 35), all);
            assertEquals(events, Indexes.all(index, Condition.ALL));
            long middle = events.get(events.size() / 2).micros();
            assertEquals(events.stream().filter(e -> e.micros() >= middle && e.micros() < middle + 500_000).toList(),
                    index.page(Condition.ALL, new TimeRange(middle, middle + 500_000), Long.MAX_VALUE, 1000,
                            new Cancellation()).events());
        }
    }

    // Whether reads have records or are only counted by their flows, a plant has done what it has done.
    @Test
    void everyRequestIsCountedWhateverTheDetail() throws Exception {
        for (boolean each : new boolean[]{false, true}) {
            folder = temporary.resolve("journal-" + each);
            settings = IndexSettings.in(temporary.resolve("index-" + each), folder);
            ModbusTraffic.Summary summary = play(12_000, each, 4);
            try (EventIndex index = open()) {
                Counts all = Indexes.total(index, "").counts();
                assertEquals(new Counts(summary.requests() - summary.refusals(), summary.refusals(), 0), all);
                long reads = Indexes.total(index, "do:read").counts().allowed();
                assertEquals(all.allowed() - Indexes.total(index, "-do:read").counts().allowed(), reads);
                assertTrue(reads > summary.requests() / 2);
                assertEquals(all.all(), sum(index.histogram(Condition.ALL, TimeRange.ALL, 1_000_000, new Cancellation())
                        .stream().map(Bucket::counts).toList()));
                assertEquals(all.all(), sum(index.facet(Condition.ALL, TimeRange.ALL, Facet.SOURCE, 100,
                        new Cancellation()).stream().map(FacetCount::counts).toList()));
                assertEquals(2 * all.all(), sum(index.facet(Condition.ALL, TimeRange.ALL, Facet.HOST, 100,
                        new Cancellation()).stream().map(FacetCount::counts).toList()));
                List<Relation> relations = index.relations(Condition.ALL, TimeRange.ALL, 1000, new Cancellation());
                assertEquals(all.all(), sum(relations.stream().map(Relation::counts).toList()));
                assertTrue(relations.stream().allMatch(r -> r.from().startsWith("hmi-") && r.to().startsWith("plc-")));
                assertTrue(relations.stream().anyMatch(r -> r.conduit().equals("ops-reads-cell")));
                assertEquals(OptionalLong.of(journal().stream().mapToLong(Event::micros).min().orElseThrow()),
                        index.reachesBackTo());
            }
        }
    }

    private static long sum(List<Counts> counts) {
        return counts.stream().mapToLong(Counts::all).sum();
    }

    // A flow that goes on has its sums told again and again.
    @Test
    void sumsOfAFlowThatGoesOnAreCountedOnce() throws Exception {
        Files.createDirectories(folder);
        Path segment = folder.resolve("journal-0000000000000000.jsonl");
        Files.writeString(segment, flow(7, 10, "established") + flow(8, 5, "established"));
        try (EventIndex index = open()) {
            assertEquals(15, Indexes.total(index, "do:read rule:r1 conduit:c1 src:hmi-1").counts().allowed());
        }
        Files.writeString(segment, flow(7, 10, "established") + flow(8, 5, "established")
                + flow(7, 30, "established") + flow(7, 31, "closed") + flow(8, 5, "closed") + flow(8, 2, "closed"));
        try (EventIndex index = open()) {
            assertEquals(38, Indexes.total(index, "do:read").counts().allowed());
            assertEquals(6, Indexes.total(index, "type:flow").records());
            assertEquals(4, index.flow(7, Long.MAX_VALUE, 10, new Cancellation()).events().size() + 1);
        }
    }

    private static String flow(long id, long reads, String state) {
        return """
                {"timestamp":"2026-01-05T06:00:00.564309+0000","flow_id":%d,"event_type":"flow","src_ip":"10.3.2.1",\
                "proto":"TCP","app_proto":"modbus","flow":{"state":"%s"},"sluice":{"from":"hmi-1","to":"plc-1",\
                "requests":{"allowed":%d,"denied":0},"rules":{"r1":{"conduit":"c1","reads":%d,"writes":0}}}}
                """.formatted(id, state, reads, reads);
    }

    @Test
    void oneEventComesWithItsText() throws Exception {
        play(2000, false, 2);
        try (EventIndex index = open()) {
            Event some = journal().get(17);
            Event whole = index.event(17).orElseThrow();
            assertEquals(some, whole.withRaw(""));
            assertTrue(whole.raw().startsWith("{\"timestamp\":"), whole::raw);
            assertTrue(index.event(1_000_000).isEmpty());
            assertTrue(index.event(-1).isEmpty());
        }
    }

    @Test
    void whatIsWrittenNowIsFoundSoonAndToldToListeners() throws Exception {
        try (PlantJournal journal = PlantJournal.open(folder, false); EventIndex index = EventIndex.open(settings)) {
            List<Event> heard = new CopyOnWriteArrayList<>();
            AutoCloseable listening = index.listen((events, _) -> heard.addAll(events));
            long began = System.nanoTime();
            journal.journal().management("policy.apply", Map.of("person", "alice"));
            journal.journal().endOfBatch();
            while (Indexes.total(index, "user:alice").records() == 0) {
                Thread.sleep(10);
                assertTrue(System.nanoTime() - began < 30_000_000_000L, () -> index.state().toString());
            }
            while (heard.stream().noneMatch(e -> e.person().equals("alice"))) {
                Thread.sleep(5);
            }
            listening.close();
            int before = heard.size();
            journal.journal().management("policy.apply", Map.of("person", "bob"));
            journal.journal().endOfBatch();
            Indexes.awaitPosition(index, journal.journal().state().records());
            assertEquals(before, heard.size());
        }
    }

    @Test
    void aJournalThatIsNotThereYetIsWaitedFor() throws Exception {
        try (EventIndex index = EventIndex.open(settings)) {
            Thread.sleep(300);
            assertTrue(index.state().current());
            assertNull(index.state().alarm());
            assertEquals(List.of(), Indexes.all(index, Condition.ALL));
            assertEquals(OptionalLong.empty(), index.reachesBackTo());
            play(500, false, 3);
            Indexes.awaitPosition(index, journal().size());
        }
    }

    @Test
    void whatTheJournalDeletesIsDeletedHere() throws Exception {
        Files.createDirectories(folder);
        List<String> lines = new ArrayList<>();
        RandomRecords records = new RandomRecords(5);
        for (int i = 0; i < 600; i++) {
            lines.add(records.line());
        }
        for (int first = 0; first < 600; first += 200) {
            Files.write(folder.resolve("journal-%016d.jsonl".formatted(first)), lines.subList(first, first + 200));
        }
        try (EventIndex index = open()) {
            assertEquals(600, Indexes.total(index, "").records());
            Files.delete(folder.resolve("journal-%016d.jsonl".formatted(0)));
            long began = System.nanoTime();
            while (index.state().oldest() != 200) {
                Thread.sleep(10);
                assertTrue(System.nanoTime() - began < 30_000_000_000L, () -> index.state().toString());
            }
            assertEquals(400, Indexes.total(index, "").records());
            assertEquals(journal().reversed(), Indexes.all(index, Condition.ALL));
            assertTrue(index.event(3).isEmpty());
        }
    }

    @Test
    void segmentsThatWereDeletedWhileItWasStoppedAreCountedAsSkipped() throws Exception {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("journal-0000000000000000.jsonl"), "{}\n{}\n");
        open().close();
        Files.delete(folder.resolve("journal-0000000000000000.jsonl"));
        Files.writeString(folder.resolve("journal-0000000000000007.jsonl"), "{}\n");
        try (EventIndex index = open()) {
            assertEquals(5, index.state().skipped());
            assertEquals(1, Indexes.total(index, "").records());
        }
    }

    @Test
    void anotherJournalInTheFolderMeansAnotherIndex() throws Exception {
        play(2000, false, 6);
        try (EventIndex index = open()) {
            long before = index.state().position();
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            play(500, false, 7);
            long began = System.nanoTime();
            while (index.state().rebuilt() == null || index.state().position() != journal().size()) {
                Thread.sleep(10);
                assertTrue(System.nanoTime() - began < 30_000_000_000L, () -> index.state().toString());
            }
            assertTrue(before > index.state().position());
            assertEquals(journal().reversed(), Indexes.all(index, Condition.ALL));
        }
    }

    // A power cut takes what was not forced to the disk; other records then have the numbers that the index has seen.
    @Test
    void recordsThatAPowerCutTookAreForgotten() throws Exception {
        Files.createDirectories(folder);
        RandomRecords records = new RandomRecords(8);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 9000; i++) {
            lines.add(records.line());
        }
        Path segment = folder.resolve("journal-0000000000000000.jsonl");
        IndexSettings small = new IndexSettings(settings.folder(), folder, settings.memoryMegabytes(), 1,
                settings.poll(),
                1000);
        settings = small;
        Files.write(segment, lines);
        open().close();
        lines.subList(8500, 9000).clear();
        for (int i = 0; i < 700; i++) {
            lines.add(records.line());
        }
        Files.write(segment, lines);
        try (EventIndex index = open()) {
            assertNull(index.state().rebuilt());
            assertEquals(journal().reversed(), Indexes.all(index, Condition.ALL));
        }
        Files.write(segment, lines.subList(4000, 9000));
        try (EventIndex index = open()) {
            assertNotNull(index.state().rebuilt());
            assertEquals(journal().reversed(), Indexes.all(index, Condition.ALL));
        }
    }

    @Test
    void aDeletedOrDamagedIndexIsBuiltAnew() throws Exception {
        play(1000, false, 9);
        List<Event> events = journal().reversed();
        open().close();
        Path file = settings.folder().resolve("events.duckdb");
        Files.writeString(file, "this is no database");
        try (EventIndex index = open()) {
            assertNotNull(index.state().rebuilt());
            assertEquals(events, Indexes.all(index, Condition.ALL));
        }
        Files.delete(file);
        try (EventIndex index = open()) {
            assertNull(index.state().rebuilt());
            assertEquals(events, Indexes.all(index, Condition.ALL));
        }
    }

    @Test
    void aQuestionCanBeCancelled() throws Exception {
        play(1000, false, 10);
        try (EventIndex index = open()) {
            Cancellation cancellation = new Cancellation();
            Thread canceller = Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(300);
                } catch (InterruptedException e) {
                    return;
                }
                cancellation.cancel();
            });
            long began = System.nanoTime();
            IndexException e = assertThrows(IndexException.class, () -> index.ask(new Sql()
                    .add("SELECT count(*) FROM range(1000000000000) t(i) WHERE i % 7 = 3"), cancellation, _ -> {
                    }));
            assertEquals(IndexException.Code.CANCELLED, e.code());
            assertTrue(System.nanoTime() - began < 30_000_000_000L);
            canceller.join();
            assertThrows(IndexException.class,
                    () -> index.page(Condition.ALL, TimeRange.ALL, Long.MAX_VALUE, 10, cancellation));
            assertFalse(Indexes.all(index, Condition.ALL).isEmpty());
        }
    }

    @Test
    void twoOnOneIndexAreRefusedWithASentence() throws Exception {
        play(500, false, 11);
        try (EventIndex index = open()) {
            assertFalse(Indexes.all(index, Condition.ALL).isEmpty());
            Process other = IndexChild.start(settings, folder);
            String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            other.waitFor();
            assertTrue(said.contains("is in use by another process"), said);
        }
    }
}
