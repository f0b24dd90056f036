package io.sluice.journal;

import io.sluice.journal.Proof.Range;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That one record is in a journal, for somebody who has nothing but the public key: the record, its number, the hashes that
 * lead from it to the root of the tree (RFC 6962 §2.1.1), and a signed checkpoint with that root. As text it is a C2SP
 * tlog-proof, whose {@code extra} line holds the record.
 */
public final class RecordProof {
    /** Why there is no proof, in a sentence. */
    public static final class NoProof extends Exception {
        private static final long serialVersionUID = 1;

        private final String sentence;

        NoProof(String sentence) {
            super(sentence);
            this.sentence = sentence;
        }

        public String sentence() {
            return sentence;
        }
    }

    /** A file that begins so is a proof. */
    public static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";
    /** No proof is longer: the longest record in base64, 63 hashes, a checkpoint. */
    public static final int MOST_BYTES = JournalLimits.RECORD_BYTES * 2;

    private static final Pattern PLACE = Pattern.compile("(?:.*/)?journal-([0-9]{16})\\.jsonl:([1-9][0-9]{0,15}):?");
    private static final Pattern INDEX = Pattern.compile("index (0|[1-9][0-9]{0,17})");
    private static final String EXTRA = "extra ";
    private static final int MOST_HASHES = 63;
    /** Retention may delete a segment while it is looked for, but not faster than once in a minute. */
    private static final int MOST_TRIES = 3;

    private final long index;
    private final byte[] record;
    private final List<byte[]> path;
    private final SignedNote note;
    private final Checkpoint checkpoint;

    private RecordProof(long index, byte[] record, List<byte[]> path, SignedNote note, Checkpoint checkpoint) {
        this.index = index;
        this.record = record;
        this.path = path;
        this.note = note;
        this.checkpoint = checkpoint;
    }

    /** The number of the record in a line of a segment, {@code journal-0000000000001166.jsonl:3}; empty for other texts. */
    public static OptionalLong indexOf(String place) {
        Matcher matcher = PLACE.matcher(place);
        return matcher.matches()
                ? OptionalLong.of(Long.parseLong(matcher.group(1)) + Long.parseLong(matcher.group(2)) - 1)
                : OptionalLong.empty();
    }

    /**
     * Proves that a record is in the journal, by its newest checkpoint.
     *
     * @param index from 0, counted since the journal began
     * @throws NoProof there is no such record, or no checkpoint of this key covers it, or the journal is broken
     */
    public static RecordProof of(Path folder, VerifierKey key, long index) throws IOException, NoProof {
        return all(folder, key, List.of(index)).getFirst();
    }

    /**
     * Proves several records by the same checkpoint, the newest; the journal is read once for all of them.
     *
     * @param indexes rising
     * @throws NoProof as {@link #of}, for the first record of which it is so
     */
    public static List<RecordProof> all(Path folder, VerifierKey key, List<Long> indexes) throws IOException, NoProof {
        for (int tries = 1;; tries++) {
            try {
                return once(folder, key, indexes);
            } catch (NoSuchFileException deletedMeanwhile) {
                if (tries == MOST_TRIES) {
                    throw deletedMeanwhile;
                }
            }
        }
    }

