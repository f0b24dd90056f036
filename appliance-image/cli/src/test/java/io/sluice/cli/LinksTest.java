package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testdata.Captures;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Documents that point to what is not there send the reader away. */
class LinksTest {
    private static final Path ROOT = Captures.project("").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern TEST = Pattern
            .compile("`(?:([A-Z]\\w+(?:Test|Properties|Fuzz|IT))(?:\\.(\\w+))?|([a-z]\\w+))`");

    @Test
    void everyRelativeLinkOfADocumentLeadsToAFile() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path document : files(".md")) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                String target = link.group(1).replaceFirst("#.*", "");
                if (!target.isEmpty() && !target.matches("[a-z]+:.*")) {
                    links++;
                    if (!Files.exists(document.resolveSibling(target))) {
                        broken.add(ROOT.relativize(document) + " -> " + target);
                    }
                }
            }
        }
        assertTrue(links > 20, "only " + links + " links were found");
        assertEquals(List.of(), broken);
    }

    // ARCHITECTURE.md says of each invariant which test guards it; a test that was renamed guards nothing there.
    @Test
    void everyTestThatADocumentNamesExists() throws IOException {
        List<Path> sources = files(".java");
        String architecture = Files.readString(sources.stream().filter(f -> f.endsWith("ArchitectureTest.java"))
                .findFirst().orElseThrow());
        List<String> missing = new ArrayList<>();
        for (Path document : files(".md")) {
            Matcher test = TEST.matcher(Files.readString(document));
            while (test.find()) {
                String type = test.group(1);
                if (type != null && sources.stream().noneMatch(f -> f.endsWith(type + ".java"))) {
                    missing.add(ROOT.relativize(document) + " -> " + test.group());
                }
                String method = type == null ? test.group(3) : test.group(2);
                boolean namesAMethod = method != null && method.matches("[a-z]+([A-Z]\\w*){2,}")
                        && (type != null || document.endsWith("ARCHITECTURE.md"));
                if (namesAMethod && !architecture.contains(" " + method + "(")) {
                    missing.add(ROOT.relativize(document) + " -> " + test.group());
                }
            }
        }
        assertEquals(List.of(), missing);
    }

    /** Files of the repository with this ending, without what builds make. */
    private static List<Path> files(String ending) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return Set.of("target", ".git", "node_modules").contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(ending)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}
