package io.sluice.rules;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Demand;
import io.sluice.dissect.Vocabulary.Exemption;
import io.sluice.dissect.Vocabulary.Name;
import io.sluice.dissect.Vocabulary.Operation;
import io.sluice.rules.policy.Requirement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * What the conduits of a service demand of a connection, asked for each request beside the {@link DecisionTable}.
 *
 * <ul>
 * <li>While nothing protects the connection, it may do what the vocabulary exempts: find out how to be protected.
 * <li>Else all traits that are known must be as demanded.
 * <li>A trait that is not known is only tolerated for what is exempt, and, if it comes late, for what is implied.
 * </ul>
 *
 * <p>Immutable, shared by workers; {@link #unmet} allocates nothing.
 */
public final class Demands {
    /** {@link #unmet}: the connection is as it must be. */
    public static final int MET = -1;
    public static final Demands NONE = new Demands(List.of(), Optional.empty(), 0, n -> 0);

    private final List<Requirement> requirements;
    private final Demand[] how;
    private final int[] trait;
    private final boolean[] late;
    /** For words: a bit for each accepted value, or the least of them. */
    private final long[] accepted;
    private final int[] least;
    private final int[][] names;
    /** Operations, a bit for each. */
    private final long implied;
    private final long exempt;
    private final int exemptTrait;
    private final int exemptValue;

    private Demands(List<Requirement> requirements, Optional<Exemption> exemption, long implied,
            ToIntFunction<Name> numbers) {
        this.requirements = List.copyOf(requirements);
        how = requirements.stream().map(r -> r.trait().how()).toArray(Demand[]::new);
        trait = requirements.stream().mapToInt(r -> r.trait().number()).toArray();
        late = new boolean[how.length];
        for (int i = 0; i < how.length; i++) {
            late[i] = requirements.get(i).trait().late();
        }
        accepted = requirements.stream().mapToLong(r -> bits(r.numbers().stream().mapToInt(n -> n))).toArray();
        least = requirements.stream().mapToInt(r -> r.numbers().stream().mapToInt(n -> n).max().orElse(0)).toArray();
        names = requirements.stream().map(r -> r.names().stream().mapToInt(numbers).toArray()).toArray(int[][]::new);
        this.implied = implied;
        exempt = exemption.map(e -> bits(e.operations().stream().mapToInt(o -> o))).orElse(0L);
        exemptTrait = exemption.map(Exemption::trait).orElse(0);
        exemptValue = exemption.map(Exemption::value).orElse(0);
    }

    /**
     * Makes demands.
     *
     * @param requirements each of another trait
     * @param numbers the numbers of names in the policy's dictionary
     */
    public static Demands of(Vocabulary vocabulary, List<Requirement> requirements, ToIntFunction<Name> numbers) {
        return requirements.isEmpty()
                ? NONE
                : new Demands(requirements, vocabulary.exemption(),
                        bits(vocabulary.implied().stream().mapToInt(Operation::number)), numbers);
    }

    private static long bits(IntStream numbers) {
        return numbers.mapToLong(n -> 1L << n).reduce(0, (a, b) -> a | b);
    }

    /**
     * The first trait, in the order of the vocabulary, that is not as demanded for what a request asks; {@link #MET} if
     * all are, or nothing is asked yet.
     *
     * @param clientCertificate number of the certificate that the policy gives for the client, or -1
     * @param serverCertificate the same for the server
     */
    public int unmet(Facts facts, int clientCertificate, int serverCertificate) {
        if (how.length == 0 || facts.spans() == 0) {
            return MET;
        }
        boolean exempted = only(exempt, facts);
        if (exempted && facts.trait(exemptTrait) == exemptValue) {
            return MET;
        }
        boolean onlyImplied = only(implied, facts);
        for (int i = 0; i < how.length; i++) {
            int value = facts.trait(trait[i]);
            boolean met = value == Facts.NO_TRAIT
                    ? exempted || (onlyImplied && late[i])
                    : met(i, value, clientCertificate, serverCertificate);
            if (!met) {
                return trait[i];
            }
        }
        return MET;
    }

    private boolean met(int i, int value, int clientCertificate, int serverCertificate) {
        return switch (how[i]) {
            case ONE_OF -> value >= 0 && value < Long.SIZE && (accepted[i] >>> value & 1) != 0;
            case AT_LEAST -> value >= least[i];
            case ONE_OF_NAMES -> contains(names[i], value);
            case PINNED_CLIENT -> value == clientCertificate;
            case PINNED_SERVER -> value == serverCertificate;
        };
    }

    private static boolean contains(int[] numbers, int value) {
        for (int number : numbers) {
            if (number == value) {
                return true;
            }
        }
        return false;
    }

    /** Whether all operations of a request are among some. */
    private static boolean only(long operations, Facts facts) {
        for (int span = 0; span < facts.spans(); span++) {
            if ((operations >>> facts.operation(span) & 1) == 0) {
                return false;
            }
        }
        return true;
    }

    /** What is demanded, trait by trait, as a policy would state it. */
    public List<String> texts() {
        return requirements.stream().map(Requirement::text).toList();
    }

    /** Whether only a client passes for whose asset the policy gives a certificate. */
    public boolean pinsClient() {
        return Arrays.asList(how).contains(Demand.PINNED_CLIENT);
    }

    /** The same for the server. */
    public boolean pinsServer() {
        return Arrays.asList(how).contains(Demand.PINNED_SERVER);
    }
}
