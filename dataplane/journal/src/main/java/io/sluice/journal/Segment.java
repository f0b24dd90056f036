package io.sluice.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of records and, beside it, one of the checkpoints that were signed while it was the newest. Both are named after
 * the number of the segment's first record.
 */
record Segment(Path folder, long first) implements Comparable<Segment> {
    private static final long MOST_CHECKPOINT_BYTES = 64 << 20;
    private static final Pattern NAME = Pattern.compile("journal-([0-9]{16})\\.(jsonl|checkpoints)");

    Path file() {
        return folder.resolve(name("jsonl"));
    }

    Path checkpoints() {
        return folder.resolve(name("checkpoints"));
    }

    private String name(String extension) {
        return String.format(Locale.ROOT, "journal-%016d.%s", first, extension);
    }

    @Override
    public int compareTo(Segment other) {
        return Long.compare(first, other.first);
    }

    /** The segments of a folder, the oldest first. */
    static List<Segment> in(Path folder) throws IOException {
        return named(folder, "jsonl");
    }

    /** The files of checkpoints of a folder, whether there is a segment beside them or not. */
    static List<Segment> checkpointsIn(Path folder) throws IOException {
        return named(folder, "checkpoints");
    }

    private static List<Segment> named(Path folder, String extension) throws IOException {
        List<Segment> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches() && name.group(2).equals(extension)) {
                    all.add(new Segment(folder, Long.parseLong(name.group(1))));
                }
            }
        }
        all.sort(Comparator.naturalOrder());
        return all;
    }

    /** Whether a file is called like one of a segment's two. */
    static boolean isNamed(Path file) {
        Path name = file.getFileName();
        return name != null && NAME.matcher(name.toString()).matches();
    }

    /** Bytes of both files; 0 where they are gone. */
    long bytes() throws IOException {
        return size(file()) + size(checkpoints());
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException gone) {
            return 0;
        }
    }

    RecordScanner scan() throws IOException {
        return new RecordScanner(Files.newInputStream(file()));
    }

    List<SignedNote> notes() throws IOException {
        return SignedNote.parse(notesText());
    }

    /** The text of the notes beside it; none where the file is missing or far too large to be one of ours. */
    String notesText() throws IOException {
        Path file = checkpoints();
        return Files.isRegularFile(file) && Files.size(file) <= MOST_CHECKPOINT_BYTES
                ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                : "";
    }
}
