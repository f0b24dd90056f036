package io.sluice.journal.evidence;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The files of a zip that somebody handed over. Only names that a bundle has are let in, and nothing is read beyond what
 * such a file may have, whatever sizes the zip claims. Nothing is unpacked to the disk.
 */
final class BundleFiles implements Closeable {
    private static final Pattern NAME = Pattern.compile("manifest\\.json|report\\.txt|records\\.jsonl|checkpoint"
            + "|proofs/[0-9]{16}\\.tlog-proof|recordings/[A-Za-z0-9-]{1,64}-[0-9]{8}T[0-9]{6}\\.[0-9]{3}Z\\.pcapng");

    private final ZipFile zip;
    private final Map<String, ZipEntry> entries = new TreeMap<>();

    private BundleFiles(ZipFile zip) {
        this.zip = zip;
    }

    static BundleFiles open(Path file) throws IOException, NoEvidence {
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
        } catch (ZipException damaged) {
            throw new NoEvidence("`" + file + "` cannot be read as a zip file; was it copied completely?");
        }
        BundleFiles files = new BundleFiles(zip);
        try {
            files.look();
            return files;
        } catch (NoEvidence | RuntimeException refused) {
            zip.close();
            throw refused;
        }
    }

    private void look() throws NoEvidence {
        if (zip.size() > EvidenceLimits.FILES) {
            throw new NoEvidence(
                    "the zip has " + zip.size() + " files, and a bundle has at most " + EvidenceLimits.FILES
                            + ": do not unpack it");
        }
        for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
            if (!NAME.matcher(entry.getName()).matches()) {
                throw new NoEvidence("the zip has a file named `" + shown(entry.getName())
                        + "`, which no bundle has: somebody else made it, do not unpack it");
            }
            if (entries.put(entry.getName(), entry) != null) {
                throw new NoEvidence("the zip has two files named `" + entry.getName()
                        + "`, so tools disagree on what it says: do not unpack it");
            }
        }
    }

    private static String shown(String name) {
        String plain = name.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() > 100 ? plain.substring(0, 100) + "…" : plain;
    }

    Set<String> names() {
        return new TreeSet<>(entries.keySet());
    }

    /** What is done with the pieces of a file. */
    interface Pieces {
        void take(byte[] piece, int length);
    }

    /** Reads a file that is there. */
    void read(String name, long most, Pieces pieces) throws NoEvidence {
        byte[] piece = new byte[1 << 16];
        long total = 0;
        try (InputStream in = zip.getInputStream(Objects.requireNonNull(entries.get(name)))) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                total += n;
                if (total > most) {
                    throw new NoEvidence("`" + name + "` unpacks to more than " + most
                            + " bytes, the most that such a file may have: do not unpack the zip");
                }
                pieces.take(piece, n);
            }
        } catch (IOException | IllegalArgumentException damaged) {
            throw new NoEvidence("`" + name + "` cannot be unpacked: the zip file is damaged there; copy it again");
        }
    }

    byte[] bytes(String name, int most) throws NoEvidence {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        read(name, most, (piece, n) -> all.write(piece, 0, n));
        return all.toByteArray();
    }

    static String text(String name, byte[] bytes) throws NoEvidence {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException changed) {
            throw new NoEvidence("`" + name + "` is no text any more: it was changed");
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
