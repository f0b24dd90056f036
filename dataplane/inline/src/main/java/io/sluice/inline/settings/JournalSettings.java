package io.sluice.inline.settings;

import java.time.Duration;

/**
 * What is written into the journal, and for how long it is kept.
 *
 * @param all permitted reads one by one too; else they are counted for each flow
 * @param keep segments older than this are removed
 * @param sharePercent most of the disk that the journal may use
 * @param bytes of refused and of writing messages, so many octets are kept with their record
 */
public record JournalSettings(boolean all, Duration keep, int sharePercent, int bytes) {
    public static final JournalSettings DEFAULT = new JournalSettings(false, Duration.ofDays(90), 40, 256);
}
