package io.sluice.manage.firewall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Protocols;
import io.sluice.dissect.Vocabulary.Understood;
import io.sluice.manage.Refused;
import io.sluice.manage.event.Event;
import io.sluice.manage.event.Event.End;
import io.sluice.manage.firewall.RuleProposals.Kind;
import io.sluice.manage.firewall.RuleProposals.Proposal;
import io.sluice.rules.analyze.Explanation;
import io.sluice.rules.analyze.PolicyDifference;
import io.sluice.rules.analyze.Question;
import io.sluice.rules.analyze.Statement;
import io.sluice.rules.policy.PlainVocabulary;
import io.sluice.rules.policy.Problem;
import io.sluice.rules.policy.Problem.Severity;
import io.sluice.testdata.RandomPolicy;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rules made of refusals, in random policies in random clothes, against all else that could be asked. */
class RuleProposalProperties {
    private static final int POLICIES = 100;
    private static final int REFUSALS = 4;
    private static final int OTHERS = 30;
    private static final List<End> LEFT = List.of(new End("10.0.1.1", 50_000, "a"), new End("10.0.1.2", 50_000, "b"),
            new End("10.0.1.77", 50_000, "left"));
    private static final List<End> RIGHT = List.of(new End("10.0.2.1", 502, "c"), new End("10.0.2.2", 502, "d"),
            new End("10.0.2.78", 502, "right"));

    private final Map<Kind, Integer> made = new EnumMap<>(Kind.class);
    private final Map<String, Integer> refused = new HashMap<>();
    private int others;

    private record Asked(String protocol, End from, End to, String does) {}

