package io.sluice.journal.evidence;

import io.sluice.journal.RecordProof;
import io.sluice.journal.VerifierKey;
import io.sluice.journal.evidence.EvidenceManifest.Stored;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Checks a bundle with nothing but a public key: no journal, no network. */
public final class EvidenceCheck {
    private static final int MOST_PROBLEMS = 20;

    /**
     * What was found.
     *
     * @param session empty where the bundle does not say
     * @param problems sentences; empty: it holds
     * @param covered records that the checkpoint covers
     * @param unsworn recordings of which the journal has no digest
     * @param report the text in it; empty where there are problems
     */
    public record Found(String session, List<String> problems, int records, long covered, int recordings, int unsworn,
            String report) {}

    private final BundleFiles files;
    private final VerifierKey key;
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Stored> stored = new TreeMap<>();
    private final List<SessionRecord> records = new ArrayList<>();
    private final List<Recorded> recordings = new ArrayList<>();
    private String checkpoint = "";
    private long covered;
    private int unsworn;

    private EvidenceCheck(BundleFiles files, VerifierKey key) {
        this.files = files;
        this.key = key;
    }

    /** Whether a zip file is meant as the bundle of a session; a zip file of a journal is another thing. */
    public static boolean isBundle(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.stream().map(ZipEntry::getName).anyMatch(n -> n.equals(EvidenceBundle.MANIFEST)
                    || n.equals(EvidenceBundle.REPORT) || n.startsWith(EvidenceBundle.PROOFS));
        } catch (IOException notZip) {
            return false;
        }
    }

    public static Found check(Path bundle, VerifierKey key) throws IOException {
        try (BundleFiles files = BundleFiles.open(bundle)) {
            return new EvidenceCheck(files, key).check();
        } catch (NoEvidence refused) {
            return new Found("", List.of(refused.sentence()), 0, 0, 0, 0, "");
        }
    }

    private Found check() throws NoEvidence {
        Set<String> needed = new TreeSet<>(
                Set.of(EvidenceBundle.MANIFEST, EvidenceBundle.REPORT, EvidenceBundle.RECORDS,
                        EvidenceBundle.CHECKPOINT));
        needed.removeAll(files.names());
        if (!needed.isEmpty()) {
            throw new NoEvidence("`" + needed.iterator().next() + "` is missing: it was taken out of the bundle");
        }
        String text = text(EvidenceBundle.MANIFEST, EvidenceLimits.TEXT_BYTES);
        EvidenceManifest manifest = EvidenceManifest.parse(text);
        if (!manifest.key().equals(key.toString())) {
            throw new NoEvidence("the bundle says that the key `" + manifest.key()
                    + "` signed it, and it is checked with `"
                    + key + "`; get the firewall's public key from the plant, not from whoever made the bundle");
        }
        names(manifest);
        for (String name : files.names()) {
            if (name.startsWith(EvidenceBundle.PROOFS)) {
                proof(name);
            } else if (name.startsWith(EvidenceBundle.RECORDINGS)) {
                recording(name);
            }
        }
        if (records.isEmpty()) {
            problem("no record in it is proven");
        } else {
            contents(manifest, text);
        }
        boolean holds = problems.isEmpty();
        return new Found(manifest.session(), List.copyOf(problems), records.size(), covered, recordings.size(), unsworn,
                holds ? text(EvidenceBundle.REPORT, EvidenceLimits.TEXT_BYTES) : "");
    }

    /** The files that are there are those that the manifest names. */
    private void names(EvidenceManifest manifest) {
        for (String name : manifest.files().keySet()) {
            if (!files.names().contains(name)) {
                problem("`" + name + "` is missing: it was taken out of the bundle");
            }
        }
        for (String name : files.names()) {
            if (!name.equals(EvidenceBundle.MANIFEST) && !manifest.files().containsKey(name)) {
                problem("`" + name + "` was put into the bundle: `manifest.json` does not name it");
            }
        }
    }

    private void proof(String name) throws NoEvidence {
        String text = text(name, RecordProof.MOST_BYTES);
        try {
            RecordProof proof = RecordProof.parse(text);
            if (proof.problem(key).isPresent()) {
                problem("`" + name + "`: " + proof.problem(key).get());
                return;
            }
            if (!proof.text().equals(text) || !EvidenceBundle.proof(proof.index()).equals(name)) {
                problem("`" + name + "` is not written as the proof of record " + proof.index() + " is");
                return;
            }
            checkpoint = checkpoint.isEmpty() ? proof.checkpointText() : checkpoint;
            covered = proof.covered();
            if (!checkpoint.equals(proof.checkpointText())) {
                problem("`" + name + "` is proven by another checkpoint than the records before it");
            }
            SessionRecord.of(proof.index(), proof.record()).ifPresentOrElse(records::add,
                    () -> problem("`" + name + "` proves something that is no record of a journal"));
        } catch (RecordProof.NoProof none) {
            problem("`" + name + "` cannot be read as a proof: " + none.sentence());
        }
    }

    private void recording(String name) throws NoEvidence {
        Digest digest = new Digest();
        files.read(name, EvidenceLimits.RECORDING_BYTES, digest::add);
        Recorded recorded = new Recorded(name.substring(EvidenceBundle.RECORDINGS.length()), digest.bytes(),
                digest.sha256());
        stored.put(name, new Stored(Long.toString(recorded.bytes()), recorded.sha256()));
        recordings.add(recorded);
    }

    /** Everything that is not proven by itself must be what the records make it. */
    private void contents(EvidenceManifest manifest, String manifestText) throws NoEvidence {
        StringBuilder lines = new StringBuilder();
        SessionRecords session = new SessionRecords(manifest.session());
        for (SessionRecord record : records) {
            lines.append(record.line()).append('\n');
            if (!session.belongs(record)) {
                problem("record " + record.index() + " is none of session `" + manifest.session() + "`");
            }
        }
        recordings.forEach(this::compareWithJournal);
        compare(EvidenceBundle.RECORDS, EvidenceLimits.RECORD_BYTES * 2, lines.toString());
        compare(EvidenceBundle.CHECKPOINT, RecordProof.MOST_BYTES, checkpoint);
        compare(EvidenceBundle.REPORT, EvidenceLimits.TEXT_BYTES,
                EvidenceReport.of(manifest.session(), records, recordings, covered));
        digests(manifest);
        String made = new EvidenceManifest(manifest.session(), key.toString(), covered, stored).text();
        if (problems.isEmpty() && !made.equals(manifestText)) {
            problem("`manifest.json` " + difference(manifestText, made));
        }
    }

    private void compareWithJournal(Recorded recorded) {
        List<SessionRecord> told = records.stream().filter(r -> r.type().equals("session-recorded"))
                .filter(r -> r.note("file").equals(recorded.name())).toList();
        if (told.isEmpty()) {
            unsworn++;
        } else if (told.stream().noneMatch(r -> r.note("sha256").equals(recorded.sha256()))) {
            problem("`recordings/" + recorded.name() + "` is not what was recorded: record " + told.getLast().index()
                    + " has another SHA-256");
        }
    }

    private void compare(String name, int most, String expected) throws NoEvidence {
        String is = text(name, most);
        if (!is.equals(expected)) {
            problem("`" + name + "` " + difference(is, expected));
        }
    }

    private static String difference(String is, String expected) {
        String[] these = is.split("\n", -1);
        String[] those = expected.split("\n", -1);
        int line = 0;
        while (line < these.length && line < those.length && these[line].equals(those[line])) {
            line++;
        }
        String seen = line < these.length ? shown(these[line]) : "";
        String wanted = line < those.length ? shown(those[line]) : "";
        return "does not agree with the signed records: line " + (line + 1) + " is `" + seen + "`, and they make it `"
                + wanted + "`";
    }

    private static String shown(String line) {
        String plain = line.replaceAll("\\p{Cntrl}", "?");
        return plain.length() > 200 ? plain.substring(0, 200) + "…" : plain;
    }

    private void digests(EvidenceManifest manifest) {
        stored.forEach((name, is) -> {
            Stored said = manifest.files().get(name);
            if (said != null && !said.equals(is)) {
                problem("`" + name + "` has " + is.bytes() + " bytes and the SHA-256 " + is.sha256()
                        + ", and `manifest.json` says " + said.bytes() + " and " + said.sha256());
            }
        });
    }

    private String text(String name, int most) throws NoEvidence {
        byte[] bytes = files.bytes(name, most);
        if (!name.equals(EvidenceBundle.MANIFEST)) {
            stored.put(name, Digest.stored(bytes));
        }
        return BundleFiles.text(name, bytes);
    }

    private void problem(String sentence) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(sentence);
        }
    }
}
