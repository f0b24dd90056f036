package io.sluice.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a folder in order, while they are written or after. {@link #next} is false at the end; asked again
 * later, it goes on with what has come since. Segments that retention deletes meanwhile are skipped, and {@link #skipped}
 * says so. One thread.
 */
public final class JournalReader implements Closeable {
    private final Path folder;
    private @Nullable Segment segment;
    private @Nullable RecordScanner lines;
    private long next;
    private long skipped;

    private JournalReader(Path folder, long from) {
        this.folder = folder;
        next = from;
    }

    /** Reads from a record on; from the oldest that there is, if that one is gone. */
    public static JournalReader open(Path folder, long from) {
        return new JournalReader(folder, from);
    }

    /** The number of the oldest record that is kept, or that the next record will have; empty where there is no journal. */
    public static OptionalLong oldest(Path folder) throws IOException {
        return Segment.in(folder).stream().mapToLong(Segment::first).findFirst();
    }

    /** The number of the first record of the newest segment: so many records there are at least; empty where there is no journal. */
    public static OptionalLong newest(Path folder) throws IOException {
        return Segment.in(folder).stream().mapToLong(Segment::first).max();
    }

    /** Whether there is another record at the moment: {@link #length} bytes of {@link #bytes} from {@link #from}. */
    public boolean next() throws IOException {
        while (lines != null || enter()) {
            RecordScanner here = lines;
            if (here != null && (here.next() || over(here))) {
                next++;
                return true;
            }
            if (here != null && lines == here) { // the end of the newest segment
                if (here.unfinished() > 0) {
                    leave(); // half a record may be cut off and written anew: it is read again
                }
                return false;
            }
        }
        return false;
    }

    /** Opens the segment that has the next record, or the oldest after it; false if it is still to come. */
    private boolean enter() throws IOException {
        while (true) {
            List<Segment> all = Segment.in(folder);
            Optional<Segment> before = all.stream().filter(s -> s.first() <= next).reduce((_, later) -> later);
            Optional<Segment> after = all.stream().filter(s -> s.first() > next).findFirst();
            if (before.isPresent() && enter(before.get())) {
                return true;
            }
            if (after.isEmpty()) {
                return false;
            }
            skipTo(after.get());
        }
    }

    private void skipTo(Segment later) {
        skipped += later.first() - next;
        next = later.first();
    }

    /** Opens a segment right before the next record; false if it does not have as many, or is gone. */
    private boolean enter(Segment found) throws IOException {
        try {
            RecordScanner scanner = found.scan();
            segment = found;
            lines = scanner;
            for (long before = found.first(); before < next; before++) {
                if (!scanner.next()) {
                    leave();
                    return false;
                }
            }
            return true;
        } catch (NoSuchFileException deleted) {
            return false;
        }
    }

    /**
     * At the end of a segment: leaves it if a later one has begun and nothing was written here in between. The reader of an
     * open file goes on to its end even when the file is deleted.
     */
    private boolean over(RecordScanner here) throws IOException {
        Segment read = segment;
        Optional<Segment> later = Segment.in(folder).stream().filter(s -> read != null && s.first() > read.first())
                .findFirst();
        if (later.isEmpty()) {
            return false;
        }
        if (here.next()) {
            return true;
        }
        leave();
        if (later.get().first() > next) {
            skipTo(later.get());
        }
        return false;
    }

    private void leave() throws IOException {
        if (lines != null) {
            lines.close();
        }
        lines = null;
        segment = null;
    }

    /** The number of the record that {@link #next} found. */
    public long index() {
        return next - 1;
    }

    public byte[] bytes() {
        return lines == null ? new byte[0] : lines.buffer();
    }

    public int from() {
        return lines == null ? 0 : lines.from();
    }

    /** Without the line feed. */
    public int length() {
        return lines == null ? 0 : lines.length();
    }

    /** Records that were deleted before they could be read. */
    public long skipped() {
        return skipped;
    }

    @Override
    public void close() throws IOException {
        leave();
    }
}