    private static List<RecordProof> once(Path folder, VerifierKey key, List<Long> indexes)
            throws IOException, NoProof {
        List<byte[]> records = records(folder, indexes);
        SignedNote note = newest(folder, key);
        Checkpoint checkpoint = note.checkpoint().orElseThrow();
        Map<Range, Integer> places = new LinkedHashMap<>();
        for (long index : indexes) {
            if (checkpoint.size() <= index) {
                throw new NoProof(
                        "record " + index + " is not signed yet: the newest checkpoint covers the " + checkpoint.size()
                                + " before it; one is signed every minute, so try again");
            }
            Proof.inclusion(index, checkpoint.size()).forEach(range -> places.putIfAbsent(range, places.size()));
        }
        List<byte[]> roots = ProofHashes.of(folder, List.copyOf(places.keySet()));
        List<RecordProof> proofs = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            long index = indexes.get(i);
            List<byte[]> path = Proof.inclusion(index, checkpoint.size()).stream()
                    .map(range -> roots.get(Objects.requireNonNull(places.get(range)))).toList();
            RecordProof proof = new RecordProof(index, records.get(i), path, note, checkpoint);
            if (proof.problem(key).isPresent()) {
                throw new NoProof(
                        "the journal is not as it was signed, so it proves nothing; `sluice audit verify` says where");
            }
            proofs.add(proof);
        }
        return proofs;
    }

    private static List<byte[]> records(Path folder, List<Long> indexes) throws IOException, NoProof {
        List<Segment> segments = Segment.in(folder);
        if (segments.isEmpty()) {
            throw new NoProof("there is no journal in `" + folder + "`");
        }
        List<byte[]> records = new ArrayList<>();
        long oldest = segments.getFirst().first();
        try (JournalReader reader = JournalReader.open(folder, indexes.isEmpty() ? 0 : indexes.getFirst())) {
            for (long index : indexes) {
                if (index < oldest) {
                    throw new NoProof("record " + index + " is deleted: the oldest that is there is number " + oldest);
                }
                boolean more = reader.next();
                while (more && reader.index() < index) {
                    more = reader.next();
                }
                if (!more || reader.index() != index) {
                    throw new NoProof("there is no record " + index + ": the journal does not have so many");
                }
                records.add(Arrays.copyOfRange(reader.bytes(), reader.from(), reader.from() + reader.length()));
            }
        }
        return records;
    }

    /** The checkpoint of the key that covers most. */
    private static SignedNote newest(Path folder, VerifierKey key) throws IOException, NoProof {
        List<Segment> files = Segment.checkpointsIn(folder);
        for (Segment file : files.reversed()) {
            for (SignedNote note : file.notes().reversed()) {
                if (note.checkpoint().isPresent() && note.signedBy(key)) {
                    return note;
                }
            }
        }
        throw new NoProof(files.isEmpty()
                ? "nothing is signed in `" + folder + "`"
                : "no checkpoint in `" + folder + "` is signed by the key `" + key + "`");
    }

    /**
     * Reads what {@link #text} wrote; whether it holds, {@link #problem} says.
     *
     * @throws NoProof the text is none
     */
    public static RecordProof parse(String text) throws NoProof {
        int empty = text.indexOf("\n\n");
        List<String> lines = List.of(text.substring(0, Math.max(empty, 0)).split("\n", -1));
        if (!lines.getFirst().equals(FIRST_LINE)) {
            throw new NoProof("it does not begin with `" + FIRST_LINE + "` and end with a checkpoint");
        }
        if (lines.size() < 2 || !lines.get(1).startsWith(EXTRA)) {
            throw new NoProof("it lacks the line `extra …` with the record");
        }
        Matcher number = INDEX.matcher(lines.size() < 3 ? "" : lines.get(2));
        if (!number.matches()) {
            throw new NoProof("it lacks the line `index …` with the record's number");
        }
        List<byte[]> path = new ArrayList<>();
        for (String line : lines.subList(3, lines.size())) {
            byte[] hash = base64(line);
            if (hash.length != Hashes.SIZE || path.size() == MOST_HASHES) {
                throw new NoProof("behind `index` there is something else than at most " + MOST_HASHES + " hashes");
            }
            path.add(hash);
        }
        List<SignedNote> notes = SignedNote.parse(text.substring(empty + 2));
        Optional<Checkpoint> checkpoint = notes.size() == 1 ? notes.getFirst().checkpoint() : Optional.empty();
        return new RecordProof(Long.parseLong(number.group(1)), base64(lines.get(1).substring(EXTRA.length())), path,
                notes.isEmpty() ? new SignedNote(List.of(), List.of()) : notes.getFirst(),
                checkpoint.orElseThrow(() -> new NoProof("it does not end with one checkpoint")));
    }

    private static byte[] base64(String text) throws NoProof {
        try {
            return StrictBase64.decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw new NoProof("`" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "` is not base64");
        }
    }

    /** Why it does not prove that the record is in the journal of the key's owner; empty if it does. */
    public Optional<String> problem(VerifierKey key) {
        if (!note.signedBy(key)) {
            return Optional.of("its checkpoint is not signed by the key `" + key + "`");
        }
        if (!Proof.included(new Hashes().leaf(record), index, checkpoint.size(), path, checkpoint.root())) {
            return Optional.of("the hashes do not lead from this record as number " + index
                    + " to the root that was signed: one of them is not what it was");
        }
        return Optional.empty();
    }

    /** A C2SP tlog-proof. */
    public String text() {
        Base64.Encoder base64 = Base64.getEncoder();
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        text.append(EXTRA).append(base64.encodeToString(record)).append('\n');
        text.append("index ").append(index).append('\n');
        path.forEach(hash -> text.append(base64.encodeToString(hash)).append('\n'));
        return text.append('\n').append(checkpointText()).toString();
    }

    /** The checkpoint with its signature, a C2SP signed note. */
    public String checkpointText() {
        StringBuilder text = new StringBuilder();
        note.lines().forEach(line -> text.append(line).append('\n'));
        text.append('\n');
        note.signatures().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    /** From 0, counted since the journal began. */
    public long index() {
        return index;
    }

    /** The line of the journal, without its line feed. */
    public String record() {
        return new String(record, StandardCharsets.UTF_8);
    }

    /** How many records the checkpoint covers. */
    public long covered() {
        return checkpoint.size();
    }
}
