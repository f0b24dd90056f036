package io.sluice.journal.evidence;

import java.util.Map;
import java.util.Optional;

/**
 * A record of a session.
 *
 * @param index from 0, counted since the journal began
 * @param line as it stands in the journal, without its line feed
 * @param fields the same, read
 */
record SessionRecord(long index, String line, Map<String, Object> fields) {
    private static final int WHOLE_SECONDS = 19;

    /** Empty where the line is no record. */
    static Optional<SessionRecord> of(long index, String line) {
        return Json.object(line).map(fields -> new SessionRecord(index, line, fields));
    }

    String text(String... path) {
        return Json.text(fields, path);
    }

    /** Of the management server's or the firewall's notes, such as {@code session-approved}; empty for traffic. */
    String type() {
        return text("management", "type");
    }

    String note(String name) {
        return text("management", name);
    }

    /** UTC, to the second: when it happened, where that was before it was written down. */
    String time() {
        String happened = note("happened");
        String time = happened.isEmpty() ? text("timestamp") : happened;
        return time.length() < WHOLE_SECONDS ? time : time.substring(0, WHOLE_SECONDS) + "Z";
    }
}
