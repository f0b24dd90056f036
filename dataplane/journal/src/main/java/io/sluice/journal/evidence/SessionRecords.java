package io.sluice.journal.evidence;

import io.sluice.journal.JournalReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The records of one session: those that name it, and those of traffic under a grant that was opened for it. A grant's
 * opening is written before what happens under it, so one reading finds them.
 */
final class SessionRecords {
    private final String session;
    private final Set<String> grants = new HashSet<>();
    private final List<SessionRecord> found = new ArrayList<>();
    private long bytes;

    SessionRecords(String session) {
        this.session = session;
    }

    /** All that a journal has of a session, in order. */
    static List<SessionRecord> in(Path journal, String session) throws IOException, NoEvidence {
        SessionRecords records = new SessionRecords(session);
        try (JournalReader reader = JournalReader.open(journal, 0)) {
            while (reader.next()) {
                String line = new String(reader.bytes(), reader.from(), reader.length(), StandardCharsets.UTF_8);
                if (records.mayBelong(line)) {
                    records.take(reader.index(), line);
                }
            }
        }
        return records.found;
    }

    private boolean mayBelong(String line) {
        return line.contains(session) || grants.stream().anyMatch(line::contains);
    }

    private void take(long index, String line) throws NoEvidence {
        Optional<SessionRecord> record = SessionRecord.of(index, line).filter(this::belongs);
        if (record.isEmpty()) {
            return;
        }
        found.add(record.get());
        bytes += line.length();
        if (found.size() > EvidenceLimits.RECORDS || bytes > EvidenceLimits.RECORD_BYTES) {
            throw new NoEvidence("session `" + session + "` has more than " + EvidenceLimits.RECORDS + " records or "
                    + (EvidenceLimits.RECORD_BYTES >> 20)
                    + " MiB, too many for a bundle; hand over a zip file of the journal's folder instead");
        }
    }

    /** Whether a record is one of the session; asked in the journal's order. */
    boolean belongs(SessionRecord record) {
        if (record.note("session").equals(session)) {
            if (record.type().equals("grant.opened") && !record.note("grant").isEmpty()) {
                grants.add(record.note("grant"));
            }
            return true;
        }
        String grant = record.text("sluice", "grant");
        return !grant.isEmpty() && grants.contains(grant);
    }
}
