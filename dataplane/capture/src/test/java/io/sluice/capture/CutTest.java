package io.sluice.capture;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.capture.CaptureTrouble.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A capture cut at any byte gives every packet before the cut, and says that it is cut unless it ends between records. */
class CutTest {
    @TempDir
    Path folder;

    @Test
    void everyCutOfAPcap() throws CaptureException, IOException {
        CaptureBytes file = CaptureBytes.pcap(BIG_ENDIAN, CaptureBytes.MICROSECONDS, 0, 1);
        List<Integer> ends = new ArrayList<>(List.of(file.bytes().length));
        for (int i = 0; i < 5; i++) {
            file.packet(i, i, 60, new byte[3 * i]);
            ends.add(file.bytes().length);
        }
        everyCut(file.bytes(), ends, new HashSet<>(ends));
    }

    @Test
    void everyCutOfAPcapng() throws CaptureException, IOException {
        CaptureBytes file = new CaptureBytes(LITTLE_ENDIAN).section();
        Set<Integer> clean = new HashSet<>(List.of(file.bytes().length));
        file.describe(1, 0, file.name("eth0"));
        clean.add(file.bytes().length);
        List<Integer> ends = new ArrayList<>(List.of(file.bytes().length));
        for (int i = 0; i < 4; i++) {
            file.enhanced(0, i, 60, new byte[3 * i]);
            ends.add(file.bytes().length);
            clean.add(file.bytes().length);
            file.block(0xBAD, file.body().bytes(new byte[20 * i]));
            clean.add(file.bytes().length);
        }
        clean.add(file.order(BIG_ENDIAN).section().bytes().length);
        clean.add(file.describe(1, 0).bytes().length);
        ends.add(file.simple(1, (byte) 1).bytes().length);
        clean.add(file.bytes().length);
        everyCut(file.bytes(), ends, clean);
    }

    private void everyCut(byte[] whole, List<Integer> ends, Set<Integer> clean) throws CaptureException, IOException {
        List<Packet> all = Packet.all(whole).packets();
        assertEquals(ends.size() - 1, all.size());
        for (int cut = 4; cut <= whole.length; cut++) {
            int last = cut;
            byte[] part = Arrays.copyOf(whole, cut);
            int expected = (int) ends.stream().filter(end -> end <= last).count() - 1;
            Path file = Files.write(folder.resolve("cut"), part);
            Packet.Reading read = Packet.all(file);
            assertEquals(read, Packet.dribbled(part, CaptureLimits.DEFAULT), "cut at " + cut);
            assertEquals(all.subList(0, Math.max(0, expected)), read.packets(), "cut at " + cut);
            assertEquals(clean.contains(cut), !read.kinds().contains(Kind.TRUNCATED), "cut at " + cut);
        }
    }

    @Test
    void unknownBlocksLargerThanAnyBufferArePassedOverAndTheirCutIsSeen() throws CaptureException, IOException {
        byte[] file = CaptureBytes.pcapng(LITTLE_ENDIAN).block(0xBAD, new CaptureBytes(LITTLE_ENDIAN).bytes(
                new byte[3 << 20])).enhanced(0, 0, 1, (byte) 7).bytes();
        for (int cut : new int[]{file.length, file.length - 36, file.length - 40, 1 << 20}) {
            byte[] part = Arrays.copyOf(file, cut);
            Packet.Reading stream = Packet.all(part);
            assertEquals(stream, Packet.all(Files.write(folder.resolve("large"), part)));
            assertEquals(cut == file.length ? 1 : 0, stream.packets().size());
            assertEquals(cut < file.length - 36, stream.kinds().contains(Kind.TRUNCATED), "cut at " + cut);
        }
    }

    @Test
    void randomlyDamagedCapturesReadTheSameThroughAnyWindow() throws IOException {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        int troubled = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] content = random.nextBoolean()
                    ? CaptureBytes.somePcapng(random, 12)
                    : CaptureBytes.somePcap(random, random.nextBoolean() ? BIG_ENDIAN : LITTLE_ENDIAN,
                            random.nextBoolean() ? CaptureBytes.MICROSECONDS : CaptureBytes.NANOSECONDS, 8);
            damage(random, content);
            CaptureLimits limits = new CaptureLimits(2_000, 2_000 + random.nextInt(500), 5, 20,
                    1 + random.nextInt(3_000));
            String what = "seed " + seed + ", round " + i;
            troubled += same(what, content, limits) ? 1 : 0;
        }
        assertTrue(troubled > 300, "the damage is real: " + troubled);
    }

    private boolean same(String what, byte[] content, CaptureLimits limits) throws IOException {
        Path file = Files.write(folder.resolve("damaged"), content);
        Packet.Reading read;
        try {
            read = Packet.all(file, limits);
        } catch (CaptureException e) {
            assertTrue(e.getMessage().startsWith(file.toString()), what);
            return true;
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(what, e);
        }
        try {
            assertEquals(read, Packet.dribbled(content, limits), what);
        } catch (CaptureException | RuntimeException e) {
            throw new AssertionError(what, e);
        }
        return read.troubleCount() > 0;
    }

    private static void damage(SplittableRandom random, byte[] content) {
        byte[] values = {0, 1, 4, 12, 32, 127, (byte) 128, (byte) 255};
        for (int n = random.nextInt(4); n > 0; n--) {
            int at = random.nextInt(content.length);
            content[at] = random.nextBoolean() ? values[random.nextInt(values.length)] : (byte) random.nextInt();
        }
    }
}
