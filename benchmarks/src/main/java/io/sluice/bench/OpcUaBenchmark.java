package io.sluice.bench;

import io.sluice.dissect.Dissector;
import io.sluice.dissect.Facts;
import io.sluice.dissect.Limits;
import io.sluice.dissect.Session;
import io.sluice.dissect.opcua.OpcUa;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Demands;
import io.sluice.rules.RateBuckets;
import io.sluice.rules.Service;
import io.sluice.rules.Situation;
import io.sluice.rules.Verdict;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What an OPC UA request and its answer cost from the first byte to the verdict, by the number of nodes that the request
 * names. The node ids of half of the requests are numbers, of the others texts of about twenty characters (a server
 * has ids of one kind); one id in seven is named by the policy. Messages lie in native memory, near enough to the
 * processor, as they do when they have just come in.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OpcUaBenchmark {
    private static final int REQUESTS = 32;
    private static final int ANSWER_VALUES = 1_000;
    private static final int SEQUENCE = 16;
    private static final int REQUEST = 20;
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    @Param({"1", "10", "100"})
    public int nodes = 1;

    private final Arena arena = Arena.ofConfined();
    private final Dissector dissector = OpcUa.PROTOCOL.dissector(Limits.DEFAULT);
    private final Session session = OpcUa.PROTOCOL.session(Limits.DEFAULT);
    private final Facts facts = new Facts();
    private final Verdict verdict = new Verdict();
    private final Situation situation = new Situation(new RateBuckets(1_024));
    private final OpcUaBytes out = new OpcUaBytes(arena);
    private final long[] reads = new long[REQUESTS];
    private final long[] writes = new long[REQUESTS];
    private long publish;
    private long small;
    private long large;
    private long fault;
    private MemorySegment bytes = MemorySegment.NULL;
    private Service service = DecideBenchmark.compile("""
            policy: empty
            mode: enforce
            zones: {a: {ports: [a]}, b: {ports: [b]}}
            conduits: {c: {from: a, to: b, protocol: opcua}}
            """).relation(1, 2).services().getFirst();
    private int next;
    private int toServer = 3;
    private int toClient = 3;

    /** Compiles the policy, opens a channel and lays the messages out in native memory. */
    @Setup
    public void prepare() {
        CompiledPolicy policy = DecideBenchmark.compile(policy());
        service = policy.relation(3, 4).services().getFirst();
        situation.at(0, policy.windows());
        session.names(policy.names(OpcUa.PROTOCOL));
        long[] opening = out.opening();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(17);
        for (int i = 0; i < REQUESTS; i++) {
            reads[i] = out.read(random, nodes);
            writes[i] = out.write(random, nodes);
        }
        publish = out.publish();
        small = out.publishAnswer(1);
        large = out.publishAnswer(ANSWER_VALUES);
        fault = out.fault();
        bytes = out.memory();
        for (int i = 0; i < opening.length; i++) {
            int direction = i % 2 == 0 ? Dissector.TO_SERVER : Dissector.TO_CLIENT;
            if (inspect(direction, opening[i]) < 0) {
                throw new IllegalStateException("the channel does not open: message " + i);
            }
        }
        if (read() != Dissector.RESPONSE || write() != Dissector.RESPONSE || publishLarge() != Dissector.RESPONSE) {
            throw new IllegalStateException("a request is refused that the policy allows");
        }
    }

    @TearDown
    public void close() {
        arena.close();
    }

    private static String policy() {
        StringBuilder named = new StringBuilder();
        for (int node = 0; node < OpcUaBytes.NODES; node += 7) {
            named.append(named.isEmpty() ? "" : ", ").append('"').append(OpcUaBytes.text(node)).append('"');
        }
        return """
                policy: benchmark
                mode: enforce
                zones: {ops: {ports: [a]}, cell: {ports: [b]}}
                assets: {hmi: {zone: ops, address: 10.0.0.1}, plc: {zone: cell, address: 10.0.0.2}}
                conduits:
                  c:
                    from: hmi
                    to: plc
                    protocol: opcua
                    channel: {mode: [none, sign]}
                    allow:
                      - {id: r, do: [browse, read, subscribe]}
                      - {id: w, do: write, node: any, value: any}
                      - {id: n, do: write, value: 0..1500, node: [%s]}
                """.formatted(named);
    }

    private int inspect(int direction, long at) {
        int size = dissector.frame(session, direction, bytes, at, bytes.byteSize() - at);
        int kind = size < 0 ? size : dissector.inspect(session, direction, bytes, at, size, size, facts);
        if (kind == Dissector.REQUEST) {
            dissector.decided(session, true, 0);
        }
        return kind;
    }

    private boolean judge(long at) {
        bytes.set(U32, at + REQUEST, toServer);
        bytes.set(U32, at + SEQUENCE, toServer++);
        int size = dissector.frame(session, Dissector.TO_SERVER, bytes, at, bytes.byteSize() - at);
        int kind = dissector.inspect(session, Dissector.TO_SERVER, bytes, at, size, size, facts);
        if (kind != Dissector.REQUEST) {
            return false;
        }
        service.table().decide(facts, situation, verdict);
        boolean allowed = service.demands().unmet(facts, -1, -1) == Demands.MET && verdict.allowed();
        dissector.decided(session, allowed, verdict.rule());
        return allowed;
    }

    /** Judges a request and then its answer, so that requests do not pile up. */
    private int answer(long request, long at) {
        boolean asked = judge(request);
        bytes.set(U32, at + REQUEST, toServer - 1);
        bytes.set(U32, at + SEQUENCE, toClient++);
        int size = dissector.frame(session, Dissector.TO_CLIENT, bytes, at, bytes.byteSize() - at);
        int kind = dissector.inspect(session, Dissector.TO_CLIENT, bytes, at, size, size, facts);
        return asked ? kind : -1;
    }

    /** One Read request, and an answer without content. */
    @Benchmark
    public int read() {
        return answer(reads[next++ & (REQUESTS - 1)], fault);
    }

    /** One Write request, and an answer without content. */
    @Benchmark
    public int write() {
        return answer(writes[next++ & (REQUESTS - 1)], fault);
    }

    /** A Publish request and its answer with one value. */
    @Benchmark
    public int publish() {
        return answer(publish, small);
    }

    /** A Publish request and an answer with a thousand values: more bytes, no more work. */
    @Benchmark
    public int publishLarge() {
        return answer(publish, large);
    }
}
