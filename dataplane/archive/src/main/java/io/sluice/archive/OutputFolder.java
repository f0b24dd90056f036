package io.sluice.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where results lie: {@code json/} and {@code parquet/} with one file for each {@link Stretch}, {@code state/} with what
 * is known of those that are finished, {@code run.txt} with what they are the results of. A file that has its name is
 * complete: it is written under another and renamed. One run at a time.
 */
final class OutputFolder implements AutoCloseable {
    private static final String UNFINISHED = ".unfinished";
    private static final String RUN = "run.txt", LOCK = "run.lock";
    private static final List<String> PARTS = List.of("json", "parquet", "state");

    private final Path root;
    private final FileChannel lock;

    private OutputFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Makes the folder, or goes on with one of the same run.
     *
     * @param identity what the results depend on, in lines of text
     */
    static OutputFolder open(Path root, String identity) throws IOException, ArchiveException {
        Path run = root.resolve(RUN);
        if (Files.exists(root) && !Files.isDirectory(root)) {
            throw new ArchiveException("`" + root + "` is a file; results need a folder, so give another name");
        }
        if (!Files.exists(run) && Files.isDirectory(root) && !isOurs(root)) {
            throw new ArchiveException("`" + root + "` holds other files; give a new or empty folder for the results");
        }
        Files.createDirectories(root);
        FileChannel lock = FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock.tryLock() == null) {
                throw new OverlappingFileLockException();
            }
        } catch (OverlappingFileLockException e) {
            lock.close();
            throw new ArchiveException("another run is writing to `" + root + "`; wait for it, or give another folder");
        }
        OutputFolder folder = new OutputFolder(root, lock);
        try {
            folder.claim(run, identity);
            return folder;
        } catch (IOException | ArchiveException e) {
            lock.close();
            throw e;
        }
    }

    /** Empty, or left by a run that was killed before it had written what it is. */
    private static boolean isOurs(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.allMatch(f -> f.endsWith(LOCK) || f.endsWith(RUN + UNFINISHED));
        }
    }

    private void claim(Path run, String identity) throws IOException, ArchiveException {
        if (!Files.exists(run)) {
            replace(run, out -> out.write(identity.getBytes(StandardCharsets.UTF_8)));
            return;
        }
        String before = Files.readString(run);
        if (!before.equals(identity)) {
            List<String> now = identity.lines().toList();
            String other = before.lines().filter(line -> !now.contains(line)).findFirst().orElse("its first line");
            throw new ArchiveException("`" + root + "` holds the results of another run (`" + other
                    + "`); give another folder, or delete it to begin anew");
        }
    }

    /** For what finds no room in memory. */
    Path scratch() {
        return root.resolve("scratch" + UNFINISHED);
    }

    /** Of a stretch, the file of one kind; the folders above it are made. */
    Path part(String kind, String suffix, String sensor, int number) throws IOException {
        String digits = String.format(Locale.ROOT, "%05d", number);
        String stem = sensor.equals(".") ? "" : sensor.endsWith("/") ? sensor : sensor + "-";
        Path file = root.resolve(kind).resolve(stem + digits + suffix);
        Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(root));
        return file;
    }

    Path json(String sensor, int number) throws IOException {
        return part("json", ".jsonl", sensor, number);
    }

    Path parquet(String sensor, int number) throws IOException {
        return part("parquet", ".parquet", sensor, number);
    }

    Path state(String sensor, int number) throws IOException {
        return part("state", ".json", sensor, number);
    }

    /** The name of a file while it is written. */
    static Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + UNFINISHED);
    }

    /** Gives a file that is complete its name. */
    static void finish(Path unfinished, Path file) throws IOException {
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes something into a file. */
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Writes a small file, which is there as a whole or not at all. */
    static void replace(Path file, Content content) throws IOException {
        Path unfinished = unfinished(file);
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
            content.writeTo(bytes);
            bytes.writeTo(Channels.newOutputStream(channel));
            channel.force(true);
        }
        finish(unfinished, file);
    }

    /** Removes what earlier runs wrote and this one does not know: of captures that are gone, and what a crash left. */
    void keepOnly(Set<Path> files) throws IOException {
        for (String kind : PARTS) {
            Path folder = root.resolve(kind);
            if (Files.isDirectory(folder)) {
                try (Stream<Path> all = Files.walk(folder)) {
                    for (Path file : all.filter(Files::isRegularFile).filter(f -> !files.contains(f)).toList()) {
                        Files.delete(file);
                    }
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