    @Test
    void theProposalCompilesAndAllowsTheRequestAndNothingElse() throws Exception {
        long seed = Long.getLong("seed", 20_261_128L);
        for (int i = 0; i < POLICIES; i++) {
            RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed + i);
            String yaml = Restyled.of(RandomPolicy.of(random).yaml(), random);
            if (PolicyText.of(yaml) instanceof PolicyText.Sound policy) {
                for (int r = 0; r < REFUSALS; r++) {
                    one(policy, random, seed + i);
                }
            } else {
                String why = PolicyText.of(yaml).problems().stream().filter(p -> p.severity() == Severity.ERROR)
                        .map(Problem::text).findFirst().orElseThrow();
                assertTrue(why.contains("deny"), why + "\n" + yaml);
            }
        }
        // The property would be worth little if one answer hardly occurred.
        assertTrue(made.getOrDefault(Kind.RULE, 0) > 40 && made.getOrDefault(Kind.CONDUIT, 0) > 100 && others > 4_000,
                made + " " + others
                        + " " + refused);
        assertTrue(refused.getOrDefault("by-hand", 0) == 0, refused.toString());
    }

    private void one(PolicyText.Sound policy, RandomGenerator random, long seed) throws Exception {
        Asked asked = random.nextBoolean() ? asked(random) : where(policy, random);
        Event event = Refusals.of(asked.protocol, asked.from, asked.to, asked.does, "");
        Proposal proposal;
        try {
            proposal = RuleProposals.of(policy, event);
        } catch (Refused e) {
            refused.merge(e.code(), 1, Integer::sum);
            if (e.code().equals("allowed-already")) {
                assertTrue(e.sentence().contains("may be opened") || e.sentence().contains("uninspected")
                        || allowed(policy, asked, asked.from.place(), asked.to.place()), e::sentence);
            } else if (e.code().equals("by-hand")) {
                throw new AssertionError(asked + ", seed " + seed + ": " + e.sentence() + "\n" + policy.yaml());
            } else {
                assertEquals("denied-by-rule", e.code(), () -> asked + ", seed " + seed + ": " + e.sentence());
            }
            return;
        }
        made.merge(proposal.kind(), 1, Integer::sum);
        String where = asked + ", seed " + seed + ", " + proposal.rule() + "\n";
        PolicyText.Sound then = assertSound(proposal, where);
        keptAsItWas(policy.yaml(), proposal.yaml(), where);
        String from = name(policy, then, asked.from);
        String to = name(policy, then, asked.to);
        String line = proposal.yaml().lines().toList().get(proposal.line() - 1);
        assertTrue(line.contains(proposal.kind() == Kind.RULE
                ? proposal.rule().lines().findFirst().orElseThrow()
                : proposal.conduit()), () -> where + "line " + proposal.line() + ": " + line + "\n" + proposal.yaml());
        boolean opened = asked.protocol.isEmpty() && proposal.rule().contains("protocol:");
        List<Statement> differences = PolicyDifference.between(policy.version(), then.version()).statements();
        if (opened) {
            assertTrue(differences.stream().noneMatch(s -> s.kind() == Statement.Kind.ALLOWED
                    && !s.what().contains("discovery")), where);
            return;
        }
        assertTrue(allowed(then, asked, from, to), where);
        assertTrue(differences.stream().anyMatch(s -> s.kind() == Statement.Kind.ALLOWED), where);
        boolean wide = proposal.note().contains("this one also allows");
        for (Statement s : differences) {
            if ((wide && s.kind() == Statement.Kind.RATE) || isElsewhere(s, asked.from, from)
                    || isElsewhere(s, asked.to, to)) {
                continue;
            }
            assertTrue(s.kind() == Statement.Kind.ALLOWED && s.from().equals(List.of(from))
                    && s.to().equals(List.of(to)), () -> s + "\n" + where);
        }
        if (!wide) {
            nothingElse(policy, then, asked, random, where);
        }
    }

    /** An address that has got a name is believed in its own zone only. */
    private static boolean isElsewhere(Statement s, End end, String name) {
        List<String> address = List.of(end.address());
        return !name.equals(end.place()) && (s.from().equals(address) || s.to().equals(address));
    }

    private void nothingElse(PolicyText.Sound policy, PolicyText.Sound then, Asked asked, RandomGenerator random,
            String where) {
        for (int o = 0; o < OTHERS; o++) {
            Asked other = o % 2 == 0
                    ? asked(random)
                    : new Asked(asked.protocol, asked.from, asked.to, does(asked.protocol, random));
            if (!java.util.Collections.disjoint(items(asked), items(other))) {
                continue;
            }
            boolean before = allowed(policy, other, other.from.place(), other.to.place());
            boolean after = allowed(then, other, name(policy, then, other.from), name(policy, then, other.to));
            assertEquals(before, after, () -> other + " after " + where);
            others++;
        }
    }

    /** What is asked for, one by one: each of it is allowed by itself, too. */
    private static List<String> items(Asked asked) {
        return Requested.of(Protocols.named(asked.protocol).map(p -> p.vocabulary()).orElse(PlainVocabulary.INSTANCE),
                asked.does) instanceof Understood.Yes<List<Requested.Item>> yes
                        ? yes.meaning().stream().map(Requested.Item::words).toList()
                        : List.of();
    }

    private static PolicyText.Sound assertSound(Proposal proposal, String where) {
        return switch (PolicyText.of(proposal.yaml())) {
            case PolicyText.Sound sound -> sound;
            case PolicyText.Unsound unsound -> throw new AssertionError(unsound.problems() + where);
        };
    }

    /** Each old line is there in the same order, unless something was put into its braces. */
    private static void keptAsItWas(String before, String after, String where) {
        int at = 0;
        for (int i = 0; i < before.length(); i++) {
            at = after.indexOf(before.charAt(i), at) + 1;
            assertTrue(at > 0, where);
        }
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        int line = 0;
        int changed = 0;
        for (String text : old) {
            int found = now.subList(line, now.size()).indexOf(text);
            changed += found < 0 ? 1 : 0;
            line += found + 1;
        }
        assertTrue(changed <= 2, where);
        assertEquals(before.contains("\r\n"), after.contains("\r\n"));
        assertTrue(!before.contains("\r\n") || !after.replace("\r\n", "").contains("\n"), "line ends are alike");
    }

    /** How the policy calls an end once it has a name. */
    private static String name(PolicyText.Sound before, PolicyText.Sound then, End end) {
        if (!before.policy().zones().containsKey(end.place())) {
            return end.place();
        }
        String name = "host-" + end.address().replace('.', '-');
        return then.policy().assets().containsKey(name) ? name : end.place();
    }

    private static boolean allowed(PolicyText.Sound policy, Asked asked, String from, String to) {
        Question question = new Question(from, to,
                asked.protocol.isEmpty() ? Optional.empty() : Optional.of(asked.protocol), asked.does);
        return Explanation.of(policy.compiled(), policy.policy(), question) instanceof Understood.Yes<Explanation> yes
                && yes.meaning().allowed();
    }

    private static Asked asked(RandomGenerator random) {
        boolean forth = random.nextInt(5) > 0;
        End from = any(random, forth ? LEFT : RIGHT);
        End to = any(random, forth ? RIGHT : LEFT);
        String protocol = any(random, List.of("modbus", "modbus", "opcua", "opcua", ""));
        String does = does(protocol, random);
        if (random.nextInt(6) == 0 && !protocol.isEmpty()) {
            does = java.util.stream.Stream.of(does, does(protocol, random)).distinct()
                    .collect(Collectors.joining(" and "));
        }
        return new Asked(protocol, from, to, does);
    }

    /** Between two assets that a conduit joins, where there are some. */
    private static Asked where(PolicyText.Sound policy, RandomGenerator random) {
        List<End> all = java.util.stream.Stream.concat(LEFT.stream(), RIGHT.stream()).toList();
        List<Asked> joined = policy.policy().conduits().values().stream()
                .filter(c -> policy.policy().assets().keySet().containsAll(List.of(c.from(), c.to())))
                .map(c -> new Asked(c.service().map(s -> s.protocol().name()).orElse(""),
                        all.stream().filter(e -> e.place().equals(c.from())).findFirst().orElseThrow(),
                        all.stream().filter(e -> e.place().equals(c.to())).findFirst().orElseThrow(), ""))
                .toList();
        if (joined.isEmpty()) {
            return asked(random);
        }
        Asked asked = any(random, joined);
        return new Asked(asked.protocol, asked.from, asked.to, does(asked.protocol, random));
    }

    private static String does(String protocol, RandomGenerator random) {
        return switch (protocol) {
            case "modbus" -> modbus(random);
            case "opcua" -> opcua(random);
            default -> any(random, List.of("tcp port 80", "tcp port 443", "tcp port 502", "udp port 500", "ping"));
        };
    }

    private static String modbus(RandomGenerator random) {
        String unit = " unit " + random.nextInt(4);
        int low = random.nextInt(9);
        int high = random.nextInt(4) == 0 ? low + random.nextInt(3) : low;
        String range = low == high ? "" + low : low + ".." + high;
        String values = java.util.stream.IntStream.rangeClosed(low, high).mapToObj(i -> "" + random.nextInt(5))
                .collect(Collectors.joining(", "));
        String bits = java.util.stream.IntStream.rangeClosed(low, high).mapToObj(i -> "" + random.nextInt(2))
                .collect(Collectors.joining(", "));
        return switch (random.nextInt(8)) {
            case 0 -> "read" + unit + " coil " + range;
            case 1 -> "read" + unit + " holding " + range;
            case 2 -> "read" + unit + " file " + (1 + random.nextInt(3)) + " record " + range;
            case 3 -> "function " + any(random, List.of("43/14", "8/0", "65")) + unit;
            case 4 -> "write" + unit + " coil " + range + " = " + bits;
            case 5 -> "read" + unit;
            default -> "write" + unit + " holding " + range + (random.nextInt(8) == 0 ? "" : " = " + values);
        };
    }

    private static String opcua(RandomGenerator random) {
        String node = any(random, List.of("ns=2;s=Speed", "ns=2;i=7", "i=85", "\"ns=3;s=New it's\""));
        return switch (random.nextInt(7)) {
            case 0 -> "read " + node;
            case 1 -> "read " + node + " attribute display_name";
            case 2 -> "browse " + node;
            case 3 -> "call " + node + " on ns=2;i=7";
            case 4 -> "subscribe " + node;
            case 5 -> any(random, List.of("service 15903", "register_server", "history_read " + node));
            default -> "write " + node + any(random, List.of(" = 3", " = -1.25", " = \"auto\"", "", " = 1, 2",
                    " attribute access_level = 1"));
        };
    }

    private static <T> T any(RandomGenerator random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
