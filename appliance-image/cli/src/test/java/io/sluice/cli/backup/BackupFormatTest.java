package io.sluice.cli.backup;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file itself, with keys that cost little to make. */
class BackupFormatTest {
    private static final char[] PASSPHRASE = "correct horse battery".toCharArray();
    private static final int CHUNK = SealedOutput.CHUNK_BYTES + BackupKey.TAG_BYTES;
    private static final Manifest MANIFEST = new Manifest("plant-3", Map.of(Part.FIREWALL, "/var/lib/sluice"),
            List.of("`x` is not in it"));

    private static Header cheap() {
        return new Header("1.2.3", "2026-01-05T06:00:00Z", 8, 1, 1, new byte[Header.SALT_BYTES],
                new byte[Header.NONCE_BYTES]);
    }

    private static BackupKey key(Header header) {
        return BackupKey.of(PASSPHRASE, header);
    }

    private static Entry file(String name, long bytes) {
        return new Entry(Part.FIREWALL, name, false, bytes, 0600, "sluice", "adm", 1_000);
    }

    private static byte[] backup(byte[]... contents) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (BackupWriter writer = new BackupWriter(out, cheap(), MANIFEST, key(cheap()))) {
            for (int i = 0; i < contents.length; i++) {
                writer.add(file("policies/" + i, contents[i].length), new ByteArrayInputStream(contents[i]));
            }
            writer.finish();
        }
        return out.toByteArray();
    }

    /** Behind a sound header, whatever somebody who knows the passphrase might write. */
    private interface Payload {
        void write(DataOutputStream out) throws IOException;
    }

    private static byte[] forged(Payload payload) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DataOutputStream data = new DataOutputStream(
                new DeflaterOutputStream(SealedOutput.begin(out, cheap(), key(cheap()))))) {
            payload.write(data);
        }
        return out.toByteArray();
    }

    private static List<byte[]> read(byte[] backup, char[] passphrase) throws IOException {
        List<byte[]> contents = new ArrayList<>();
        try (BackupReader reader = BackupReader.open(new ByteArrayInputStream(backup), passphrase)) {
            for (Optional<Entry> next = reader.next(); next.isPresent(); next = reader.next()) {
                contents.add(reader.content().readAllBytes());
            }
        }
        return contents;
    }

    private static String refusal(byte[] backup) {
        return assertThrows(BadBackup.class, () -> read(backup, PASSPHRASE)).sentence();
    }

    private static byte[] random(int bytes) {
        byte[] some = new byte[bytes];
        new Random(bytes).nextBytes(some);
        return some;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 200_000, 1_000_000})
    void whatWasPutInComesOut(int bytes) throws IOException {
        byte[] large = random(bytes);
        byte[] backup = backup("mode: enforce\n".getBytes(StandardCharsets.UTF_8), large, new byte[0]);
        List<byte[]> contents = read(backup, PASSPHRASE);
        assertEquals(3, contents.size());
        assertArrayEquals(large, contents.get(1));
        try (BackupReader reader = BackupReader.open(new ByteArrayInputStream(backup), PASSPHRASE)) {
            assertEquals(MANIFEST, reader.manifest());
            assertEquals("1.2.3", reader.product());
            assertEquals("2026-01-05T06:00:00Z", reader.created());
            assertEquals(Optional.of(file("policies/0", 14)), reader.next());
            assertEquals(Optional.of(file("policies/1", bytes)), reader.next(), "what was not read is passed over");
            reader.next();
            assertEquals(Optional.empty(), reader.next());
            assertEquals(14 + bytes, reader.bytes());
        }
    }

    @Test
    void nothingOfItCanBeReadWithoutThePassphrase() throws IOException {
        byte[] backup = backup("mode: enforce".repeat(10).getBytes(StandardCharsets.UTF_8));
        String text = new String(backup, StandardCharsets.ISO_8859_1);
        assertFalse(text.contains("enforce") || text.contains("policies") || text.contains("/var/lib"), text);
        BadBackup refused = assertThrows(BadBackup.class, () -> read(backup, "correct horse batterY".toCharArray()));
        assertEquals("the passphrase is another one, or its first bytes were altered", refused.sentence());
    }

    @Test
    void aCutIsSeenWhereverItIs() throws IOException {
        byte[] backup = backup("mode: enforce\n".getBytes(StandardCharsets.UTF_8), random(500));
        for (int length = 0; length < backup.length; length++) {
            byte[] cut = Arrays.copyOf(backup, length);
            assertThrows(BadBackup.class, () -> read(cut, PASSPHRASE), "cut to " + length);
        }
        byte[] large = backup(random(200_000));
        for (int chunks = 0; chunks < 3; chunks++) {
            int length = cheap().bytes().length + Header.MAC_BYTES + chunks * CHUNK;
            String said = refusal(Arrays.copyOf(large, length));
            assertTrue(said.startsWith("it is cut off: it ends at byte " + length), said);
        }
    }

    @Test
    void aChangedBitIsSeenWhereverItIs() throws IOException {
        byte[] backup = backup("mode: enforce\n".getBytes(StandardCharsets.UTF_8), random(500));
        for (int i = 0; i < backup.length * 8; i++) {
            byte[] changed = backup.clone();
            changed[i / 8] ^= (byte) (1 << i % 8);
            int bit = i;
            assertThrows(BadBackup.class, () -> read(changed, PASSPHRASE), () -> "bit " + bit);
        }
        byte[] large = backup(random(200_000));
        for (int i = 0; i < large.length; i += 997) {
            byte[] changed = large.clone();
            changed[i] ^= 1;
            assertThrows(BadBackup.class, () -> read(changed, PASSPHRASE), "byte " + i);
        }
    }

    @Test
    void chunksCannotBeExchangedLeftOutRepeatedOrAdded() throws IOException {
        byte[] backup = backup(random(300_000));
        int begin = cheap().bytes().length + Header.MAC_BYTES;
        byte[] exchanged = backup.clone();
        System.arraycopy(backup, begin, exchanged, begin + CHUNK, CHUNK);
        System.arraycopy(backup, begin + CHUNK, exchanged, begin, CHUNK);
        assertTrue(refusal(exchanged).startsWith("it was altered or cut off, between byte " + begin + " and "));
        ByteArrayOutputStream without = new ByteArrayOutputStream();
        without.write(backup, 0, begin + CHUNK);
        without.write(backup, begin + 2 * CHUNK, backup.length - begin - 2 * CHUNK);
        refusal(without.toByteArray());
        ByteArrayOutputStream twice = new ByteArrayOutputStream();
        twice.write(backup, 0, begin + CHUNK);
        twice.write(backup, begin, backup.length - begin);
        refusal(twice.toByteArray());
        refusal(Arrays.copyOf(backup, backup.length + 1));
        refusal(Arrays.copyOf(backup, backup.length + CHUNK));
        byte[] mixed = backup.clone();
        System.arraycopy(salted(), 0, mixed, 0, begin);
        assertTrue(refusal(mixed).startsWith("it was altered or cut off, between byte " + begin + " and "));
    }

    /** A backup under the same passphrase with another salt, and so another key. */
    private static byte[] salted() throws IOException {
        byte[] salt = new byte[Header.SALT_BYTES];
        salt[0] = 1;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Header header = new Header("1.2.3", "2026-01-05T06:00:00Z", 8, 1, 1, salt, new byte[Header.NONCE_BYTES]);
        try (BackupWriter writer = new BackupWriter(out, header, MANIFEST, key(header))) {
            writer.finish();
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"67108864,3,4", "131073,1,1", "2147483647,1,1", "-1,1,1", "65536,255,4", "65536,0,4", "65536,3,0",
            "65536,3,17", "31,3,4"})
    void aHeaderCannotAskForMoreThanAKeyMayCost(int memory, int passes, int lanes) throws IOException {
        byte[] header = new Header("1.2.3", "now", memory, passes, lanes, new byte[Header.SALT_BYTES],
                new byte[Header.NONCE_BYTES]).bytes();
        assertTrue(refusal(Arrays.copyOf(header, 10_000)).startsWith("its first bytes were altered: they ask for "));
    }

    @Test
    void anotherFormatSaysWhichSluiceIsNeeded() throws IOException {
        byte[] later = backup(new byte[1]);
        later[9] = 2;
        assertEquals("it has format 2, written by Sluice 1.2.3; this Sluice reads format 1: use one that is as new",
                refusal(later));
        assertEquals("it is no backup of Sluice", refusal("PK\3\4 a zip file".getBytes(StandardCharsets.UTF_8)));
        assertEquals("it is no backup of Sluice", refusal(new byte[0]));
        byte[] escapes = new Header("1\u001b[2J\n", "now", 8, 1, 1, new byte[Header.SALT_BYTES],
                new byte[Header.NONCE_BYTES]).bytes();
        escapes[9] = 2;
        assertTrue(refusal(escapes).contains("written by Sluice 1?[2J?;"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/etc/passwd", "a/../../x", "..", ".", "", "a//b", "a/", "a/./b", "a\nb",
            "a\u0000b", "a\u202eb", "policies/\u001b[2J"})
    void aNameThatLeadsElsewhereIsRefused(String name) throws IOException {
        assertThrows(IOException.class, () -> {
            try (BackupWriter writer = new BackupWriter(new ByteArrayOutputStream(), cheap(), MANIFEST, key(cheap()))) {
                writer.add(file(name, 0), new ByteArrayInputStream(new byte[0]));
            }
        });
        byte[] forged = forged(out -> {
            MANIFEST.write(out);
            entry(out, BackupWriter.FILE, "firewall", name, 0);
        });
        String said = refusal(forged);
        assertTrue(said.endsWith(" in it leads elsewhere"), said);
        assertFalse(said.contains("\u001b") || said.contains("\n") || said.contains("\u202e"), said);
    }

    private static void entry(DataOutputStream out, int kind, String part, String name, long bytes) throws IOException {
        out.writeByte(kind);
        out.writeUTF(part);
        out.writeUTF(name);
        out.writeLong(bytes);
        out.writeShort(0600);
        out.writeUTF("root");
        out.writeUTF("root");
        out.writeLong(0);
    }

    @Test
    void whatThePassphraseVouchesForIsStillReadWithSuspicion() throws IOException {
        assertTrue(refusal(forged(out -> new Manifest("h", Map.of(Part.FIREWALL, "/var/../etc"), List.of()).write(
                out))).contains("is no folder that something can be put into"));
        assertTrue(refusal(forged(out -> {
            MANIFEST.write(out);
            entry(out, BackupWriter.FILE, "firewall", "x", -1);
        })).contains("cannot be"));
        assertTrue(refusal(forged(out -> {
            MANIFEST.write(out);
            entry(out, BackupWriter.FILE, "firewall", "x", Long.MAX_VALUE);
        })).contains("not written by Sluice"));
        assertTrue(refusal(forged(out -> {
            MANIFEST.write(out);
            entry(out, BackupWriter.FILE, "management", "x", 0);
        })).contains("cannot be"), "of a part that the manifest does not name");
        assertTrue(refusal(forged(out -> {
            MANIFEST.write(out);
            entry(out, BackupWriter.FILE, "kernel", "x", 0);
        })).contains("a part `kernel` that this Sluice does not know"));
        assertTrue(refusal(forged(out -> {
            MANIFEST.write(out);
            entry(out, 3, "firewall", "x", 0);
        })).contains("an entry of kind 3"));
        assertTrue(refusal(forged(MANIFEST::write)).contains("not written by Sluice"), "no end");
        assertTrue(refusal(forged(out -> {
            MANIFEST.write(out);
            out.writeByte(BackupWriter.END);
            out.writeLong(1);
            out.writeLong(0);
        })).contains("as many files as it says"));
        assertTrue(refusal(forged(out -> {
            MANIFEST.write(out);
            out.writeByte(BackupWriter.END);
            out.writeLong(0);
            out.writeLong(0);
            out.writeByte(0);
        })).contains("something follows its end"));
    }

    @Test
    void aFileThatBecameShorterIsNotWrittenAsIfItWereWhole() {
        IOException said = assertThrows(IOException.class, () -> {
            try (BackupWriter writer = new BackupWriter(new ByteArrayOutputStream(), cheap(), MANIFEST, key(cheap()))) {
                writer.add(file("history", 10), new ByteArrayInputStream(new byte[9]));
            }
        });
        assertTrue(String.valueOf(said.getMessage()).contains("`history` became shorter"), said.getMessage());
    }

    @Test
    void theCostsOfARealKeyAreThoseThatAReaderTakes() throws IOException {
        Header real = Header.fresh("1.2.3", "now");
        assertEquals(65_536, real.memoryKibibytes());
        assertTrue(BackupKey.PASSES >= 3);
        BackupKey.requireBounded(real);
        assertFalse(Arrays.equals(real.salt(), Header.fresh("1.2.3", "now").salt()));
    }
}
