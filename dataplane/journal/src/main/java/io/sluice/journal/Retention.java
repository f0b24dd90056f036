package io.sluice.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Which segments are too many: those that were last written to longer ago than the journal is to be kept, and the oldest,
 * as long as all together take more than their share of the filesystem. Whole segments only, and never the newest.
 */
final class Retention {
    private final Duration keep;
    private final int sharePercent;

    Retention(Duration keep, int sharePercent) {
        this.keep = keep;
        this.sharePercent = sharePercent;
    }

    /** The most bytes that all segments may take. */
    long most(Segment any) throws IOException {
        return Files.getFileStore(any.folder()).getTotalSpace() / 100 * sharePercent;
    }

    /** The first segments of the list that have to go; the list is that of the folder, the oldest first. */
    List<Segment> surplus(List<Segment> all, Instant now) throws IOException {
        if (all.size() < 2) {
            return List.of();
        }
        long total = 0;
        for (Segment segment : all) {
            total += segment.bytes();
        }
        long most = most(all.getFirst());
        int gone = 0;
        while (gone < all.size() - 1 && (total > most || old(all.get(gone), now))) {
            total -= all.get(gone).bytes();
            gone++;
        }
        return all.subList(0, gone);
    }

    private boolean old(Segment segment, Instant now) throws IOException {
        return Files.getLastModifiedTime(segment.file()).toInstant().isBefore(now.minus(keep));
    }

    /** The records first: checkpoints without a segment are no gap. */
    static void delete(Segment segment) throws IOException {
        Files.deleteIfExists(segment.file());
        Files.deleteIfExists(segment.checkpoints());
    }
}
