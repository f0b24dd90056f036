package io.sluice.journal.evidence;

import io.sluice.journal.RecordProof;
import io.sluice.journal.VerifierKey;
import io.sluice.journal.evidence.EvidenceManifest.Stored;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/** Makes the bundle of a session: the same bytes from the same journal and recordings. */
public final class EvidenceBundle {
    static final String MANIFEST = "manifest.json";
    static final String REPORT = "report.txt";
    static final String RECORDS = "records.jsonl";
    static final String CHECKPOINT = "checkpoint";
    static final String PROOFS = "proofs/";
    static final String RECORDINGS = "recordings/";
    private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    /**
     * What was written.
     *
     * @param report the text that is in it
     */
    public record Made(int records, int recordings, String report) {}

    private final ZipOutputStream zip;
    private final Map<String, Stored> files = new TreeMap<>();

    private EvidenceBundle(ZipOutputStream zip) {
        this.zip = zip;
    }

    /** The name of a record's proof. */
    static String proof(long index) {
        return PROOFS + String.format(Locale.ROOT, "%016d", index) + ".tlog-proof";
    }

    /**
     * Writes a bundle into a new file, which is not there if this fails.
     *
     * @param recordings where the gateway keeps them; null: the bundle has none
     * @throws NoEvidence the journal has nothing of the session, or it is not signed yet, or is broken
     */
    public static Made write(Path journal, VerifierKey key, String session, @Nullable Path recordings, Path out)
            throws IOException, NoEvidence {
        if (!SESSION.matcher(session).matches()) {
            throw new NoEvidence("`" + session + "` is no session; `sluice sessions list` and the page name them");
        }
        List<SessionRecord> records = SessionRecords.in(journal, session);
        if (records.isEmpty()) {
            throw new NoEvidence("the journal has no record of session `" + session
                    + "`; compare its name with the page, or it is older than what the journal keeps");
        }
        List<RecordProof> proofs;
        try {
            proofs = RecordProof.all(journal, key, records.stream().map(SessionRecord::index).toList());
        } catch (RecordProof.NoProof none) {
            throw new NoEvidence(none.sentence());
        }
        List<Path> pcaps = recordings == null ? List.of() : recordings(recordings, session);
        OutputStream file = Files.newOutputStream(out, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(file))) {
            return new EvidenceBundle(zip).write(session, key, records, proofs, pcaps);
        } catch (IOException | RuntimeException failed) {
            Files.deleteIfExists(out);
            throw failed;
        }
    }

    private static List<Path> recordings(Path folder, String session) throws IOException, NoEvidence {
        Pattern name = Pattern.compile(Pattern.quote(session) + "-[0-9]{8}T[0-9]{6}\\.[0-9]{3}Z\\.pcapng");
        List<Path> all;
        try (Stream<Path> files = Files.list(folder)) {
            all = files.filter(f -> name.matcher(String.valueOf(f.getFileName())).matches())
                    .filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS)).sorted().toList();
        }
        if (all.size() > EvidenceLimits.RECORDINGS) {
            throw new NoEvidence("session `" + session + "` has " + all.size()
                    + " recordings, and a bundle holds at most "
                    + EvidenceLimits.RECORDINGS + "; make it without --recordings and hand them over beside it");
        }
        for (Path file : all) {
            if (Files.size(file) > EvidenceLimits.RECORDING_BYTES) {
                throw new NoEvidence("`" + file + "` is larger than " + (EvidenceLimits.RECORDING_BYTES >> 30)
                        + " GiB, too large for a bundle; make it without --recordings and hand it over beside it");
            }
        }
        return all;
    }

    private Made write(String session, VerifierKey key, List<SessionRecord> records, List<RecordProof> proofs,
            List<Path> pcaps) throws IOException {
        List<Recorded> recordings = new ArrayList<>();
        for (Path pcap : pcaps) {
            recordings.add(recording(pcap));
        }
        RecordProof any = proofs.getFirst();
        String report = EvidenceReport.of(session, records, recordings, any.covered());
        add(REPORT, report);
        add(RECORDS, records.stream().map(r -> r.line() + "\n").collect(Collectors.joining()));
        add(CHECKPOINT, any.checkpointText());
        for (RecordProof proof : proofs) {
            add(proof(proof.index()), proof.text());
        }
        add(MANIFEST, new EvidenceManifest(session, key.toString(), any.covered(), Map.copyOf(files)).text());
        return new Made(records.size(), recordings.size(), report);
    }

    private Recorded recording(Path pcap) throws IOException {
        String name = String.valueOf(pcap.getFileName());
        begin(RECORDINGS + name);
        Digest digest = new Digest();
        byte[] piece = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(pcap)) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                digest.add(piece, n);
                zip.write(piece, 0, n);
            }
        }
        zip.closeEntry();
        Recorded recorded = new Recorded(name, digest.bytes(), digest.sha256());
        files.put(RECORDINGS + name, new Stored(Long.toString(recorded.bytes()), recorded.sha256()));
        return recorded;
    }

    private void add(String name, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        begin(name);
        zip.write(bytes);
        zip.closeEntry();
        files.put(name, Digest.stored(bytes));
    }

    private void begin(String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
    }
}
