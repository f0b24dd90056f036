package io.sluice.bench;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Names;
import io.sluice.dissect.Vocabulary.Request;
import io.sluice.dissect.Vocabulary.Understood;
import io.sluice.dissect.modbus.Modbus;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.DecisionTable;
import io.sluice.rules.RateBuckets;
import io.sluice.rules.Situation;
import io.sluice.rules.Verdict;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.PolicyReader;
import java.lang.foreign.MemorySegment;
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

/**
 * One decision over facts that are there already: reads and writes of one to ten registers, most of them inside a rule's
 * range, some beyond it or above its value.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DecideBenchmark {
    private static final int REQUESTS = 128;
    private static final int UNITS = 247;
    private static final int FEWEST = 10;
    private static final String HEAD = """
            policy: benchmark
            mode: enforce
            zones: {ops: {ports: [a]}, cell: {ports: [b]}}
            assets: {hmi: {zone: ops, address: 10.0.0.1}, plc: {zone: cell, address: 10.0.0.2}}
            conduits:
              c:
                from: hmi
                to: plc
                protocol: modbus
            """;

    /** How many rules the policy has; one in ten is a deny. */
    @Param({"10", "10000"})
    public int rules;

    /**
     * {@code same}: the same requests whatever the number of rules, so that only that number differs. {@code spread}:
     * over all rules, so that more rules also mean more memory in use.
     */
    @Param({"same", "spread"})
    public String over = "same";

    private final Facts[] requests = new Facts[REQUESTS];
    private final Verdict verdict = new Verdict();
    private final Situation situation = new Situation(new RateBuckets(1_024));
    private DecisionTable table = DecisionTable.NOTHING;
    private int next;

    /** Compiles the policy and pours the requests into facts. */
    @Setup
    public void prepare() {
        CompiledPolicy policy = compile(text());
        // Places: nowhere, two zones, two assets.
        table = policy.relation(3, 4).services().getFirst().table();
        situation.at(0, policy.windows());
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        for (int i = 0; i < REQUESTS; i++) {
            requests[i] = new Facts();
            requests[i].reset(MemorySegment.NULL);
            request(request(random)).fill(requests[i], Names.NONE);
        }
    }

    private static int unit(int rule) {
        return 1 + rule % UNITS;
    }

    private static int address(int rule) {
        return rule / UNITS * 20 + 100;
    }

    private String text() {
        StringBuilder allow = new StringBuilder("    allow:\n");
        StringBuilder deny = new StringBuilder("    deny:\n");
        for (int rule = 0; rule < rules; rule++) {
            String place = "unit: " + unit(rule) + ", space: holding, address: " + address(rule);
            if (rule % 10 == 9) {
                deny.append("      - {id: d").append(rule).append(", do: write, ").append(place).append("}\n");
            } else {
                allow.append("      - {id: a").append(rule).append(", do: [read, write], ").append(place).append("..")
                        .append(address(rule) + 14).append(", value: 0..1500}\n");
            }
        }
        return HEAD + allow + deny;
    }

    private String request(RandomGenerator random) {
        int rule = random.nextInt(over.equals("same") ? FEWEST : rules);
        int low = address(rule) + random.nextInt(6);
        int count = 1 + random.nextInt(10);
        StringBuilder request = new StringBuilder(random.nextBoolean() ? "read" : "write");
        boolean write = request.charAt(0) == 'w';
        request.append(" unit ").append(unit(rule)).append(" holding ").append(low).append("..")
                .append(low + count - 1);
        for (int i = 0; write && i < count; i++) {
            request.append(i == 0 ? " = " : ", ").append(random.nextInt(random.nextInt(20) == 0 ? 3_000 : 1_500));
        }
        return request.toString();
    }

    private static Request request(String text) {
        return switch (Modbus.PROTOCOL.vocabulary().request(text)) {
            case Understood.Yes<Request> yes -> yes.meaning();
            case Understood.No<Request> no -> throw new IllegalStateException(no.sentence());
        };
    }

    static CompiledPolicy compile(String text) {
        Policy policy = switch (PolicyReader.read("benchmark.yaml", text)) {
            case PolicyReader.Result.Read read -> read.policy();
            case PolicyReader.Result.Refused refused -> throw new IllegalStateException(refused.problems().toString());
        };
        return switch (PolicyCompiler.compile(policy, "")) {
            case PolicyCompiler.Result.Compiled compiled -> compiled.policy();
            case PolicyCompiler.Result.Refused refused -> throw new IllegalStateException(
                    refused.problems().toString());
        };
    }

    /** One request, the next of the mix each time. */
    @Benchmark
    public boolean decide() {
        next = (next + 1) % REQUESTS;
        table.decide(requests[next], situation, verdict);
        return verdict.allowed();
    }

    /** A control for the allocation test: what it would look like. */
    @Benchmark
    public Object allocates() {
        return new int[16];
    }
}
