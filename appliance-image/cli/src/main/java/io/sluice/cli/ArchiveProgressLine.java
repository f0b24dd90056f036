package io.sluice.cli;

import io.sluice.archive.Standing;
import java.util.Locale;
import java.util.function.Consumer;

/** Shows on a terminal how far an archive is, and how long it will still take at the speed so far. */
final class ArchiveProgressLine implements Consumer<Standing> {
    private static final double SECOND = 1e9;
    /** Before that much time the speed says more of the start than of the run. */
    private static final double SETTLED = 2e9;

    private final Console console;
    private final long start = System.nanoTime();

    ArchiveProgressLine(Console console) {
        this.console = console;
    }

    @Override
    public void accept(Standing standing) {
        console.progress(line(standing, System.nanoTime() - start));
    }

    static String line(Standing s, long nanos) {
        String share = s.bytesToDo() == 0
                ? ""
                : String.format(Locale.ROOT, " (%d %%)", 100 * s.bytesDone() / s.bytesToDo());
        String rest = s.bytesDone() == 0 || nanos < SETTLED
                ? ""
                : ", " + Amount.duration((long) ((double) nanos / s.bytesDone() * (s.bytesToDo() - s.bytesDone())))
                        + " left";
        return Amount.bytes(s.bytesDone()) + " of " + Amount.bytes(s.bytesToDo()) + share + ", "
                + Amount.number(s.rows()) + " rows, " + String.format(Locale.ROOT, "%.0f s", nanos / SECOND) + rest;
    }
}
