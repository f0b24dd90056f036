package io.sluice.cli.backup;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The files and folders below a folder. */
final class Tree {
    private Tree() {}

    /**
     * Sorted, each folder before what is in it. Links are not followed, and told of; sockets and the like are nothing to keep.
     *
     * @param leftOut asked with paths relative to the root; of a folder that is left out nothing is listed
     */
    static List<Path> of(Path root, Predicate<Path> leftOut, Consumer<String> notes) throws IOException {
        List<Path> all = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                if (folder.equals(root)) {
                    return FileVisitResult.CONTINUE;
                }
                if (leftOut.test(root.relativize(folder))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                all.add(folder);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (leftOut.test(root.relativize(file))) {
                    return FileVisitResult.CONTINUE;
                }
                if (attributes.isSymbolicLink()) {
                    notes.accept("`" + file + "` is a link, and not in the backup");
                } else if (attributes.isRegularFile()) {
                    all.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) { // deleted meanwhile
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        Collections.sort(all);
        return all;
    }

    /** Deletes a folder with all in it, as far as that goes. */
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Collections.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
