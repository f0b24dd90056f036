package io.sluice.cli.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagedTest {
    @TempDir
    Path temporary;
    private Path target = Path.of("");

    @BeforeEach
    void somethingIsThere() throws IOException {
        target = Files.createDirectory(temporary.resolve("sluice"));
        Files.writeString(target.resolve("active"), "old\n");
        Files.createDirectory(target.resolve("policies"));
        Files.writeString(target.resolve("policies/old.yaml"), "old\n");
    }

    private static Staged staged(Part part, Path target) throws IOException {
        return new Staged(part, target, "20260105T060000Z", new Owners());
    }

    private static void put(Staged staged, String name, String text, int mode) throws Exception {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        staged.write(new Entry(staged.part(), name, false, bytes.length, mode, owner(), owner(), 1_000),
                new ByteArrayInputStream(bytes));
    }

    private static String owner() {
        return System.getProperty("user.name", "root");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.walk(temporary)) {
            return all.filter(Files::isRegularFile).map(file -> temporary.relativize(file).toString()).sorted()
                    .toList();
        }
    }

    @Test
    void nothingIsInPlaceBeforeItIsMovedAndUndoneItIsAsBefore() throws Exception {
        List<String> before = names();
        Staged staged = staged(Part.FIREWALL, target);
        put(staged, "active", "new\n", 0640);
        put(staged, "policies/new.yaml", "new\n", 0600);
        assertEquals("old\n", Files.readString(target.resolve("active")));
        staged.move();
        assertEquals("new\n", Files.readString(target.resolve("active")));
        assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve(
                "active"))));
        assertEquals(1_000, Files.getLastModifiedTime(target.resolve("active")).toMillis());
        assertEquals("old\n", Files.readString(staged.aside().resolve("policies/old.yaml")));
        assertFalse(Files.exists(target.resolve("policies/old.yaml")));
        staged.undo();
        staged.clean();
        assertEquals(before, names());
        assertFalse(staged.hasReplaced());
    }

    @Test
    void aMoveThatFailsHalfWayIsUndoneToo() throws Exception {
        List<String> before = names();
        Staged staged = staged(Part.FIREWALL, target);
        put(staged, "active", "new\n", 0600);
        put(staged, "journal/journal.pub", "new\n", 0600);
        // What is in the way of the folder aside.
        Files.writeString(target.resolve("before-20260105T060000Z"), "in the way\n");
        assertThrows(FileAlreadyExistsException.class, staged::move);
        Files.delete(target.resolve("before-20260105T060000Z"));
        staged.undo();
        staged.clean();
        assertEquals(before, names());
    }

    @Test
    void aTargetThatWasMadeForNothingIsTakenAway() throws Exception {
        Path missing = temporary.resolve("a/b/sluice");
        Staged staged = staged(Part.FIREWALL, missing);
        put(staged, "active", "new\n", 0600);
        staged.clean();
        assertFalse(Files.exists(missing));
        Staged again = staged(Part.FIREWALL, missing);
        put(again, "active", "new\n", 0600);
        again.write(new Entry(Part.FIREWALL, ".", true, 0, 0755, owner(), owner(), 0), new ByteArrayInputStream(
                new byte[0]));
        again.move();
        again.clean();
        assertEquals("rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(missing)));
        assertEquals("new\n", Files.readString(missing.resolve("active")));
    }

    @Test
    void aSecondFileOfOneNameIsRefusedAndFoldersAsideAreNeverMixed() throws Exception {
        Staged staged = staged(Part.FIREWALL, target);
        put(staged, "active", "new\n", 0600);
        assertThrows(FileAlreadyExistsException.class, () -> put(staged, "active", "newer\n", 0600));
        assertThrows(IOException.class, () -> put(staged, "active/x", "below a file\n", 0600));
        staged.move();
        staged.clean();
        Staged second = staged(Part.FIREWALL, target);
        assertEquals("before-20260105T060000Z-2", second.aside().getFileName().toString());
        put(second, "active", "newest\n", 0600);
        second.move();
        second.clean();
        assertEquals("old\n", Files.readString(target.resolve("before-20260105T060000Z/active")));
        assertEquals("new\n", Files.readString(target.resolve("before-20260105T060000Z-2/active")));
    }

    @Test
    void ofSettingsOnlyWhatDiffersIsMovedAside() throws Exception {
        Files.writeString(target.resolve("same.yaml"), "same\n");
        Staged staged = staged(Part.SETTINGS, target);
        put(staged, "same.yaml", "same\n", 0600);
        put(staged, "active", "new\n", 0600);
        put(staged, "keys/fresh.pem", "fresh\n", 0600);
        assertEquals(List.of(target.resolve("active")), staged.differing());
        staged.move();
        staged.clean();
        assertEquals(List.of("sluice/active", "sluice/before-20260105T060000Z/active", "sluice/keys/fresh.pem",
                "sluice/policies/old.yaml", "sluice/same.yaml"), names());
    }

    @Test
    void aFileThatHasNoRoomIsRefused() throws Exception {
        Staged staged = staged(Part.FIREWALL, target);
        NotPossible said = assertThrows(NotPossible.class, () -> staged.write(new Entry(Part.FIREWALL, "x", false,
                Long.MAX_VALUE, 0600, owner(), owner(), 0), new ByteArrayInputStream(new byte[0])));
        assertTrue(said.sentence().contains("needs room for a file of 9223372036854775807 bytes"), said.sentence());
    }
}
