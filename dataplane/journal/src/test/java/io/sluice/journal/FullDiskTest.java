package io.sluice.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a real filesystem of 256 KiB, which is really full. */
class FullDiskTest {
    private static final int BATCH = 16 << 10;
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    Path disk;

    private final AtomicLong steady = new AtomicLong();
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        mounted = run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", disk.toString());
        assumeTrue(mounted, "needs the right to mount a filesystem");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertTrue(run("umount", "-l", disk.toString()));
        }
    }

    private static boolean run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    private Journal open(JournalLimits limits) throws IOException {
        JournalLimits small = new JournalLimits(limits.segmentBytes(), BATCH, limits.checkpointRecords(),
                limits.checkpointEvery(), limits.writeEvery(), limits.forceEvery(), limits.forceSoon(),
                limits.retryEvery(), limits.interimEvery(), limits.flows(), limits.dropsPerSecond(), limits.alike(),
                limits.alikeEvery(), limits.likenesses());
        return new Journal(JournalSettings.in(disk.resolve("journal"), "test"), small,
                new Clocks(InstantSource.system(), steady::get));
    }

    private void write(Journal journal, int records) {
        for (int i = 0; i < records; i++) {
            journal.management("test", Map.of("number", Integer.toString(i), "filler", "x".repeat(300)));
            steady.addAndGet(SECOND / 1000);
            journal.endOfBatch();
        }
    }

    private Path fill() throws IOException {
        Path other = disk.resolve("other");
        byte[] block = new byte[4096];
        try (var out = Files.newOutputStream(other)) {
            for (int i = 0; i < 1000; i++) {
                out.write(block);
            }
        } catch (IOException full) {
            return other;
        }
        throw new AssertionError("the disk does not fill");
    }

    @Test
    void nothingIsThrownLossIsCountedAndToldAndTheChainStaysSound() throws Exception {
        Path folder = disk.resolve("journal");
        try (Journal journal = open(JournalLimits.DEFAULT)) {
            write(journal, 20);
            assertNull(journal.state().alarm());
            Path other = fill();
            write(journal, 200);
            JournalState full = journal.state();
            assertNotNull(full.alarm());
            assertTrue(full.alarm().contains("No space left on device"), full.alarm());
            assertTrue(full.lost() > 0 && full.waiting() > 0, full::toString);
            assertTrue(Folders.verify(folder).sound());

            Files.delete(other);
            steady.addAndGet(2 * SECOND);
            write(journal, 10);
            assertNull(journal.state().alarm());
            assertEquals(full.lost(), journal.state().lost());
        }
        Verification after = Folders.verify(folder);
        assertTrue(after.sound(), () -> after.broken().toString());
        assertEquals(after.records(), after.signed());
        List<Map<?, ?>> lost = new ArrayList<>();
        for (String line : Lines.of(folder)) {
            Map<?, ?> said = Lines.object(Lines.parse(line), "management");
            if (Lines.text(said, "type").equals("journal.lost")) {
                lost.add(said);
            }
        }
        assertEquals(1, lost.size());
        // All that was said is written or counted: opened, closed and the record of the loss are the journal's own.
        assertEquals(230 + 3, after.records() + Lines.number(lost.getFirst(), "records"));
    }

    // Records fit, another file does not: the journal goes on in the segment that it has.
    @Test
    void aDiskWithoutRoomForAnotherSegmentStillTakesRecords() throws Exception {
        try (Journal journal = open(Folders.SMALL)) {
            for (int i = 0; i < 40; i++) {
                write(journal, 10);
            }
            assertNotNull(journal.state().alarm());
            assertTrue(journal.state().records() > 100, journal.state()::toString);
        }
        Verification after = Folders.verify(disk.resolve("journal"));
        assertTrue(after.sound(), () -> after.broken().toString());
    }

    // The oldest segments make room for the newest, long before the disk is full.
    @Test
    void theShareOfTheDiskIsKept() throws Exception {
        JournalLimits limits = JournalLimits.DEFAULT.withSegmentBytes(1 << 13);
        try (Journal journal = open(limits)) {
            write(journal, 1500);
            assertNull(journal.state().alarm());
            assertEquals(0, journal.state().lost());
        }
        Path folder = disk.resolve("journal");
        long bytes = 0;
        for (Segment segment : Segment.in(folder)) {
            bytes += segment.bytes();
        }
        assertTrue(bytes < (256 << 10) * 45 / 100, bytes + " bytes");
        Verification after = Folders.verify(folder);
        assertTrue(after.sound() && after.first() > 0, () -> after.broken().toString());
    }
}
