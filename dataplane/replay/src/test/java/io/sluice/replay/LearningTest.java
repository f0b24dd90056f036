package io.sluice.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.capture.CaptureException;
import io.sluice.dissect.Protocol;
import io.sluice.rules.analyze.Expectations;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.learn.LearningLimits;
import io.sluice.rules.learn.Observation;
import io.sluice.rules.learn.Observation.Asked;
import io.sluice.rules.learn.Observation.Outcome;
import io.sluice.rules.learn.Observations;
import io.sluice.rules.learn.Proposal;
import io.sluice.rules.learn.ProposalOptions;
import io.sluice.rules.learn.Proposer;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.rules.policy.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is learnt from recordings is sound, permits what was put into it, and does not depend on how it was gathered. */
class LearningTest {
    static Stream<String> recordings() {
        return Stream.of("modbus/line-3", "modbus/pipelined", "opcua/plain", "opcua/chunks",
                "opcua/sign-basic256sha256", "opcua/sign-aes128", "opcua/encrypt-basic256sha256",
                "opcua/encrypt-aes128");
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void whatIsPutIntoAllowsIsAllowedWhenTheRecordingIsReplayed(String recording) throws Exception {
        assertAllowed(Recordings.capture(recording), Map.of(), ProposalOptions.DEFAULT);
        assertAllowed(Recordings.capture(recording), Map.of(), ProposalOptions.DEFAULT.least(1));
    }

    @ParameterizedTest
    @CsvSource({"modbus, 15000", "opcua, 150"})
    void soItIsOnTheCollection(String protocol, int fewest) throws Exception {
        int requests = 0;
        for (Sample sample : Sample.all(protocol)) {
            requests += assertAllowed(sample.capture(), sample.services(), ProposalOptions.DEFAULT);
            requests += assertAllowed(sample.capture(), sample.services(), ProposalOptions.DEFAULT.least(1));
        }
        System.out.println(protocol + ": " + requests + " requests put into allows");
        assertTrue(requests > fewest, protocol + ": " + requests + " requests put into allows");
    }

    // Sensors hand in their observations apart, in any order.
    @ParameterizedTest
    @MethodSource("recordings")
    void partsThatAreMergedAreTheWhole(String recording) throws Exception {
        List<Observation> all = observed(Recordings.capture(recording), Map.of());
        LearningLimits tight = new LearningLimits(3, 2, 20, 6, 9, 5, 2, 2);
        Random random = new Random(recording.hashCode());
        for (LearningLimits limits : List.of(LearningLimits.DEFAULT, tight)) {
            Observations whole = sum(all, limits);
            for (int round = 0; round < 20; round++) {
                List<Observation> shuffled = new ArrayList<>(all);
                Collections.shuffle(shuffled, random);
                int cut = random.nextInt(all.size() + 1);
                int cutAgain = cut + random.nextInt(all.size() - cut + 1);
                Observations first = sum(shuffled.subList(0, cut), limits);
                Observations second = sum(shuffled.subList(cut, cutAgain), limits);
                Observations third = sum(shuffled.subList(cutAgain, all.size()), limits);
                second.merge(third);
                second.merge(first);
                assertEquals(whole, second);
                assertEquals(Proposer.propose(whole, ProposalOptions.DEFAULT).policy(),
                        Proposer.propose(second, ProposalOptions.DEFAULT).policy());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void twoRunsGiveTheSameBytes(String recording) throws Exception {
        assertEquals(propose(Recordings.capture(recording), Map.of(), ProposalOptions.DEFAULT).policy(),
                propose(Recordings.capture(recording), Map.of(), ProposalOptions.DEFAULT).policy());
    }

    private static Observations sum(List<Observation> all, LearningLimits limits) {
        Observations sum = new Observations(limits);
        all.forEach(sum::add);
        return sum;
    }

    static List<Observation> observed(CaptureSource capture, Map<Protocol, List<Integer>> services)
            throws CaptureException {
        List<Observation> all = new ArrayList<>();
        new Learning(services).observe(List.of(capture), Progress.NONE, all::add);
        return all;
    }

    static Proposal propose(CaptureSource capture, Map<Protocol, List<Integer>> services, ProposalOptions options)
            throws CaptureException {
        return Proposer.propose(new Learning(services).run(List.of(capture), Progress.NONE).observations(), options);
    }

    /** Replays; returns how many requests were put into allows. */
    private static int assertAllowed(CaptureSource capture, Map<Protocol, List<Integer>> services,
            ProposalOptions options) throws Exception {
        Proposal proposal = propose(capture, services, options);
        if (proposal.isEmpty()) {
            return 0;
        }
        assertSound(capture.name(), proposal);
        SortedMap<Long, List<ReplayedRequests.Request>> replayed = ReplayedRequests.of(capture,
                Recordings.judge(proposal.policy()));
        Map<Long, List<Asked>> put = new TreeMap<>();
        for (Observation observation : observed(capture, services)) {
            // What an item is that only an earlier request named is not known where that one was left out.
            boolean refusedBefore = replayed.headMap(observation.at().frame()).values().stream().flatMap(List::stream)
                    .anyMatch(r -> !r.allowed());
            if (observation instanceof Asked asked && !asked.asks().isEmpty()
                    && (!refusedBefore || asked.asks().stream().noneMatch(a -> a.does().isEmpty()))
                    && asked.asks().stream().allMatch(a -> proposal.allows(asked.conversation(), a.shape()))
                    && asked.outcome() != Outcome.REFUSED) {
                put.computeIfAbsent(asked.at().frame(), _ -> new ArrayList<>()).add(asked);
            }
        }
        // Several requests may end in one frame, and some of them be left out.
        put.forEach((frame, asked) -> {
            List<ReplayedRequests.Request> requests = replayed.getOrDefault(frame, List.of());
            long allowed = requests.stream().filter(ReplayedRequests.Request::allowed).count();
            assertTrue(allowed >= asked.size(), () -> capture.name() + " frame " + frame + ": " + asked + "\nbut "
                    + requests + "\n" + proposal.policy());
        });
        return put.values().stream().mapToInt(List::size).sum();
    }

    static void assertSound(String name, Proposal proposal) {
        var read = assertInstanceOf(PolicyReader.Result.Read.class, PolicyReader.read(name, proposal.policy()),
                () -> PolicyReader.read(name, proposal.policy()).problems() + proposal.policy());
        assertEquals(List.of(), read.problems().stream().map(Problem::toString).toList(), proposal.policy());
        var compiled = assertInstanceOf(PolicyCompiler.Result.Compiled.class,
                PolicyCompiler.compile(read.policy(), ""), proposal.policy());
        assertEquals(List.of(), compiled.warnings().stream().map(Problem::toString).toList(), proposal.policy());
        assertEquals(List.of(), Expectations.check(compiled.policy(), read.policy()).stream().map(Problem::toString)
                .toList(), proposal.policy());
    }
}
