package io.sluice.replay;

import io.sluice.rules.learn.KeptObservations;
import io.sluice.rules.learn.LearningLimits;
import io.sluice.rules.learn.Observations;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/**
 * A file that keeps what was seen, to be put together with what was seen elsewhere. A line that says so, then, compressed,
 * the parts and the sums. Equal sums give equal bytes.
 */
public final class SeenFile {
    private static final byte[] MAGIC = "sluice seen 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_PARTS = 100_000;

    /**
     * What was seen, and in what.
     *
     * @param namesLost how often a name was met that could not be told from others any more
     */
    public record Seen(List<Part> parts, Observations observations, long namesLost) {
        public Seen {
            parts = List.copyOf(parts);
        }

        /** Frames of all parts. */
        public long frames() {
            return parts.stream().mapToLong(Part::frames).sum();
        }

        /** Whether some of it comes from a journal, whose records are counted from 0. */
        public boolean hasJournal() {
            return parts.stream().anyMatch(p -> p.first() == 0);
        }

        /** Adds what was seen in later parts, whose frames were counted on. */
        public Seen and(Seen later) {
            observations.merge(later.observations);
            List<Part> all = new ArrayList<>(parts);
            all.addAll(later.parts);
            return new Seen(all, observations, namesLost + later.namesLost);
        }

        /** The parts by name, and where there are several, with the numbers of their frames. */
        public String source() {
            if (parts.size() == 1) {
                return parts.getFirst().name();
            }
            List<String> texts = new ArrayList<>();
            long before = 0;
            for (Part part : parts) {
                texts.add(part.name() + (part.frames() == 0
                        ? " (no frames)"
                        : " (frames " + (before + part.first()) + ".."
                                + (before + part.first() + part.frames() - 1) + ")"));
                before += part.frames();
            }
            return String.join(", ", texts);
        }
    }

    /**
     * One recording: a capture, or a journal, whose records stand for frames.
     *
     * @param first number of its first frame, where it is the only part: 1, or 0 for records
     * @param frames how many it has, up to the last
     */
    public record Part(String name, int first, long frames) {}

    private SeenFile() {}

    /** Writes and flushes; the stream stays open. */
    public static void write(Seen seen, OutputStream to) throws IOException {
        to.write(MAGIC);
        GZIPOutputStream packed = new GZIPOutputStream(to, 1 << 16);
        DataOutputStream out = new DataOutputStream(packed);
        out.writeInt(seen.parts().size());
        for (Part part : seen.parts()) {
            out.writeUTF(part.name().length() > 10_000 ? part.name().substring(0, 10_000) : part.name());
            out.writeByte(part.first());
            out.writeLong(part.frames());
        }
        out.writeLong(seen.namesLost());
        KeptObservations.write(seen.observations(), out);
        out.flush();
        packed.finish();
        to.flush();
    }

    /**
     * Reads such a file to its end.
     *
     * @param frames how many come before it: added to the number of each frame
     * @throws IOException if it cannot be read, or is none; the message says what is wrong
     */
    public static Seen read(InputStream from, long frames) throws IOException {
        if (!Arrays.equals(MAGIC, from.readNBytes(MAGIC.length))) {
            throw new IOException("it does not begin like a file that `sluice learn --save` wrote");
        }
        try (DataInputStream in = new DataInputStream(
                new BufferedInputStream(new GZIPInputStream(from, 1 << 16), 1 << 16))) {
            int count = in.readInt();
            if (count < 1 || count > MOST_PARTS) {
                throw new IOException("it is damaged");
            }
            List<Part> parts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                parts.add(new Part(in.readUTF(), in.readByte(), Math.max(0, in.readLong())));
            }
            long namesLost = in.readLong();
            Seen seen = new Seen(parts, KeptObservations.read(in, LearningLimits.DEFAULT, frames), namesLost);
            if (in.read() >= 0) {
                throw new IOException("it is damaged: something follows its end");
            }
            return seen;
        } catch (EOFException | ZipException e) {
            throw new IOException("it is cut off or damaged", e);
        }
    }
}
