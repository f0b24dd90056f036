package io.sluice.rules.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Facts;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.DecisionTable;
import io.sluice.rules.RateBuckets;
import io.sluice.rules.Situation;
import io.sluice.rules.Verdict;
import io.sluice.rules.Windows;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Rule;
import java.time.DayOfWeek;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tables against the oracle: random rules, random requests. */
class DecisionProperties {
    private static final int POLICIES = 7_000;
    private static final int REQUESTS = 40;
    private static final long HOUR = 3_600_000_000_000L;
    private static final long NOON = 12 * HOUR;

    private int allowed;
    private int denied;

    @Test
    void tablesSayWhatTheRulesMeanItemByItem() {
        long seed = Long.getLong("seed", 20_261_121L);
        for (int i = 0; i < POLICIES; i++) {
            onePolicy(seed + i);
        }
        // The comparison would be worth little if one answer hardly occurred.
        assertTrue(allowed > 20_000 && denied > 20_000 && allowed + denied > 200_000,
                allowed + " allowed, " + denied + " denied");
    }

    private void onePolicy(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        RandomPolicy generator = new RandomPolicy(random);
        List<Rule> near = generator.rules("n", 8);
        List<Rule> far = generator.rules("f", 6);
        List<Rule> all = new ArrayList<>(near);
        all.addAll(far);
        Policy policy = policy(near, far, random.nextLong());
        if (!(PolicyCompiler.compile(policy, PolicyFixture.HASH) instanceof PolicyCompiler.Result.Compiled compiled)) {
            return; // an allow inside a deny, which other tests look at
        }
        DecisionTable table = table(compiled.policy());
        Oracle oracle = new Oracle(all);
        Situation situation = new Situation(new RateBuckets(64));
        Facts facts = new Facts();
        Verdict verdict = new Verdict();
        for (int r = 0; r < REQUESTS; r++) {
            generator.request(facts);
            Set<String> open = situation(random, compiled.policy().windows(), situation);
            situation.source(0, 7);
            table.preview(facts, situation, verdict);
            Oracle.Answer early = answer(compiled.policy(), verdict);
            table.decide(facts, situation, verdict);
            Oracle.Answer expected = oracle.decide(facts, open);
            assertEquals(expected, answer(compiled.policy(), verdict), () -> "seed " + seed);
            // Nothing is missing where every item of every span has its value: then early is as good as late.
            if (complete(facts)) {
                assertEquals(expected, early, () -> "preview, seed " + seed);
            }
            if (expected.allowed()) {
                allowed++;
            } else {
                denied++;
            }
        }
    }

    private static boolean complete(Facts facts) {
        for (int s = 0; s < facts.spans(); s++) {
            boolean valued = facts.encoding(s) >= Facts.STORED;
            if (valued && facts.readable(s) < facts.values(s)) {
                return false;
            }
        }
        return true;
    }

    private static Oracle.Answer answer(CompiledPolicy policy, Verdict verdict) {
        String rule = verdict.rule() == Verdict.DEFAULT ? null : policy.rules().get(verdict.rule()).id();
        return new Oracle.Answer(verdict.allowed(), rule, verdict.shortfall(), verdict.span(), verdict.index());
    }

    /** Two conduits over one pair, one between the assets and one between the zones, in any order of the file. */
    private static Policy policy(List<Rule> near, List<Rule> far, long order) {
        List<Rule> shuffledNear = new ArrayList<>(near);
        List<Rule> shuffledFar = new ArrayList<>(far);
        Collections.shuffle(shuffledNear, new Random(order));
        Collections.shuffle(shuffledFar, new Random(order));
        PolicyFixture fixture = PolicyFixture.policy()
                .window("w0", EnumSet.allOf(DayOfWeek.class), "11:00", "13:00", ZoneOffset.UTC)
                .window("w1", EnumSet.allOf(DayOfWeek.class), "00:00", "13:00", ZoneOffset.UTC);
        return order < 0
                ? fixture.conduit("a", "l", "r", shuffledNear).conduit("b", "left", "right", shuffledFar).build()
                : fixture.conduit("b", "left", "right", shuffledFar).conduit("a", "l", "r", shuffledNear).build();
    }

    static DecisionTable table(CompiledPolicy policy) {
        int l = policy.place(0, 0xFFFF_0A00_0101L);
        int r = policy.place(0, 0xFFFF_0A00_0201L);
        return policy.relation(l, r).services().getFirst().table();
    }

    /** Sets the clock to a moment, or makes it untrusted; which windows are open then, or null. */
    private static @Nullable Set<String> situation(RandomGenerator random, Windows windows, Situation situation) {
        situation.at(NOON + (random.nextInt(3) - 1) * 2L * HOUR, windows);
        boolean trusted = random.nextInt(5) > 0;
        situation.clockTrusted(trusted);
        return trusted ? open(situation) : null;
    }

    private static Set<String> open(Situation situation) {
        Set<String> open = new HashSet<>();
        for (int w = 0; w < RandomPolicy.WINDOWS.size(); w++) {
            if (((situation.openWindows() >> w) & 1) != 0) {
                open.add(RandomPolicy.WINDOWS.get(w));
            }
        }
        return open;
    }
}
