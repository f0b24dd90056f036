package io.sluice.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.rules.CompiledPolicy;
import io.sluice.testdata.ModbusTraffic;
import io.sluice.testdata.PacketBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Real-looking traffic with flipped bits, other lengths, lost, repeated and exchanged frames. */
class MutationProperties {
    private static final ModbusTraffic TRAFFIC = new ModbusTraffic(4000, 6, 11);

    private static List<byte[]> frames() throws IOException {
        List<byte[]> frames = new ArrayList<>();
        TRAFFIC.generate((nanos, bytes, length) -> frames.add(Arrays.copyOf(bytes, length)));
        return frames;
    }

    @Test
    void mutatedTrafficIsAnOutcome() throws IOException {
        List<byte[]> frames = frames();
        CompiledPolicy policy = Desk.compile(TRAFFIC.policy());
        long until = System.nanoTime() + 8_000_000_000L;
        for (int seed = 0; seed < 200 && System.nanoTime() < until; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            EngineLimits limits = random.nextBoolean()
                    ? EngineLimits.DEFAULT.withFlows(8).withBuffers(8192, 2048)
                    : EngineLimits.DEFAULT;
            try (Desk desk = new Desk(policy, Profile.values()[seed % 3], limits)) {
                for (int i = 0; i < frames.size(); i++) {
                    byte[] frame = frames.get(random.nextInt(20) == 0 ? random.nextInt(frames.size()) : i);
                    if (random.nextInt(30) != 0) {
                        desk.send(random.nextInt(8) == 0 ? mutated(frame, random) : frame);
                    }
                }
                desk.finish();
                assertEquals(0, desk.engine.flows(), "seed " + seed);
                assertEquals(0, desk.engine.buffered(), "seed " + seed);
                if (seed % 3 == 0 && limits.equals(EngineLimits.DEFAULT)) {
                    assertTrue(desk.messages.size() > 100, "seed " + seed);
                }
            }
        }
    }

    private static byte[] mutated(byte[] frame, SplittableRandom random) {
        byte[] out = random.nextInt(4) == 0 ? Arrays.copyOf(frame, random.nextInt(frame.length + 40)) : frame.clone();
        for (int n = random.nextInt(4); n >= 0 && out.length > 0; n--) {
            int at = random.nextInt(3) == 0
                    ? Math.min(out.length - 1, 14 + random.nextInt(60))
                    : random.nextInt(
                            out.length);
            out[at] ^= (byte) (1 << random.nextInt(8));
        }
        return out;
    }

    /** What the generator promises: of its requests exactly so many are refused, and nothing is wrong with the rest. */
    @Test
    void unharmedTrafficHasExactlyTheRefusalsThatWereGenerated() throws IOException {
        try (Desk desk = new Desk(Desk.compile(TRAFFIC.policy()), Profile.OBSERVE, EngineLimits.DEFAULT)) {
            frames().forEach(desk::accept);
            desk.finish();
            long refusals = TRAFFIC.generate((nanos, bytes, length) -> {
            }).refusals();
            assertTrue(refusals > 0);
            assertEquals(List.of(), desk.anomalies);
            assertEquals(refusals, desk.requests().stream().filter(m -> !m.allowed()).count());
        }
    }

    /** Writes the fuzzer's first inputs anew when asked to: -Dsluice.seeds=DIRECTORY. */
    @Test
    void fuzzSeedsAreBuiltFromWholeConversations() throws IOException {
        byte[] seed = seed(0, new Wire(-3, 5));
        assertTrue(seed.length > 300);
        String directory = System.getProperty("sluice.seeds");
        if (directory != null) {
            for (int choice : new int[]{0, 0x80, 0xC0, 0x90}) {
                Files.write(Path.of(directory, "conversation-" + Integer.toHexString(choice)),
                        seed(choice, new Wire(-3, 5)));
            }
            Files.write(Path.of(directory, "fragments"), fragments());
        }
    }

    private static byte[] seed(int choice, Wire wire) {
        byte[] read = Requests.frame(1, 3, 0, 0, 0, 1);
        byte[] coil = Requests.frame(2, 5, 0, 1, 0xFF, 0);
        List<byte[]> frames = List.of(wire.syn().build(), wire.synAck().build(), wire.client(0).build(),
                wire.client(12, coil).build(), wire.client(0, read).build(),
                wire.server(0, Requests.frame(1, 3, 2, 0, 9)).build(), wire.client(24, Arrays.copyOf(read, 5)).build());
        return packed(choice, frames);
    }

    private static byte[] fragments() {
        return packed(0x80, PacketBuilder.ethernet().ipv6("fd00::105", "fd00::10").identification(3).udp(9, 502)
                .payload(Requests.frame(1, 3, 0, 0, 0, 1)).fragments(8));
    }

    private static byte[] packed(int choice, List<byte[]> frames) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(choice);
        for (byte[] frame : frames) {
            out.write(30);
            out.write(0);
            out.write(frame.length >> 8);
            out.write(frame.length);
            out.writeBytes(frame);
        }
        return out.toByteArray();
    }
}
