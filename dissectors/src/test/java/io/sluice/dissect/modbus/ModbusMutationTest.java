package io.sluice.dissect.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Dissector;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class ModbusMutationTest {
    private static final long SEED = Long.getLong("seed", 502);
    private static final int INPUTS = Integer.getInteger("inputs", 2_000_000);

    // The segment is cut to what is available: one byte read outside throws and fails the test.
    @Test
    void noChangedMessageMakesTheDissectorReadOutsideOrThrow() {
        ModbusBench bench = new ModbusBench();
        ModbusMutant mutant = new ModbusMutant(RandomGeneratorFactory.of("L64X128MixRandom").create(SEED));
        int[] outcomes = new int[3];
        int refused = 0;
        for (int i = 0; i < INPUTS; i++) {
            mutant.next();
            try {
                bench.session.reset();
                if (mutant.direction() == Dissector.TO_CLIENT) {
                    bench.allowed(mutant.request(), 1);
                }
                int outcome = bench.see(mutant.direction(), mutant.bytes());
                if (outcome < 0) {
                    refused++;
                } else {
                    outcomes[outcome]++;
                    use(bench);
                }
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + SEED + ", input " + i + ": " + mutant, e);
            }
        }
        // none of the four kinds may have been missed
        assertTrue(outcomes[Dissector.PARTIAL] > INPUTS / 50 && outcomes[Dissector.REQUEST] > INPUTS / 50
                && outcomes[Dissector.RESPONSE] > INPUTS / 50 && refused > INPUTS / 50);
        assertEquals(INPUTS, refused + outcomes[0] + outcomes[1] + outcomes[2]);
    }

    /** Reads every value that the facts promise. */
    private static void use(ModbusBench bench) {
        for (int span = 0; span < bench.facts.spans(); span++) {
            int readable = bench.facts.readable(span);
            assertTrue(readable <= bench.facts.high(span) - bench.facts.low(span) + 1);
            for (int i = 0; i < readable; i++) {
                assertTrue(bench.facts.value(span, i) >>> 16 == 0);
            }
        }
    }
}
