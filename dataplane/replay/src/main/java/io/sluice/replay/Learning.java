package io.sluice.replay;

import io.sluice.capture.CaptureException;
import io.sluice.dissect.Protocol;
import io.sluice.dissect.Protocols;
import io.sluice.engine.Answer;
import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.Profile;
import io.sluice.rules.learn.LearningLimits;
import io.sluice.rules.learn.Observation;
import io.sluice.rules.learn.Observations;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Learns from captures what is asked of whom. */
public final class Learning {
    /**
     * What was learnt.
     *
     * @param namesLost how often a name was met that could not be told from others any more
     */
    public record Learnt(Observations observations, List<InputSummary> inputs, long namesLost) {
        public Learnt {
            inputs = List.copyOf(inputs);
        }

        /** To be kept, or put together with others; each capture is a part. */
        public SeenFile.Seen seen() {
            return new SeenFile.Seen(inputs.stream().map(i -> new SeenFile.Part(i.name(), 1, i.packets())).toList(),
                    observations, namesLost);
        }
    }

    private final Map<Protocol, List<Integer>> ports;

    /** @param more ports of a protocol beside the one that is registered for it */
    public Learning(Map<Protocol, List<Integer>> more) {
        ports = ports(more);
    }

    static Map<Protocol, List<Integer>> ports(Map<Protocol, List<Integer>> more) {
        Map<Protocol, List<Integer>> ports = new LinkedHashMap<>();
        for (Protocol protocol : Protocols.ALL) {
            List<Integer> all = new ArrayList<>(List.of(protocol.defaultPort()));
            more.getOrDefault(protocol, List.of()).stream().filter(p -> !all.contains(p)).forEach(all::add);
            ports.put(protocol, all);
        }
        return ports;
    }

    /** Reads captures as one recording, in this order. */
    public Learnt run(List<CaptureSource> captures, Progress progress) throws CaptureException {
        return run(captures, progress, 0);
    }

    /**
     * The same.
     *
     * @param before frames that were counted before, in other parts of what is learnt from
     */
    public Learnt run(List<CaptureSource> captures, Progress progress, long before) throws CaptureException {
        Observations observations = new Observations(LearningLimits.DEFAULT);
        LearningPolicy policy = new LearningPolicy(ports);
        List<InputSummary> inputs = observe(captures, new CaptureRun(progress, before), policy, observations::add);
        return new Learnt(observations, inputs, policy.namesLost());
    }

    /** Tells each observation. */
    List<InputSummary> observe(List<CaptureSource> captures, Progress progress, Consumer<Observation> observations)
            throws CaptureException {
        return observe(captures, new CaptureRun(progress), new LearningPolicy(ports), observations);
    }

    private static List<InputSummary> observe(List<CaptureSource> captures, CaptureRun run, LearningPolicy policy,
            Consumer<Observation> observations) throws CaptureException {
        LearningListener listener = new LearningListener(policy, observations);
        try (Engine engine = new Engine(policy, Profile.OBSERVE, EngineLimits.DEFAULT, listener)) {
            for (CaptureSource capture : captures) {
                run.run(capture, (reader, frame) -> {
                    listener.frame(frame, reader.epochNanos());
                    Answer answer = engine.accept(reader.bytes(), reader.at(), reader.captured(), reader.wire(),
                            reader.linkType(), frame, reader.epochNanos());
                    listener.travelled(answer.flow(), reader.interfaceName());
                });
            }
            engine.finish();
        }
        return run.inputs();
    }
}
