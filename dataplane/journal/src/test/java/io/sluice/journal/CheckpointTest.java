package io.sluice.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    @TempDir
    Path folder;

    private static MerkleTree tree(int size) {
        MerkleTree tree = new MerkleTree();
        for (int i = 0; i < size; i++) {
            byte[] record = ("{\"n\":" + i + "}").getBytes(StandardCharsets.UTF_8);
            tree.add(record, 0, record.length);
        }
        return tree;
    }

    @Test
    void whatIsSignedIsReadAndVerified() throws Exception {
        SigningKey key = SigningKey.in(folder, "plant-3");
        Checkpoint written = Checkpoint.opening("plant-3", tree(11));
        List<SignedNote> notes = SignedNote
                .parse(key.note(Checkpoint.of("plant-3", tree(3))) + "\n" + key.note(written));
        assertEquals(2, notes.size());
        assertTrue(notes.stream().allMatch(note -> note.signedBy(key.verifier())));
        Checkpoint read = notes.getLast().checkpoint().orElseThrow();
        assertEquals(11, read.size());
        assertArrayEquals(tree(11).root(), read.tree().orElseThrow().root());
    }

    @Test
    void oneChangedCharacterIsNoticed() throws Exception {
        SigningKey key = SigningKey.in(folder, "plant-3");
        String note = key.note(Checkpoint.of("plant-3", tree(3)));
        for (int i = 0; i < note.length() - 1; i++) {
            String changed = note.substring(0, i) + (note.charAt(i) == 'A' ? 'B' : 'A') + note.substring(i + 1);
            assertFalse(SignedNote.parse(changed).stream().anyMatch(n -> n.signedBy(key.verifier())), changed);
        }
    }

    // Two bits of the last character of a signature belong to no byte.
    @Test
    void aChangeOfBitsThatAreOnlyPaddingIsNoticed() throws Exception {
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        SigningKey key = SigningKey.in(folder, "plant-3");
        String note = key.note(Checkpoint.of("plant-3", tree(3)));
        int last = note.indexOf('=', note.lastIndexOf(' ')) - 1;
        assertEquals(0, alphabet.indexOf(note.charAt(last)) % 4);
        for (int bits = 1; bits < 4; bits++) {
            char other = alphabet.charAt(alphabet.indexOf(note.charAt(last)) + bits);
            String changed = note.substring(0, last) + other + note.substring(last + 1);
            assertFalse(SignedNote.parse(changed).stream().anyMatch(n -> n.signedBy(key.verifier())), changed);
        }
    }

    @Test
    void theKeyStaysAndOnlyItsOwnerMayReadIt() throws Exception {
        String first = SigningKey.in(folder, "plant-3").verifier().toString();
        assertEquals(first, SigningKey.in(folder, "plant-3").verifier().toString());
        assertEquals("rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("journal.key"))));
        assertEquals(first,
                VerifierKey.parse(Files.readString(folder.resolve("journal.pub"))).orElseThrow().toString());
    }

    // The key of Go's checksum database, as everybody who builds Go modules has it.
    @Test
    void keysOfOthersAreRead() {
        String text = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
        assertEquals(text, VerifierKey.parse(text).orElseThrow().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a+b", "a+b+c", "a b+00000000+AAAA",
            "+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
            "sum.golang.org+033de0af+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"})
    void whatIsNoKeyIsNone(String text) {
        assertTrue(VerifierKey.parse(text).isEmpty());
    }
}
