package io.sluice.replay;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.engine.Answer;
import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.Profile;
import io.sluice.rules.learn.LearningLimits;
import io.sluice.rules.learn.Observation.Asked;
import io.sluice.rules.learn.Observations;
import io.sluice.rules.learn.Proposal;
import io.sluice.rules.learn.ProposalOptions;
import io.sluice.rules.learn.Proposer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What a policy that was learnt from the first half of a capture makes of its second half. Prints the table that is in
 * docs/tuning.md.
 */
class LearningCoverageTest {
    /** Requests of a capture that make it one of the larger ones. */
    private static final int LARGE = 100;

    private record Row(String name, long learntFrom, long judged, long covered, int rules, Map<String, Long> why) {
        String text() {
            String left = why.entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .map(e -> e.getValue() + " " + e.getKey()).collect(Collectors.joining(", "));
            return String.format(Locale.ROOT, "| %s | %d | %d | %d | %d (%.1f %%) | %s |", name, learntFrom, rules,
                    judged,
                    covered, judged == 0 ? 0 : 100.0 * covered / judged, left);
        }
    }

    @Test
    void theSecondHalfUnderWhatTheFirstTaught() throws Exception {
        List<Row> rows = new ArrayList<>();
        for (String protocol : List.of("modbus", "opcua")) {
            for (Sample sample : Sample.all(protocol)) {
                row(sample).ifPresent(rows::add);
            }
        }
        System.out.println(
                "| capture | requests learnt from | rules | requests of the second half | covered | what is left |");
        System.out.println("|---|---|---|---|---|---|");
        rows.forEach(row -> System.out.println(row.text()));
        long judged = rows.stream().mapToLong(Row::judged).sum();
        long covered = rows.stream().mapToLong(Row::covered).sum();
        System.out.printf(Locale.ROOT, "all: %d of %d, %.1f %%%n", covered, judged, 100.0 * covered / judged);
        assertTrue(judged > 5_000 && covered > judged * 0.8, covered + " of " + judged);
    }

    private static Optional<Row> row(Sample sample) throws Exception {
        List<Asked> asked = new ArrayList<>();
        List<InputSummary> inputs = new Learning(sample.services()).observe(List.of(sample.capture()), Progress.NONE,
                o -> {
                    if (o instanceof Asked one && !one.asks().isEmpty()) {
                        asked.add(one);
                    }
                });
        long half = inputs.getFirst().packets() / 2;
        if (asked.size() < LARGE || asked.getFirst().conversation().client()
                .equals(asked.getFirst().conversation().server())) {
            return Optional.empty();
        }
        Proposal proposal = Proposer.propose(firstHalf(sample, half), ProposalOptions.DEFAULT);
        Map<Long, List<ReplayedRequests.Request>> replayed = proposal.isEmpty()
                ? Map.of()
                : ReplayedRequests.of(sample.capture(), Recordings.judge(proposal.policy()));
        Map<Long, Long> perFrame = asked.stream().filter(a -> a.at().frame() > half)
                .collect(Collectors.groupingBy(a -> a.at().frame(), Collectors.counting()));
        Map<String, Long> why = new TreeMap<>();
        long covered = 0;
        for (Map.Entry<Long, Long> frame : perFrame.entrySet()) {
            List<ReplayedRequests.Request> requests = replayed.getOrDefault(frame.getKey(), List.of());
            long allowed = Math.min(frame.getValue(),
                    requests.stream().filter(ReplayedRequests.Request::allowed).count());
            covered += allowed;
            long left = frame.getValue() - allowed;
            for (ReplayedRequests.Request request : requests) {
                if (left > 0 && !request.allowed()) {
                    why.merge(request.why(), 1L, Long::sum);
                    left--;
                }
            }
            if (left > 0) {
                why.merge("no conduit between these hosts", left, Long::sum);
            }
        }
        long judged = perFrame.values().stream().mapToLong(n -> n).sum();
        return Optional.of(new Row(sample.name(), asked.size() - judged, judged, covered,
                proposal.counts().rules(), why));
    }

    /** Learns from nothing but these frames. */
    private static Observations firstHalf(Sample sample, long half) throws Exception {
        Observations observations = new Observations(LearningLimits.DEFAULT);
        LearningPolicy policy = new LearningPolicy(Learning.ports(sample.services()));
        LearningListener listener = new LearningListener(policy, observations::add);
        try (Engine engine = new Engine(policy, Profile.OBSERVE, EngineLimits.DEFAULT, listener)) {
            new CaptureRun(Progress.NONE).run(sample.capture(), (reader, frame) -> {
                if (frame <= half) {
                    listener.frame(frame, reader.epochNanos());
                    Answer answer = engine.accept(reader.bytes(), reader.at(), reader.captured(), reader.wire(),
                            reader.linkType(), frame, reader.epochNanos());
                    listener.travelled(answer.flow(), reader.interfaceName());
                }
            });
            engine.finish();
        }
        return observations;
    }
}
