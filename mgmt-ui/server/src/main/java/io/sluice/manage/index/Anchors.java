package io.sluice.manage.index;

import io.sluice.journal.JournalReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * Sums over single records, by which the index sees that the journal still is the one that it was made of. After a power
 * cut the journal may have lost records that the index has already, and have others under their numbers.
 */
final class Anchors {
    private static final int EVERY = 2000;
    private static final int KEPT = 500;

    private final Database database;
    private final Path journal;
    private long last = -1;

    private record Anchor(long id, long hash) {}

    Anchors(Database database, Path journal) {
        this.database = database;
        this.journal = journal;
    }

    static long hash(byte[] bytes, int from, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, from, length);
        return sum.getValue();
    }

    /** Remembers the last record of a transaction, now and then. */
    void keep(long id, long hash) throws SQLException {
        boolean far = id - last >= EVERY;
        try (Statement s = database.connection().createStatement()) {
            if (!far) { // of those that are near, only the newest
                s.execute("DELETE FROM anchor WHERE id > " + last);
            } else {
                last = id;
                s.execute("DELETE FROM anchor WHERE id < " + (id - (long) EVERY * KEPT));
            }
            s.execute("INSERT INTO anchor VALUES (" + id + ", " + hash + ")");
        }
    }

    /**
     * The number of the first record that the journal and the index do not have in common; empty if they have nothing in
     * common that could be compared, although both have records.
     *
     * @param position the number of the record that the index expects next
     */
    OptionalLong common(long position) throws SQLException, IOException {
        List<Anchor> anchors = anchors();
        OptionalLong oldest = Files.isDirectory(journal) ? JournalReader.oldest(journal) : OptionalLong.empty();
        if (anchors.isEmpty() || oldest.isEmpty() || oldest.getAsLong() > anchors.getLast().id) {
            return OptionalLong.of(position);
        }
        if (same(anchors.getLast())) {
            return OptionalLong.of(position);
        }
        int low = 0;
        int high = anchors.size() - 1; // the first that differs is among low..high
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (anchors.get(middle).id < oldest.getAsLong() || same(anchors.get(middle))) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 || anchors.get(low - 1).id < oldest.getAsLong()
                ? OptionalLong.empty()
                : OptionalLong.of(anchors.get(low - 1).id + 1);
    }

    private boolean same(Anchor anchor) throws IOException {
        try (JournalReader reader = JournalReader.open(journal, anchor.id)) {
            return reader.next() && reader.index() == anchor.id
                    && hash(reader.bytes(), reader.from(), reader.length()) == anchor.hash;
        }
    }

    private List<Anchor> anchors() throws SQLException {
        List<Anchor> anchors = new ArrayList<>();
        try (PreparedStatement s = database.connection().prepareStatement("SELECT id, hash FROM anchor ORDER BY id");
                ResultSet rows = s.executeQuery()) {
            while (rows.next()) {
                anchors.add(new Anchor(rows.getLong(1), rows.getLong(2)));
            }
        }
        if (anchors.size() > 1) {
            last = anchors.get(anchors.size() - 2).id;
        }
        return anchors;
    }
}
