package io.sluice.journal.evidence;

import io.sluice.journal.evidence.Changes.Change;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The session in plain text. It is made of the records and the recordings' digests and of nothing else, so whoever has
 * those makes the same text anew, and a changed figure shows.
 */
final class EvidenceReport {
    private static final Set<String> KNOWN = Set.of("type", "session", "person", "by", "happened", "rule", "for");

    private final StringBuilder text = new StringBuilder();
    private final List<SessionRecord> records;

    private EvidenceReport(List<SessionRecord> records) {
        this.records = records;
    }

    /** @param covered records that the checkpoint covers */
    static String of(String session, List<SessionRecord> records, List<Recorded> recordings, long covered) {
        EvidenceReport report = new EvidenceReport(records);
        List<Change> changes = Changes.in(records);
        report.head(session, changes, covered);
        report.steps();
        report.changes(changes);
        report.recordings(recordings);
        return report.text.toString();
    }

    private void head(String session, List<Change> changes, long covered) {
        line("Jump session " + session);
        line("");
        for (SessionRecord r : of("session-requested")) {
            line("asked by     " + r.note("person") + ", " + r.time() + ", for " + r.note("targets") + ", "
                    + r.note("access"));
            line("reason       " + r.note("reason")
                    + (r.note("ticket").isEmpty() ? "" : ", ticket " + r.note("ticket")));
        }
        for (SessionRecord r : of("session-approved")) {
            line("approved by  " + r.note("person") + ", " + r.time() + ", for " + r.note("targets") + ", "
                    + r.note("access") + (r.note("narrowed").equals("true") ? ", narrowed" : ""));
        }
        if (of("session-approved").isEmpty()) {
            line("approved by  nobody that these records name");
        }
        for (SessionRecord r : of("session-ended")) {
            line("ended        " + r.time() + ", " + r.note("why") + ", by " + r.note("person"));
        }
        if (of("session-ended").isEmpty()) {
            line("ended        not in these records");
        }
        Set<String> policies = new TreeSet<>(records.stream().map(r -> r.text("sluice", "policy"))
                .filter(hash -> !hash.isEmpty()).toList());
        line("policy       " + (policies.isEmpty() ? "none judged anything" : String.join(", ", policies)));
        line("changes      " + changes.stream().filter(Change::passed).count() + " passed, "
                + changes.stream().filter(c -> !c.passed()).count() + " refused");
        line("records      " + records.size() + ", number " + records.getFirst().index() + " to "
                + records.getLast().index() + ", by a checkpoint of " + covered);
    }

    private List<SessionRecord> of(String type) {
        return records.stream().filter(r -> r.type().equals(type)).toList();
    }

    private void steps() {
        line("");
        line("What happened");
        for (SessionRecord r : records) {
            if (!r.type().isEmpty() && r.fields().get("management") instanceof Map<?, ?> fields) {
                String more = fields.entrySet().stream().filter(f -> !KNOWN.contains(String.valueOf(f.getKey())))
                        .map(f -> f.getKey() + " " + f.getValue()).collect(Collectors.joining("; "));
                line("  " + r.time() + "  " + r.type() + ", " + r.note("person") + (more.isEmpty() ? "" : ": " + more)
                        + "  [" + r.index() + "]");
            }
        }
    }

    private void changes(List<Change> changes) {
        line("");
        line("Changes, and attempts at changes");
        if (changes.isEmpty()) {
            line("  none");
        }
        for (Change c : changes) {
            line("  " + c.record().time() + "  " + c.where() + ": " + (c.before().isEmpty() ? "(not seen)" : c.before())
                    + " -> " + (c.after().isEmpty() ? "(not told)" : c.after()) + "  " + c.verdict() + "  ["
                    + c.record().index() + "]");
        }
    }

    private void recordings(List<Recorded> recordings) {
        line("");
        line("Recordings");
        if (recordings.isEmpty()) {
            line("  none in this bundle");
        }
        for (Recorded r : recordings) {
            line("  " + r.name() + "  " + r.bytes() + " bytes  SHA-256 " + r.sha256() + "  "
                    + "(" + journalSays(r) + ")");
        }
        for (SessionRecord r : of("session-recorded")) {
            if (recordings.stream().noneMatch(there -> there.name().equals(r.note("file")))) {
                line("  " + r.note("file") + "  not in this bundle  [" + r.index() + "]");
            }
        }
    }

    private String journalSays(Recorded recording) {
        List<SessionRecord> told = of("session-recorded").stream()
                .filter(r -> r.note("file").equals(recording.name())).toList();
        if (told.isEmpty()) {
            return "the journal has no digest of it";
        }
        return told.stream().anyMatch(r -> r.note("sha256").equals(recording.sha256()))
                ? "as the journal says"
                : "the journal says another digest";
    }

    /** What somebody typed is part of it, and must not look like another line. */
    private void line(String line) {
        line.codePoints().map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                || c == 0x2028 || c == 0x2029 ? '?' : c).forEach(text::appendCodePoint);
        text.append('\n');
    }
}
