package io.sluice.cli.backup;

import io.sluice.manage.store.StoreCopy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One part on its way back. Its files are written into a folder of their own, on the same file system as the target, and moved
 * from there when all are known to be good. What they replace is moved into a dated folder below the target. Until then, and
 * again after {@link #undo}, the target is as it was.
 */
final class Staged {
    private static final String PREFIX = ".restore-";
    private static final String ASIDE = "before-";
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FOLDER = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE = PosixFilePermissions
            .asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final int BUFFER = 1 << 16;

    private final Part part;
    private final Path target;
    private final boolean made;
    private final Path stage;
    private final Path aside;
    private final Owners owners;
    private final Deque<Path[]> moved = new ArrayDeque<>();
    private final List<Entry> folders = new ArrayList<>();
    private @Nullable Entry root;
    private long files;

    /** @param stamp names the folder for what is replaced */
    Staged(Part part, Path target, String stamp, Owners owners) throws IOException {
        this.part = part;
        this.target = target;
        this.owners = owners;
        made = !Files.exists(target);
        if (made) {
            Files.createDirectories(target.resolveSibling(""));
            Files.createDirectory(target, PRIVATE_FOLDER);
        }
        aside = unused(target.resolve(ASIDE + stamp));
        Path parent = target.resolveSibling("");
        boolean beside = Files.isWritable(parent)
                && Files.getAttribute(parent, "unix:dev").equals(Files.getAttribute(target, "unix:dev"));
        stage = Files.createTempDirectory(beside ? parent : target, PREFIX, PRIVATE_FOLDER);
    }

    private static Path unused(Path wanted) {
        Path free = wanted;
        for (int i = 2; Files.exists(free); i++) {
            free = wanted.resolveSibling(wanted.getFileName() + "-" + i);
        }
        return free;
    }

    /** Whether a file below a data folder belongs to a restore, earlier or under way, or to the file system. */
    static boolean isOfRestore(String name) {
        return name.startsWith(PREFIX) || name.startsWith(ASIDE) || name.equals("lost+found");
    }

    Part part() {
        return part;
    }

    Path target() {
        return target;
    }

    /** Where its files lie until they are moved. */
    Path stage() {
        return stage;
    }

    long files() {
        return files;
    }

    /** Where to find what was replaced, if anything was. */
    Path aside() {
        return aside;
    }

    boolean hasReplaced() {
        return Files.exists(aside);
    }

    void write(Entry entry, InputStream content) throws IOException, NotPossible {
        if (entry.isRoot()) {
            root = entry;
            return;
        }
        Path file = entry.below(stage);
        if (entry.folder()) {
            Files.createDirectories(file, PRIVATE_FOLDER);
            folders.add(entry);
            return;
        }
        long room = Files.getFileStore(stage).getUsableSpace();
        if (room < entry.bytes()) {
            throw new NotPossible(
                    "`" + target + "` needs room for a file of " + entry.bytes() + " bytes, and there are "
                            + room + " left; nothing was changed");
        }
        Files.createDirectories(file.resolveSibling(""), PRIVATE_FOLDER);
        Files.createFile(file, PRIVATE_FILE);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            channel.force(true);
        }
        Files.setLastModifiedTime(file, FileTime.fromMillis(entry.modified()));
        owners.give(file, entry);
        Files.setPosixFilePermissions(file, permissions(entry.mode()));
        files++;
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> all = EnumSet.noneOf(PosixFilePermission.class);
        for (PosixFilePermission one : PosixFilePermission.values()) {
            if ((mode & 0400 >> one.ordinal()) != 0) {
                all.add(one);
            }
        }
        return all;
    }

    /** Files of settings that are there and say something else. */
    List<Path> differing() throws IOException {
        List<Path> all = new ArrayList<>();
        for (Path file : staged()) {
            Path there = target.resolve(stage.relativize(file));
            if (Files.exists(there) && (!Files.isRegularFile(there) || Files.mismatch(there, file) >= 0)) {
                all.add(there);
            }
        }
        return all;
    }

    private List<Path> staged() throws IOException {
        try (Stream<Path> all = Files.walk(stage)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Moves everything to its place. */
    void move() throws IOException {
        for (int i = folders.size() - 1; i >= 0; i--) { // the innermost first: a folder may not be writable afterwards
            Path folder = folders.get(i).below(stage);
            owners.give(folder, folders.get(i));
            Files.setPosixFilePermissions(folder, permissions(folders.get(i).mode()));
        }
        if (part == Part.SETTINGS) {
            for (Entry folder : folders) {
                Path there = folder.below(target);
                if (!Files.exists(there)) {
                    Files.createDirectories(there);
                    owners.give(there, folder);
                    Files.setPosixFilePermissions(there, permissions(folder.mode()));
                }
            }
            for (Path file : staged()) {
                Path there = target.resolve(stage.relativize(file));
                if (Files.exists(there) && Files.isRegularFile(there) && Files.mismatch(there, file) < 0) {
                    continue;
                }
                replace(there);
                Files.createDirectories(there.resolveSibling(""));
                move(file, there);
            }
        } else {
            for (Path old : children(target)) {
                if (!StoreCopy.isLock(old)) { // it is held until all is in its place
                    replace(old);
                }
            }
            for (Path fresh : children(stage)) {
                move(fresh, target.resolve(fresh.getFileName()));
            }
        }
        Entry own = root;
        if (made && own != null) {
            owners.give(target, own);
            Files.setPosixFilePermissions(target, permissions(own.mode()));
        }
        try (FileChannel names = FileChannel.open(target, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> !isOfRestore(file.getFileName().toString())).sorted().toList();
        }
    }

    private void replace(Path old) throws IOException {
        if (Files.exists(old)) {
            Path kept = aside.resolve(target.relativize(old));
            Files.createDirectories(kept.resolveSibling(""), PRIVATE_FOLDER);
            move(old, kept);
        }
    }

    private void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        moved.push(new Path[]{from, to});
    }

    /** Moves back what was moved. */
    void undo() throws IOException {
        while (!moved.isEmpty()) {
            Path[] one = moved.pop();
            Files.move(one[1], one[0], StandardCopyOption.ATOMIC_MOVE);
        }
        if (Files.exists(aside)) {
            Tree.delete(aside); // folders only: the files are back
        }
    }

    /** Takes away what is no longer needed, and the target where it was made for nothing. */
    void clean() throws IOException {
        Tree.delete(stage);
        if (made && children(target).isEmpty()) {
            Files.deleteIfExists(target);
        }
    }
}
