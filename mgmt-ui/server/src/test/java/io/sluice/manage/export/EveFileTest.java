package io.sluice.manage.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.manage.query.FilterContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EveFileTest {
    @TempDir
    Path folder;

    private static List<byte[]> lines(String... texts) {
        return List.of(texts).stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList();
    }

    // logrotate renames (and later may delete), or copies and cuts.
    @Test
    void itGoesOnThroughEveryKindOfRotation() throws Exception {
        Path file = folder.resolve("eve.json");
        try (EveFileTarget target = new EveFileTarget(file)) {
            target.open();
            target.write(lines("1", "2"));
            Files.move(file, folder.resolve("eve.json.1"));
            target.write(lines("3"));
            assertEquals("1\n2\n", Files.readString(folder.resolve("eve.json.1")));
            assertEquals("3\n", Files.readString(file));
            Files.delete(file);
            target.write(lines("4"));
            assertEquals("4\n", Files.readString(file));
            Files.writeString(file, "");
            target.write(lines("5"));
            assertEquals("5\n", Files.readString(file));
            Files.move(file, folder.resolve("eve.json.2"));
            Files.writeString(file, "made by another\n");
            target.write(lines("6"));
            assertEquals("made by another\n6\n", Files.readString(file));
        }
    }

    @Test
    void onlyWhatTheFilterNamesIsExportedAndAsTheJournalHasIt() throws Exception {
        Path file = folder.resolve("sub/eve.json");
        Exports exports = Exports.open(
                List.of(ExportSettings.of("eve", ExportSettings.Kind.EVE_FILE, file.toString(), "verdict:deny")),
                "gate", FilterContext.at(0), () -> "");
        try (exports) {
            exports.accept(Lines.refused(1));
            exports.accept(Lines.event(2, Lines.ALLOWED));
            exports.accept(Lines.refused(3));
        }
        assertEquals(List.of(Lines.REFUSED, Lines.REFUSED), Files.readAllLines(file));
        assertEquals(2, exports.status().getFirst().sent());
    }

    // An export runs for months: a period that began with the server would be over soon, and zones change with the policy.
    @Test
    void aFilterMeansWhatItMeansAtTheMomentOfEachEvent() throws Exception {
        Path file = folder.resolve("eve.json");
        long micros = Lines.refused(1).micros();
        AtomicReference<FilterContext> now = new AtomicReference<>(new FilterContext(micros + 1_000_000, Set::of));
        try (Exports exports = Exports.open(
                List.of(ExportSettings.of("eve", ExportSettings.Kind.EVE_FILE, file.toString(), "since:1h zone:night")),
                "gate", now::get, () -> "")) {
            exports.accept(Lines.refused(1));
            Set<String> places = Set.of(Lines.refused(1).source().place());
            now.set(new FilterContext(micros + 1_000_000, _ -> places));
            exports.accept(Lines.refused(2));
            now.set(new FilterContext(micros + 3_700_000_000L, _ -> places));
            exports.accept(Lines.refused(3));
        }
        assertEquals(List.of(Lines.REFUSED), Files.readAllLines(file));
    }

    @Test
    void whatCannotBeWrittenWaitsAndBeyondTheQueueIsCountedAsLost() throws Exception {
        Path notAFolder = Files.writeString(folder.resolve("file"), "");
        Exports exports = Exports.open(List.of(ExportSettings
                .of("eve", ExportSettings.Kind.EVE_FILE, notAFolder.resolve("eve.json").toString(), "").holding(10)),
                "gate", FilterContext.at(0), () -> "");
        try (exports) {
            Thread.sleep(300);
            for (int i = 0; i < 1000; i++) {
                exports.accept(Lines.refused(i));
            }
            ExportStatus status = exports.status().getFirst();
            for (int i = 0; i < 50 && status.trouble().isEmpty(); i++) {
                Thread.sleep(50);
                status = exports.status().getFirst();
            }
            assertEquals(ExportStatus.State.WAITING, status.state());
            assertTrue(status.trouble().contains("takes nothing"), status.trouble());
            assertEquals(1000, status.lost() + status.waiting());
            assertTrue(status.waiting() >= 10, status::toString);
        }
        assertEquals(1000, exports.status().getFirst().lost());
    }

    @Test
    void settingsThatCannotBeAreRefusedInASentence() {
        FilterContext context = FilterContext.at(0);
        ExportException filter = assertThrows(ExportException.class,
                () -> Exports.open(
                        List.of(ExportSettings.of("a", ExportSettings.Kind.EVE_FILE, "/x", "verdikt:deny")), "gate",
                        context, () -> "").close());
        assertTrue(String.valueOf(filter.getMessage()).contains("`verdict:`"), filter.getMessage());
        ExportException target = assertThrows(ExportException.class,
                () -> Exports.open(List.of(ExportSettings.of("a", ExportSettings.Kind.SYSLOG, "udp://x:514", "")),
                        "gate", context, () -> "").close());
        assertTrue(String.valueOf(target.getMessage()).contains("syslog-tls://"), target.getMessage());
    }
}
