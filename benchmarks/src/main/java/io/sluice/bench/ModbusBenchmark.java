package io.sluice.bench;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.Facts;
import io.sluice.dissect.Limits;
import io.sluice.dissect.Session;
import io.sluice.dissect.modbus.Modbus;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.DecisionTable;
import io.sluice.rules.RateBuckets;
import io.sluice.rules.Situation;
import io.sluice.rules.Verdict;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What one Modbus request costs from its first byte to its verdict: framing, shape, facts, pairing, decision. A thousand
 * mixed requests in native memory: most read 1 to 125 registers or bits, some write one or several, a few ask for the
 * device's identification.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ModbusBenchmark {
    private static final int REQUESTS = 1_024;
    private static final int STRIDE = 272;
    private static final String POLICY = """
            policy: benchmark
            mode: enforce
            zones: {ops: {ports: [a]}, cell: {ports: [b]}}
            assets: {hmi: {zone: ops, address: 10.0.0.1}, plc: {zone: cell, address: 10.0.0.2}}
            conduits:
              c:
                from: hmi
                to: plc
                protocol: modbus
                allow:
                  - {id: r, do: read, unit: 1}
                  - {id: w1, do: write, space: holding, unit: 1, address: 100..199, value: 0..1500}
                  - {id: w2, do: write, space: coil, unit: 1, address: 0..63}
                  - {id: f, do: function 43/14}
                deny:
                  - {id: d, do: write, unit: 1, space: holding, address: 150}
            """;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment bytes = arena.allocate((long) REQUESTS * STRIDE);
    private final Dissector dissector = Modbus.PROTOCOL.dissector(Limits.DEFAULT);
    private final Session session = Modbus.PROTOCOL.session(Limits.DEFAULT);
    private final Facts facts = new Facts();
    private final Verdict verdict = new Verdict();
    private final Situation situation = new Situation(new RateBuckets(1_024));
    private DecisionTable table = DecisionTable.NOTHING;
    private int next;

    /** Compiles the policy and lays the requests out in native memory. */
    @Setup
    public void prepare() {
        CompiledPolicy policy = DecideBenchmark.compile(POLICY);
        table = policy.relation(3, 4).services().getFirst().table();
        situation.at(0, policy.windows());
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
        for (int i = 0; i < REQUESTS; i++) {
            byte[] request = request(random, i);
            MemorySegment.copy(request, 0, bytes, ValueLayout.JAVA_BYTE, (long) i * STRIDE, request.length);
        }
    }

    @TearDown
    public void close() {
        arena.close();
    }

    private static byte[] request(RandomGenerator random, int transaction) {
        ByteBuffer pdu = ByteBuffer.allocate(260);
        pdu.putShort((short) transaction).putShort((short) 0).putShort((short) 0).put((byte) 1);
        int sort = random.nextInt(100);
        if (sort < 80) {
            pdu.put((byte) (1 + random.nextInt(4))).putShort((short) random.nextInt(1_000))
                    .putShort((short) (1 + random.nextInt(125)));
        } else if (sort < 88) {
            pdu.put((byte) 6).putShort((short) (100 + random.nextInt(100))).putShort((short) random.nextInt(1_600));
        } else if (sort < 94) {
            int registers = 1 + random.nextInt(20);
            pdu.put((byte) 16).putShort((short) (100 + random.nextInt(80))).putShort((short) registers)
                    .put((byte) (2 * registers));
            for (int i = 0; i < registers; i++) {
                pdu.putShort((short) random.nextInt(1_500));
            }
        } else if (sort < 98) {
            pdu.put((byte) 5).putShort((short) random.nextInt(70)).putShort((short) 0xFF00);
        } else {
            pdu.put((byte) 43).put((byte) 14).put((byte) 1).put((byte) 0);
        }
        pdu.putShort(4, (short) (pdu.position() - 6));
        byte[] request = new byte[pdu.position()];
        pdu.flip().get(request);
        return request;
    }

    /** One request from bytes to verdict. */
    @Benchmark
    public boolean judge() {
        long at = (long) (next++ & (REQUESTS - 1)) * STRIDE;
        int size = dissector.frame(session, Dissector.TO_SERVER, bytes, at, STRIDE);
        facts.reset(bytes);
        int kind = dissector.inspect(session, Dissector.TO_SERVER, bytes, at, size, size, facts);
        if (kind != Dissector.REQUEST) {
            return false;
        }
        table.decide(facts, situation, verdict);
        dissector.decided(session, verdict.allowed(), verdict.rule());
        return verdict.allowed();
    }

    /** The loop without the work, to be taken off. */
    @Benchmark
    public byte baseline() {
        return bytes.get(ValueLayout.JAVA_BYTE, (long) (next++ & (REQUESTS - 1)) * STRIDE);
    }
}
