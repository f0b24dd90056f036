package io.sluice.cli.backup;

import io.sluice.journal.JournalCopy;
import io.sluice.manage.store.StoreCopy;
import io.sluice.manage.store.StoreException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Makes a backup, while firewall and management server go on. */
public final class Backup {
    private static final int BUFFER = 1 << 16;
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final String OWN = ".backup-";

    private final Sources sources;
    private final Path out;
    private final List<String> notes;
    private final BackupWriter writer;

    /**
     * What was written.
     *
     * @param bytes of all files
     * @param notes what is not in it, in sentences
     */
    public record Made(long files, long bytes, List<String> notes) {
        public Made {
            notes = List.copyOf(notes);
        }
    }

    private Backup(Sources sources, Path out, BackupWriter writer) {
        this.sources = sources;
        this.out = out;
        this.writer = writer;
        this.notes = new ArrayList<>(sources.notes());
    }

    /**
     * Writes a backup and reads it again from its beginning to its end. The file is there once it is whole, readable by its
     * owner only.
     *
     * @param created when, ISO 8601
     * @throws NotPossible something cannot be read as it should be
     */
    public static Made make(Sources sources, Path out, String product, String created, char[] passphrase)
            throws IOException, NotPossible {
        Path whole = out.toAbsolutePath().normalize();
        if (Files.exists(whole)) {
            throw new FileAlreadyExistsException(out.toString());
        }
        if (!Files.isDirectory(whole.resolveSibling(""))) {
            throw new NotPossible("there is no folder `" + whole.resolveSibling("") + "` to write the backup into");
        }
        Path fresh = Files.createTempFile(whole.resolveSibling(""), "." + whole.getFileName(), ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Header header = Header.fresh(product, created);
            BackupKey key = BackupKey.of(passphrase, header);
            Made made;
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE);
                    OutputStream to = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
                    BackupWriter writer = new BackupWriter(to, header, manifest(sources), key)) {
                Backup backup = new Backup(sources, fresh, writer);
                backup.all();
                writer.finish();
                channel.force(true);
                made = new Made(writer.files(), writer.bytes(), backup.notes);
            }
            try (BackupReader reader = BackupReader.open(fresh, _ -> key)) {
                while (reader.next().isPresent()) {
                    // what is damaged on its way to the disk is found now, not when it is needed
                }
            }
            Files.move(fresh, whole);
            return made;
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static Manifest manifest(Sources sources) {
        Map<Part, String> folders = new EnumMap<>(Part.class);
        sources.settings().ifPresent(folder -> folders.put(Part.SETTINGS, folder.toString()));
        sources.firewall().ifPresent(folder -> folders.put(Part.FIREWALL, folder.toString()));
        sources.management().ifPresent(folder -> folders.put(Part.MANAGEMENT, folder.toString()));
        return new Manifest(host(), folders, sources.notes());
    }

