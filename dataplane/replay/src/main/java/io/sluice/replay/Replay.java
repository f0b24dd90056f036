package io.sluice.replay;

import io.sluice.capture.CaptureException;
import io.sluice.capture.CaptureReader;
import io.sluice.engine.Answer;
import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.EngineListener;
import io.sluice.engine.Profile;
import io.sluice.replay.Report.Changes;
import io.sluice.replay.Report.PolicyId;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.policy.Mode;
import io.sluice.rules.policy.Policy;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs captures through the engine under a policy, and under a baseline beside it. */
public final class Replay {
    /**
     * A policy as read and as compiled.
     *
     * @param zones what the user gave with {@code --zone}, as written; already part of both
     */
    public record Judge(Policy policy, CompiledPolicy compiled, List<String> zones) {
        public Judge {
            zones = List.copyOf(zones);
        }
    }

    /**
     * Files to write beside the report.
     *
     * @param log one JSON line for each verdict
     * @param annotated the packets, each with its verdicts as a comment
     */
    public record Outputs(Optional<Path> log, Optional<Path> annotated) {
        public static final Outputs NONE = new Outputs(Optional.empty(), Optional.empty());
    }

    private static final int LOG_BUFFER = 1 << 16;

    private final Judge judge;
    private final Profile profile;
    private final Optional<Judge> baseline;
    private final Outputs outputs;

    public Replay(Judge judge, Profile profile, Optional<Judge> baseline, Outputs outputs) {
        this.judge = judge;
        this.profile = profile;
        this.baseline = baseline;
        this.outputs = outputs;
    }

    /** Judges all packets of all captures, in this order. */
    public Report run(List<CaptureSource> captures, Progress progress) throws CaptureException, IOException {
        List<EngineListener> extra = new ArrayList<>();
        try (DecisionLog log = outputs.log().isPresent() ? log(outputs.log().get()) : null;
                Annotator annotator = outputs.annotated().isPresent()
                        ? new Annotator(outputs.annotated().get(), judge.compiled())
                        : null) {
            if (log != null) {
                extra.add(log);
            }
            if (annotator != null) {
                extra.add(annotator);
            }
            return run(captures, progress, extra, annotator);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private DecisionLog log(Path file) throws IOException {
        return new DecisionLog(new BufferedOutputStream(Files.newOutputStream(file), LOG_BUFFER), judge.compiled());
    }

    private Report run(List<CaptureSource> captures, Progress progress, List<EngineListener> extra,
            @Nullable Annotator annotator) throws CaptureException {
        Tally tally = new Tally(judge.compiled());
        Placing placing = new Placing(judge.policy(), judge.compiled(), judge.zones());
        List<EngineListener> listeners = new ArrayList<>(List.of(tally));
        listeners.addAll(extra);
        CaptureRun run = new CaptureRun(progress);
        CaptureRun.Sink after = annotator == null ? (reader, frame) -> {
        } : (reader, frame) -> annotator.packet(reader);
        Optional<Changes> changes;
        if (baseline.isEmpty()) {
            changes = Optional.empty();
            single(captures, run, tally, placing, Listeners.of(listeners), after);
        } else {
            changes = Optional.of(beside(captures, run, tally, placing, listeners, baseline.get(), after));
        }
        return new Report(id(judge.compiled()), profile, run.inputs(), placing.sentences(), tally.totals(run.inputs()),
                tally.operations().rows(), tally.talkers().rows(), tally.causes(), tally.anomalies(),
                tally.effects(profile), tally.others(), changes);
    }

    private void single(List<CaptureSource> captures, CaptureRun run, Tally tally, Placing placing,
            EngineListener listener, CaptureRun.Sink after) throws CaptureException {
        try (Engine engine = engine(judge, listener)) {
            for (CaptureSource capture : captures) {
                run.run(capture, (reader, frame) -> {
                    tally.frame(frame);
                    placing.place(engine, reader);
                    tally.answered(accept(engine, reader, frame));
                    after.packet(reader, frame);
                });
            }
            engine.finish();
        }
    }

    private Changes beside(List<CaptureSource> captures, CaptureRun run, Tally tally, Placing placing,
            List<EngineListener> listeners, Judge before, CaptureRun.Sink after) throws CaptureException {
        Comparison.Baseline verdicts = new Comparison.Baseline(before.compiled());
        Comparison comparison = new Comparison(judge.compiled(), verdicts);
        listeners.add(comparison);
        Placing otherPlacing = new Placing(before.policy(), before.compiled(), before.zones());
        try (Engine engine = engine(judge, Listeners.of(listeners)); Engine other = engine(before, verdicts)) {
            for (CaptureSource capture : captures) {
                run.run(capture, (reader, frame) -> {
                    verdicts.begin();
                    otherPlacing.place(other, reader);
                    verdicts.answered(accept(other, reader, frame).flow());
                    comparison.begin(frame);
                    tally.frame(frame);
                    placing.place(engine, reader);
                    Answer answer = accept(engine, reader, frame);
                    tally.answered(answer);
                    comparison.answered(answer.flow());
                    after.packet(reader, frame);
                });
            }
            verdicts.begin();
            other.finish();
            engine.finish();
        }
        return comparison.changes(before.compiled());
    }

    private Engine engine(Judge one, EngineListener listener) {
        return new Engine(one.compiled(), profile, EngineLimits.DEFAULT, listener);
    }

    private static Answer accept(Engine engine, CaptureReader reader, long frame) {
        return engine.accept(reader.bytes(), reader.at(), reader.captured(), reader.wire(), reader.linkType(), frame,
                reader.epochNanos());
    }

    static String word(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    private static PolicyId id(CompiledPolicy policy) {
        return new PolicyId(policy.name(), policy.hash(), word(policy.mode()));
    }
}
