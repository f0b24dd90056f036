package io.sluice.dissect.opcua;

import static io.sluice.dissect.Dissector.PARTIAL;
import static io.sluice.dissect.Dissector.TO_CLIENT;
import static io.sluice.dissect.Dissector.TO_SERVER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Dissector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Bodies with bytes flipped, lost or added, and with counts and lengths that lie. {@code -Dseed=N} repeats a run. */
class OpcUaMutationTest {
    private static final long SEED = Long.getLong("seed", 4840);
    private static final int INPUTS = Integer.getInteger("inputs", 150_000);
    private static final String[] NODES = {"ns=2;i=6001", "i=85", "ns=3;s=Tank.Level"};
    private static final int[] LIES = {0, 1, 2, -1, -2, 255, 65_535, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 24};

    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    private final List<byte[]> bodies = bodies();

    private static List<byte[]> bodies() {
        List<byte[]> bodies = new ArrayList<>();
        for (OpcUaVector vector : OpcUaVector.all()) {
            byte[] bytes = vector.bytes();
            if (vector.isMessage() && vector.expected().equals("ok")) {
                bodies.add(Arrays.copyOfRange(bytes, OpcUaView.BODY, bytes.length));
            }
        }
        bodies.add(OpcUaBytes.write("ns=2;i=6001", "98 02000000 0607000000 0c 02000000 6f6b").done());
        bodies.add(OpcUaBytes.request(763).u32(1).u32(0).u32(1).u32(7).u32(1).f64(1).u8(0, 0, 0).u32(1).u8(1).done());
        bodies.add(OpcUaBytes.request(461).string("a").string("b").u8(3).string("c").string("d").u32(1).none().none()
                .none().none().string("opc.tcp://a").string("s").none().none().f64(1).u32(0).done());
        return bodies;
    }

    private byte[] mutant() {
        byte[] bytes = bodies.get(random.nextInt(bodies.size())).clone();
        if (random.nextInt(4) == 0) {
            bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length) + random.nextInt(12));
        }
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(bytes.length);
            if (random.nextInt(3) == 0 && at + 4 <= bytes.length) {
                int lie = LIES[random.nextInt(LIES.length)];
                for (int i = 0; i < 4; i++) {
                    bytes[at + i] = (byte) (lie >> (8 * i));
                }
            } else {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
            }
        }
        return bytes;
    }

    private static String inspect(OpcUaBench bench, byte[] chunk, int available) {
        int outcome = bench.see(TO_SERVER, chunk, available);
        return OpcUaBench.word(outcome) + " " + (outcome >= 0 ? bench.said : "");
    }

    @Test
    void noChangedRequestMakesTheDissectorReadOutsideThrowOrWaver() {
        OpcUaBench bench = OpcUaBench.open(NODES);
        OpcUaBench twin = OpcUaBench.open(NODES);
        int understood = 0;
        for (int i = 0; i < INPUTS; i++) {
            byte[] body = mutant();
            try {
                byte[] chunk = bench.chunk(TO_SERVER, "MSGF", i, body);
                twin.sequence[0] = bench.sequence[0];
                String said = inspect(bench, chunk, chunk.length);
                assertEquals(said, inspect(twin, chunk, chunk.length));
                assertTrue(!said.startsWith("more"), "a whole message called partial");
                understood += said.startsWith("ok") ? 1 : 0;
                bench.session.outstanding.clear();
                twin.session.outstanding.clear();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + SEED + ", input " + i + ": " + HexFormat.of().formatHex(body), e);
            }
        }
        assertTrue(understood > INPUTS / 10 && understood < INPUTS * 9 / 10, understood + " of " + INPUTS);
    }

    // The same bytes in other segments must get the same verdict, so a reason may not change as bytes arrive.
    @Test
    void whatIsRefusedHalfReadIsRefusedWholeForTheSameReason() {
        OpcUaBench bench = OpcUaBench.open(NODES);
        for (int i = 0; i < 3_000; i++) {
            byte[] body = mutant();
            byte[] chunk = bench.chunk(TO_SERVER, "MSGF", i, body);
            String[] parts = new String[chunk.length];
            for (int cut = OpcUaView.BODY; cut < chunk.length; cut++) {
                parts[cut] = inspect(bench, chunk, cut);
            }
            String whole = inspect(bench, chunk, chunk.length);
            for (int cut = OpcUaView.BODY; cut < chunk.length; cut++) {
                assertTrue(parts[cut].startsWith("more") || parts[cut].equals(whole),
                        parts[cut] + " but whole " + whole + ", cut at " + cut + " of "
                                + HexFormat.of().formatHex(chunk));
            }
            bench.session.outstanding.clear();
        }
    }

    @Test
    void noChangedAnswerHarmsEither() {
        List<byte[]> answers = List.of(
                OpcUaBytes.response(563).u32(2).node("ns=9;i=1").node("ns=9;s=abc").done(),
                OpcUaBytes.response(464).node("ns=1;i=1").node("ns=1;g=72962b91-fa75-4ae6-8d28-b404dc7daf63").done(),
                OpcUaBytes.response(431).u32(1).string("opc.tcp://a").string("u").string("p").u8(2).string("n").u32(0)
                        .none().none().u32(0).none().u32(1).string(OpcUaBench.NONE).u32(1).string("t").u32(0).none()
                        .none().none().string("x").u8(0).done());
        List<OpcUaBytes> questions = List.of(OpcUaBytes.request(560).u32(2).node(NODES[0]).node(NODES[1]),
                OpcUaBytes.of().raw(bodies.getLast()), OpcUaBytes.request(428).string("opc.tcp://a").none().none());
        OpcUaBench bench = OpcUaBench.open(NODES);
        int[] kinds = new int[2];
        for (int i = 0; i < 30_000; i++) {
            int which = random.nextInt(answers.size());
            bench.ask(i, questions.get(which));
            byte[] body = answers.get(which).clone();
            for (int changes = random.nextInt(3); changes > 0; changes--) {
                body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(8));
            }
            int outcome = bench.see(TO_CLIENT, bench.chunk(TO_CLIENT, "MSGF", i, body));
            assertTrue(outcome < 0 || outcome == Dissector.RESPONSE, "outcome " + outcome);
            kinds[outcome < 0 ? 1 : 0]++;
            assertEquals(PARTIAL, bench.see(TO_CLIENT, bench.chunk(TO_CLIENT, "MSGF", i, body), 30));
            bench.sequence[1]--;
        }
        assertTrue(kinds[0] > 5_000 && kinds[1] > 1_000, Arrays.toString(kinds));
    }
}