    private static String host() {
        try {
            return Files.readString(HOST_NAME).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private void all() throws IOException, NotPossible {
        if (sources.settings().isPresent()) {
            settings(sources.settings().get());
        }
        if (sources.management().isPresent()) {
            management(sources.management().get());
        }
        if (sources.firewall().isPresent()) {
            firewall(sources.firewall().get());
        }
    }

    private void settings(Path folder) throws IOException {
        Set<Path> named = new TreeSet<>(sources.settingsFiles());
        for (Path file : sources.settingsFiles()) {
            for (Path above = file; !above.equals(folder); above = above.resolveSibling("")) {
                named.add(above.resolveSibling("")); // for its owner and permissions
            }
        }
        for (Path file : named) {
            add(Part.SETTINGS, folder, file);
        }
    }

    private void management(Path folder) throws IOException, NotPossible {
        if (sources.database() && Files.exists(StoreCopy.file(folder))) {
            // Beside the original, so that it is as safe there as that is.
            Path own = Files.createTempDirectory(folder, OWN);
            try {
                Path copy = own.resolve("manage.db");
                StoreCopy.make(folder, copy, sources.captures());
                add(Part.MANAGEMENT, StoreCopy.file(folder), folder, copy);
            } catch (StoreException e) {
                throw new NotPossible(e.sentence());
            } finally {
                Tree.delete(own);
            }
        }
        add(Part.MANAGEMENT, folder, folder);
        for (Path file : Tree.of(folder, this::leftOutOfManagement, notes::add)) {
            add(Part.MANAGEMENT, folder, file);
        }
    }

    /** What is made anew by itself, and what is copied in another way. */
    private boolean leftOutOfManagement(Path below) {
        String first = below.getName(0).toString();
        return isTemporary(below) || first.equals("index") || first.equals("replays") || first.equals("tmp")
                || (first.equals("captures") && !sources.captures()) || (below.getNameCount() == 1 && StoreCopy.isPart(
                        below));
    }

    private void firewall(Path folder) throws IOException {
        add(Part.FIREWALL, folder, folder);
        // Before the list of policies: the active one was kept before it became the active one.
        Path active = folder.resolve("active");
        if (Files.isRegularFile(active)) {
            add(Part.FIREWALL, folder, active);
        }
        for (Path file : Tree.of(folder, this::leftOutOfFirewall, notes::add)) {
            add(Part.FIREWALL, folder, file);
        }
        Path journal = folder.resolve("journal");
        if (Files.isDirectory(journal)) {
            try (JournalCopy copy = JournalCopy.of(journal)) {
                for (JournalCopy.Piece piece : copy.pieces()) {
                    write(entry(Part.FIREWALL, piece.file(), folder, piece.file(), piece.bytes()), piece.content());
                }
            }
        }
    }

    private boolean leftOutOfFirewall(Path below) {
        return isTemporary(below) || below.toString().equals("active")
                || (below.getNameCount() == 2 && below.startsWith("journal") && JournalCopy.isPart(below));
    }

    /** Half-written files, those of this program, and what an earlier restore kept aside. */
    private boolean isTemporary(Path below) {
        String first = below.getName(0).toString();
        String last = below.getFileName().toString();
        return last.endsWith(".new") || last.equals(String.valueOf(out.getFileName())) || first.startsWith(OWN)
                || Staged.isOfRestore(first);
    }

    private void add(Part part, Path root, Path file) throws IOException {
        add(part, file, root, file);
    }

    /** Adds a file under the name of another, whose owner and permissions it gets. */
    private void add(Part part, Path named, Path root, Path file) throws IOException {
        try {
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                write(entry(part, named, root, file, 0), InputStream.nullInputStream());
                return;
            }
            try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ,
                    LinkOption.NOFOLLOW_LINKS)); InputStream content = Channels.newInputStream(channel)) {
                write(entry(part, named, root, file, channel.size()), content);
            }
        } catch (NoSuchFileException gone) {
            notes.add("`" + file + "` was deleted meanwhile, and is not in the backup");
        }
    }

    private static Entry entry(Part part, Path named, Path root, Path file, long bytes) throws IOException {
        PosixFileAttributes attributes = Files.readAttributes(named, PosixFileAttributes.class,
                LinkOption.NOFOLLOW_LINKS);
        String name = named.equals(root) ? Entry.ROOT : root.relativize(named).toString();
        return new Entry(part, name, Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS),
                bytes, mode(attributes.permissions()), attributes.owner().getName(), attributes.group().getName(),
                attributes.lastModifiedTime().toMillis());
    }

    private static int mode(Set<PosixFilePermission> permissions) {
        int mode = 0;
        for (PosixFilePermission one : permissions) {
            mode |= 0400 >> one.ordinal(); // in the order of `ls -l`
        }
        return mode;
    }

    private void write(Entry entry, InputStream content) throws IOException {
        writer.add(entry, content);
    }
}
