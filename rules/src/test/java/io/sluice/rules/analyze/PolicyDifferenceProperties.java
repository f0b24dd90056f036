package io.sluice.rules.analyze;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Facts;
import io.sluice.dissect.OrderedNumber;
import io.sluice.dissect.Protocols;
import io.sluice.dissect.Vocabulary.Role;
import io.sluice.dissect.Vocabulary.Understood;
import io.sluice.rules.analyze.RelationComparison.Shift;
import io.sluice.rules.analyze.Statement.Kind;
import io.sluice.rules.analyze.Witness.Outcome;
import io.sluice.rules.policy.Matcher.Range;
import io.sluice.rules.policy.PlainVocabulary;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.rules.space.Box;
import io.sluice.rules.space.Comparison.TooMany;
import io.sluice.rules.space.Side;
import io.sluice.testdata.RandomPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Differences against the tables that judge packets: random policies, random requests. */
class PolicyDifferenceProperties {
    private static final Differences SAME = new Differences(List.of(), List.of());
    private static final int PAIRS = 400;
    private static final int REQUESTS = 300;

    private int policies;
    private int different;
    private int equal;
    private int phrased;

    @Test
    void aRequestLiesInOneBoxIfItsVerdictDiffersAndInNoneOtherwise() throws TooMany {
        long seed = Long.getLong("seed", 20_261_127L);
        for (int i = 0; i < PAIRS; i++) {
            onePair(seed + i);
        }
        // The comparison would be worth little if one answer hardly occurred.
        assertTrue(policies > 100 && different > 5_000 && equal > 10_000 && phrased > 500, policies + " policies, "
                + different + " differ, " + equal + " are equal, " + phrased + " witnesses in words");
    }

    private void onePair(long seed) throws TooMany {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        RandomPolicy first = RandomPolicy.of(random);
        Optional<Version> before = version(first.yaml());
        Optional<Version> after = version(first.changed().yaml());
        if (before.isEmpty() || after.isEmpty()) {
            return;
        }
        policies++;
        PolicyDifference difference = PolicyDifference.of(before.get(), after.get());
        // Making them has the policies confirm each witness.
        for (Statement s : difference.statements()) {
            boolean requests = s.kind() == Kind.ALLOWED || s.kind() == Kind.DENIED;
            s.witness().filter(w -> requests).ifPresent(w -> {
                assertTrue(w.before().allowed() != w.after().allowed(), () -> s + ", seed " + seed);
                phrased += w.does().isPresent() ? 1 : 0;
                holds(after.get(), s, w);
            });
            assertEquals(!requests && s.kind() != Kind.RATE, s.witness().isEmpty());
        }
        for (Spoken spoken : spoken()) {
            RequestSpace space = difference.space(spoken);
            List<Box> shapes = space.sayable(space.every());
            Map<Shift, List<Box>> shifts = difference.shifts(spoken);
            for (int r = 0; r < REQUESTS; r++) {
                int from = random.nextInt(difference.endpoints().size());
                int to = random.nextInt(difference.endpoints().size());
                ask(difference, spoken, point(random, space, shapes), from, to, shifts, before.get(), after.get(),
                        seed);
            }
            shifts.values().stream().flatMap(List::stream).forEach(box -> {
                List<Box> parts = space.sayable(new Box(box.sides().subList(2, box.sides().size())));
                for (int r = 0; r < 10; r++) {
                    ask(difference, spoken, point(random, space, parts), (int) some(box.side(0), random),
                            (int) some(box.side(1), random), shifts, before.get(), after.get(), seed);
                }
            });
        }
    }

    /** An example that does not depend on the time is a line that the second policy could expect of itself. */
    private static void holds(Version after, Statement s, Witness w) {
        String protocol = s.service().split(" ", -1)[0];
        if (w.does().isPresent() && w.when().isEmpty()) {
            Question question = new Question(w.from(), w.to(),
                    protocol.isEmpty() ? Optional.empty() : Optional.of(protocol), w.does().get());
            if (Explanation.of(after.compiled(), after.policy(), question) instanceof Understood.Yes<Explanation> yes) {
                boolean inspected = protocol.isEmpty() || after.compiled()
                        .relation(Judgement.place(after.compiled(), w.from()),
                                Judgement.place(after.compiled(), w.to()))
                        .services().stream().anyMatch(v -> v.protocol().name().equals(protocol));
                assertTrue(!inspected || yes.meaning().allowed() == w.after().allowed(), s::toString);
            }
        }
    }

    private static List<Spoken> spoken() {
        List<Spoken> all = new ArrayList<>(List.of(Spoken.PLAIN));
        Protocols.ALL.forEach(p -> all.add(new Spoken(Optional.of(p), Spoken.TCP, p.defaultPort())));
        return all;
    }

