package io.sluice.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.journal.JournalSettings.Detail;
import io.sluice.testdata.ModbusTraffic;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalLoadTest {
    @TempDir
    Path folder;

    @Test
    void aHundredThousandFramesAreWrittenWithoutLossAndFoundSound() throws Exception {
        JournalSettings settings = new JournalSettings(folder, Detail.ALL, JournalSettings.KEEP,
                JournalSettings.SHARE_PERCENT, "load");
        long records;
        ModbusTraffic.Summary summary;
        try (Journal journal = new Journal(settings, JournalLimits.DEFAULT.withSegmentBytes(4 << 20), Clocks.SYSTEM)) {
            summary = Traffic.run(new ModbusTraffic(100_000, 100, 9), journal);
            journal.checkpoint();
            records = journal.state().records();
            assertEquals(0, journal.state().lost());
            assertNull(journal.state().alarm());
        }
        assertTrue(records > summary.requests());
        Verification after = Folders.verify(folder);
        assertTrue(after.sound(), () -> after.broken().toString());
        assertEquals(records + 1, after.records());
        assertTrue(after.segments() > 5);
    }
}
