package io.sluice.manage.event;

import io.sluice.journal.JournalReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Follows a journal and makes events of its records. A folder that is not there has none. One thread. */
public final class EventReader implements Closeable {
    private final Path folder;
    private final JournalReader reader;
    private final EventParser parser = new EventParser();

    private EventReader(Path folder, long from) {
        this.folder = folder;
        reader = JournalReader.open(folder, from);
    }

    /** From a record on; from the oldest that there is, if that one is gone. */
    public static EventReader open(Path folder, long from) {
        return new EventReader(folder, from);
    }

    /**
     * What is there by now, at most so many; empty at the end, and more later.
     *
     * @param raw whether {@link Event#raw} is wanted
     */
    public List<Event> read(int most, boolean raw) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<Event> events = new ArrayList<>(Math.min(most, 1024));
        while (events.size() < most && reader.next()) {
            events.add(raw
                    ? parser.parse(reader.index(), reader.bytes(), reader.from(), reader.length())
                    : parser.parseBriefly(reader.index(), reader.bytes(), reader.from(), reader.length()));
        }
        return events;
    }

    /** Records that were deleted before they could be read. */
    public long skipped() {
        return reader.skipped();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