    private void ask(PolicyDifference difference, Spoken spoken, Point point, int from, int to,
            Map<Shift, List<Box>> shifts, Version before, Version after, long seed) {
        boolean inspected = isInspected(spoken, point, before, difference.endpoints().get(from).before(),
                difference.endpoints().get(to).before())
                || isInspected(spoken, point, after, difference.endpoints().get(from).after(),
                        difference.endpoints().get(to).after());
        if (inspected == spoken.equals(Spoken.PLAIN)) {
            return; // it is compared in other words
        }
        Outcome old = outcome(before, false, spoken, point, difference.endpoints().get(from).before(),
                difference.endpoints().get(to).before());
        Outcome now = outcome(after, true, spoken, point, difference.endpoints().get(from).after(),
                difference.endpoints().get(to).after());
        long[] at = new long[2 + point.coordinates().length];
        at[0] = from;
        at[1] = to;
        System.arraycopy(point.coordinates(), 0, at, 2, point.coordinates().length);
        List<Shift> found = new ArrayList<>();
        shifts.forEach((shift, boxes) -> boxes.stream().filter(b -> b.contains(at)).forEach(b -> found.add(shift)));
        assertTrue(found.size() <= 1, () -> "in several boxes: " + found + ", seed " + seed);
        boolean stated = !found.isEmpty() && found.getFirst().before().allowed() != found.getFirst().after().allowed();
        assertEquals(old.allowed() != now.allowed(), stated, () -> "from " + difference.endpoints().get(from) + " to "
                + difference.endpoints().get(to) + " " + spoken + " " + point.phrase() + " " + point.numbers() + ": "
                + old + " and " + now + ", seed " + seed);
        if (stated) {
            assertEquals(now.allowed(), found.getFirst().after().allowed());
            different++;
        } else {
            equal++;
        }
    }

    /** Whether a policy inspects the port that a request goes to. */
    private static boolean isInspected(Spoken spoken, Point point, Version version, int from, int to) {
        int port = spoken.equals(Spoken.PLAIN) ? (int) point.at(point.space().item) : spoken.port();
        boolean tcp = !spoken.equals(Spoken.PLAIN) || point.at(RequestSpace.OPERATION) == PlainVocabulary.TCP;
        return tcp && version.compiled().relation(from, to).service(Spoken.TCP, port) != null;
    }

    private static Outcome outcome(Version version, boolean after, Spoken spoken, Point point, int from, int to) {
        Facts facts = point.facts(after);
        return Witnesses.outcome(version, spoken, facts, point.moment(), from, to);
    }

    private static long some(Side side, RandomGenerator random) {
        Range range = side.ranges().get(random.nextInt(side.ranges().size()));
        return range.low() + random.nextLong(range.high() - range.low() + 1);
    }

    private static Point point(RandomGenerator random, RequestSpace space, List<Box> shapes) {
        Box shape = shapes.get(random.nextInt(shapes.size()));
        List<Long> numbers = new ArrayList<>();
        for (int axis = 0; axis < shape.sides().size(); axis++) {
            Side side = shape.side(axis);
            Range range = side.ranges().get(random.nextInt(side.ranges().size()));
            long most = axis < space.item || axis == space.value ? 4 : 10;
            long width = Math.min(range.high() - range.low(), most);
            long near = width < 0 ? most : width;
            numbers.add(random.nextInt(12) == 0 && range.high() - range.low() > 1_000
                    ? range.high() - random.nextLong(near + 1)
                    : range.low() + random.nextLong(near + 1));
        }
        if (space.selectors.stream().anyMatch(f -> f.name().equals("attribute")) && numbers.get(1) < 2) {
            numbers.set(1, shape.side(1).contains(13) ? 13L : numbers.get(1));
        }
        if (numbers.get(space.value) != RequestSpace.UNKNOWN && random.nextInt(3) > 0
                && space.field(space.operation(numbers.get(0)), Role.VALUE).isPresent()
                && shape.side(space.value).contains(OrderedNumber.of(1e6))) {
            long form = OrderedNumber.of((random.nextInt(30) - 5) / 2.0);
            numbers.set(space.value, shape.side(space.value).contains(form) ? form : numbers.get(space.value));
        }
        if (space.vocabulary instanceof PlainVocabulary && numbers.get(space.item) >= 0) {
            long port = List.of(80L, 443L, 500L, 502L, 503L, 505L, 4840L).get(random.nextInt(7));
            numbers.set(space.item, shape.side(space.item).contains(port) ? port : numbers.get(space.item));
        }
        return new Point(space, numbers);
    }

    @Test
    void aPolicyDoesNotDifferFromItselfHoweverItIsWritten() {
        int compared = 0;
        for (int i = 0; i < PAIRS; i++) {
            RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7_000 + i);
            RandomPolicy policy = RandomPolicy.of(random);
            Optional<Version> version = version(policy.yaml());
            RandomPolicy other = policy.rewritten().rewritten();
            Optional<Version> rewritten = version(other.yaml());
            if (version.isPresent() && rewritten.isPresent()) {
                assertEquals(SAME, Versions.between(version.get(), version.get()));
                assertEquals(SAME, Versions.between(version.get(), rewritten.get()),
                        () -> policy.yaml() + other.yaml());
                compared++;
            }
        }
        assertTrue(compared > 100, compared + " policies");
    }

    private static Optional<Version> version(String yaml) {
        PolicyReader.Result read = PolicyReader.read("random.yaml", yaml);
        if (read instanceof PolicyReader.Result.Read good) {
            return Versions.compiled(good);
        }
        throw new AssertionError(read.problems() + "\n" + yaml);
    }
}
