package io.sluice.rules.compile;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Vocabulary.Act;
import io.sluice.rules.policy.Matcher;
import io.sluice.rules.policy.Matcher.Range;
import io.sluice.rules.policy.Rate;
import io.sluice.rules.policy.Rule;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** Random rules and requests over a domain so small that they meet often. */
final class RandomPolicy {
    static final List<String> WINDOWS = List.of("w0", "w1");
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final RandomGenerator random;
    /** Items lie that far apart, so that tables with and without pages are made. */
    private final int stretch;
    private final MemorySegment bytes = Arena.ofAuto().allocate(4096);

    RandomPolicy(RandomGenerator random) {
        this.random = random;
        this.stretch = random.nextBoolean() ? 1 : 100 + random.nextInt(200);
    }

    List<Rule> rules(String prefix, int most) {
        List<Rule> rules = new ArrayList<>();
        int count = random.nextInt(most + 1);
        for (int i = 0; i < count; i++) {
            rules.add(rule(prefix + random.nextInt(100) + "-" + i));
        }
        return rules;
    }

    private Rule rule(String id) {
        boolean deny = random.nextInt(4) == 0;
        List<Act> acts = new ArrayList<>();
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> acts.add(new Act(TestProtocol.READ, OptionalInt.empty()));
            case 3, 4, 5 -> acts.add(new Act(TestProtocol.WRITE, OptionalInt.empty()));
            case 6 -> {
                acts.add(new Act(TestProtocol.READ, OptionalInt.empty()));
                acts.add(new Act(TestProtocol.WRITE, OptionalInt.empty()));
                acts.add(new Act(TestProtocol.FUNCTION, OptionalInt.of((43 << 16) | 14)));
            }
            default -> {
                acts.add(new Act(TestProtocol.FUNCTION, OptionalInt.of((43 << 16) | random.nextInt(3))));
                acts.add(new Act(TestProtocol.FUNCTION, OptionalInt.of(8 << 16)));
            }
        }
        Map<String, Matcher> fields = new HashMap<>();
        state(fields, "unit", TestProtocol.UNITS, 1);
        if (random.nextInt(3) == 0) {
            fields.put("kind", new Matcher.Words(List.of(1 + random.nextInt(2)), PolicyFixture.SOMEWHERE));
        }
        state(fields, "item", 10, stretch);
        state(fields, "file", 3, 1);
        if (acts.stream().anyMatch(a -> a.operation().equals(TestProtocol.WRITE)) && random.nextInt(3) > 0) {
            state(fields, "value", 6, 1);
        }
        Optional<String> window = random.nextInt(5) == 0
                ? Optional.of(WINDOWS.get(random.nextInt(WINDOWS.size())))
                : Optional.empty();
        // A token a year: none comes back within a test.
        Optional<Rate> rate = !deny && random.nextInt(6) == 0
                ? Optional.of(new Rate(1, 365L * 86_400_000_000_000L, 1 + random.nextInt(2), PolicyFixture.SOMEWHERE))
                : Optional.empty();
        return new Rule(id, deny, List.of(), acts, fields, rate, window, Optional.empty(), PolicyFixture.SOMEWHERE);
    }

    private void state(Map<String, Matcher> fields, String name, int size, int apart) {
        switch (random.nextInt(4)) {
            case 0 -> fields.put(name, new Matcher.Any(PolicyFixture.SOMEWHERE));
            case 1 -> {
            }
            default -> {
                List<Range> ranges = new ArrayList<>();
                for (int i = random.nextInt(3); i >= 0; i--) {
                    int low = random.nextInt(size);
                    int high = low + random.nextInt(size - low);
                    ranges.add(new Range((long) low * apart, (long) high * apart));
                }
                fields.put(name, new Matcher.Ranges(ranges, PolicyFixture.SOMEWHERE));
            }
        }
    }

    /** Pours a random request into facts. */
    void request(Facts facts) {
        facts.reset(bytes);
        int spans = 1 + random.nextInt(3);
        for (int s = 0; s < spans; s++) {
            int operation = random.nextInt(8);
            int scope = random.nextInt(TestProtocol.UNITS) * TestProtocol.KINDS + random.nextInt(TestProtocol.KINDS);
            if (operation == 7) {
                int item = random.nextBoolean() ? 8 << 16 : (43 << 16) | random.nextInt(15);
                facts.add(2, scope, item, item);
            } else if (random.nextInt(8) == 0) {
                int span = facts.add(0, scope, Facts.NO_ITEM, Facts.NO_ITEM);
                extra(facts, span);
            } else {
                items(facts, operation < 3 ? 0 : 1, scope, s);
            }
        }
    }

    private void items(Facts facts, int operation, int scope, int number) {
        int low = Math.max(0, random.nextInt(10) * stretch + random.nextInt(3) - 1);
        int high = low + (stretch > 1 && random.nextInt(4) > 0 ? random.nextInt(3) : random.nextInt(4 * stretch));
        int span = facts.add(operation, scope, low, high);
        extra(facts, span);
        if (operation == 1) {
            if (random.nextInt(6) == 0) {
                facts.unknownValue(span);
            } else if (low == high && random.nextBoolean()) {
                facts.store(span, random.nextInt(6));
            } else if (low == high && random.nextBoolean()) {
                array(facts, span, number * 1_300);
            } else {
                int usual = random.nextInt(6);
                boolean bits = random.nextInt(5) == 0;
                int at = number * 1_300;
                for (int i = 0; i <= Math.min(high - low, 600); i++) {
                    int value = random.nextInt(3) > 0 ? usual : random.nextInt(6);
                    bytes.set(U16, at + 2L * i, (short) value);
                }
                high = Math.min(high, low + 600);
                facts.values(span, bits ? Facts.BITS : Facts.UINT16, at, high - low + 1);
            }
        }
    }

    /** Several values of one item. In their form zero and one are far apart, and all but zero beyond most rules. */
    private void array(Facts facts, int span, int at) {
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            bytes.set(JAVA_BYTE, at + i, (byte) random.nextInt(2));
        }
        facts.values(span, Facts.UNSIGNED_8, at, count);
    }

    private void extra(Facts facts, int span) {
        if (random.nextInt(3) == 0) {
            facts.extra(span, random.nextInt(4));
        }
    }
}
