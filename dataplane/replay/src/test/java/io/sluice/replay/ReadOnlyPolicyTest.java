package io.sluice.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.capture.CaptureReader;
import io.sluice.dissect.modbus.ModbusView;
import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.EngineListener;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Profile;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.PolicyReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A policy that only permits reading, over every Modbus capture of the collection, among them the renderings in which
 * messages share segments, are split at any byte, overlap, arrive out of order or in IP fragments.
 */
class ReadOnlyPolicyTest {
    /** The read-only profile of the policy language, item 5. */
    private static final Set<Integer> READS = Set.of(1, 2, 3, 4, 7, 11, 12, 17, 20, 24);

    @Test
    void everyWriteRestartFileWriteVendorAndUnknownFunctionIsDenied() throws Exception {
        long denied = 0;
        long allowed = 0;
        for (TruthTable truth : TruthTable.all("modbus")) {
            Map<Integer, Integer> expected = new TreeMap<>();
            for (Map<String, String> row : truth.rows()) {
                if (row.getOrDefault("direction", "").equals("request")) {
                    expected.merge(Integer.parseInt(row.getOrDefault("func_code", "")), 1, Integer::sum);
                }
            }
            Requests requests = judge(truth, Profile.OBSERVE);
            assertEquals(List.of(), requests.wronglyAllowed, truth.name());
            expected.forEach((function, count) -> {
                if (!READS.contains(function)) {
                    assertTrue(requests.denied.getOrDefault(function, 0) >= count,
                            truth.name() + ": function " + function + " denied "
                                    + requests.denied.getOrDefault(function, 0) + " times of " + count);
                }
            });
            denied += requests.denied.values().stream().mapToInt(Integer::intValue).sum();
            allowed += requests.allowed;
        }
        System.out.printf("read-only policy over the captures: %d requests allowed, %d denied%n", allowed, denied);
        assertTrue(denied > 2_000 && allowed > 5_000, denied + " denied, " + allowed + " allowed");
    }

    /** What the dataplane would do: no write is let through either where connections are cut on the first offence. */
    @Test
    void inlineLetsNoWriteThroughEither() throws Exception {
        for (TruthTable truth : TruthTable.all("modbus")) {
            assertEquals(List.of(), judge(truth, Profile.INLINE).wronglyAllowed, truth.name());
        }
    }

    private static Requests judge(TruthTable truth, Profile profile) throws Exception {
        Requests requests = new Requests();
        try (CaptureReader reader = CaptureReader.open(truth.capture());
                Engine engine = new Engine(policy(truth.port()), profile, EngineLimits.DEFAULT, requests)) {
            while (reader.next()) {
                engine.accept(reader.bytes(), reader.at(), reader.captured(), reader.wire(), reader.linkType(),
                        reader.number(), reader.epochNanos());
            }
            engine.finish();
        }
        return requests;
    }

    /** The captures are of many plants: the one conduit leads from everywhere to everywhere, which the language refuses. */
    private static CompiledPolicy policy(int port) {
        String text = """
                policy: read-only
                mode: enforce
                zones: {all: {networks: [0.0.0.0/0]}, other: {ports: [b]}}
                conduits:
                  reading: {from: all, to: other, protocol: {modbus: {port: %d}}, allow: [{id: r, do: read, unit: [0, 1..255]}]}
                """
                .formatted(port);
        Policy read = ((PolicyReader.Result.Read) PolicyReader.read("read-only.yaml", text)).policy();
        Conduit c = read.conduits().values().iterator().next();
        Conduit everywhere = new Conduit(c.name(), "all", "all", c.service(), c.onDeny(), c.mode(), c.rules(),
                c.position());
        Policy policy = new Policy(read.name(), read.mode(), read.whenUnsure(), read.timezone(), read.zones(),
                read.assets(), read.windows(), Map.of(c.name(), everywhere), List.of());
        return ((PolicyCompiler.Result.Compiled) PolicyCompiler.compile(policy, "")).policy();
    }

    private static final class Requests implements EngineListener {
        final Map<Integer, Integer> denied = new TreeMap<>();
        final List<String> wronglyAllowed = new ArrayList<>();
        final ModbusView view = new ModbusView();
        long allowed;

        @Override
        public void message(MessageEvent e) {
            if (!e.fromClient() || e.size() < 8) {
                return;
            }
            int function = view.wrap(e.bytes(), e.at(), e.size()).functionByte();
            if (!e.allowed()) {
                denied.merge(function, 1, Integer::sum);
            } else if (READS.contains(function)) {
                allowed++;
            } else {
                wronglyAllowed.add("frame " + e.frame() + ": function " + function);
            }
        }
    }
}
