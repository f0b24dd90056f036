package io.sluice.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.engine.Profile;
import io.sluice.engine.words.Times;
import io.sluice.replay.ReportWriter.Form;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Reports on a machine that speaks another language. Alone, since the language is everybody's. */
@Isolated
class LanguageTest {
    // Arabic and Hindi locales format digits of their own.
    @Test
    void theMachinesLanguageDoesNotMatter() throws Exception {
        Report report = Recordings.replay("modbus/line-3", Profile.OBSERVE);
        Locale before = Locale.getDefault();
        try {
            for (Form form : Form.values()) {
                Locale.setDefault(Locale.ROOT);
                String expected = Recordings.written(report, form);
                Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
                assertEquals(expected, Recordings.written(report, form));
            }
            // Seconds of a dissection, which scripts read.
            assertEquals("1.000000002", Times.epoch(1_000_000_002));
        } finally {
            Locale.setDefault(before);
        }
    }
}
