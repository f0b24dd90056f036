package io.sluice.cli;

import io.sluice.replay.Progress;
import java.util.Locale;

/** Shows on a terminal how far a long capture is, a few times a second. */
final class ProgressLine implements Progress {
    private static final long INTERVAL_NANOS = 250_000_000L;

    private final Console console;
    private final long start = System.nanoTime();
    private long shown = start;

    ProgressLine(Console console) {
        this.console = console;
    }

    @Override
    public void at(long packets, long position, long size) {
        long now = System.nanoTime();
        if (now - shown < INTERVAL_NANOS) {
            return;
        }
        shown = now;
        String share = position >= 0 && size > 0 ? String.format(Locale.ROOT, ", %d %%", 100 * position / size) : "";
        console.progress(String.format(Locale.ROOT, "%,d packets%s, %.0f s", packets, share, (now - start) / 1e9));
    }
}
