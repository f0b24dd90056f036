package io.sluice.replay;

import io.sluice.capture.CaptureException;
import io.sluice.capture.CaptureReader;
import io.sluice.engine.Answer;
import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.EngineListener;
import io.sluice.engine.MessageTape;
import io.sluice.engine.Profile;
import io.sluice.replay.Report.Changes;
import io.sluice.replay.Report.PolicyId;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.policy.Mode;
import io.sluice.rules.policy.Policy;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
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
     * @param expectations lines for the policy's {@code expect} section
     */
    public record Outputs(Optional<Path> log, Optional<Annotated> annotated, Optional<Expected> expectations) {
        public static final Outputs NONE = new Outputs(Optional.empty(), Optional.empty());

        public Outputs(Optional<Path> log, Optional<Path> annotated) {
            this(log, annotated.map(file -> new Annotated(file, false)), Optional.empty());
        }
    }

    /**
     * A copy of the packets with comments.
     *
     * @param onlyDenied leaves out the packets in which nothing is denied
     */
    public record Annotated(Path file, boolean onlyDenied) {}

    /** Expectations from the verdicts that are chosen. */
    public record Expected(Path file, ExpectationChoice choice) {}

    /** Which verdicts become expectations. */
    public enum ExpectationChoice {
        DENIED,
        ALLOWED,
        ALL
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
            if (outputs.expectations().isEmpty()) {
                return run(captures, progress, extra, annotator);
            }
            ExpectationLines lines = new ExpectationLines(judge, outputs.expectations().get().choice());
            extra.add(lines);
            Report report = run(captures, progress, extra, annotator);
            try (Writer out = Files.newBufferedWriter(outputs.expectations().get().file())) {
                lines.write(out);
            }
            return report;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private DecisionLog log(Path file) throws IOException {
        return new DecisionLog(new BufferedOutputStream(Files.newOutputStream(file), LOG_BUFFER), judge.compiled());
    }

    private Report run(List<CaptureSource> captures, Progress progress, List<EngineListener> extra,
            @Nullable Annotator annotator) throws CaptureException {
        return run(captures, progress, extra, annotator, null).report();
    }

    /** A report, and what it was made of. */
    record Run(Report report, Tally tally, Placing placing, List<InputSummary> inputs) {}

    /** Judges all packets, and keeps what the judgement rests on. */
    Run taped(List<CaptureSource> captures, Progress progress, MessageTape tape) throws CaptureException {
        Run run = run(captures, progress, List.of(tape), null, tape);
        tape.finish();
        return run;
    }

    private Run run(List<CaptureSource> captures, Progress progress, List<EngineListener> extra,
            @Nullable Annotator annotator, @Nullable MessageTape tape) throws CaptureException {
        Tally tally = new Tally(judge.compiled());
        Placing placing = new Placing(judge.policy(), judge.compiled(), judge.zones());
        List<EngineListener> listeners = new ArrayList<>(List.of(tally));
        listeners.addAll(extra);
        CaptureRun run = new CaptureRun(progress);
        Optional<Changes> changes;
        if (baseline.isEmpty()) {
            changes = Optional.empty();
            single(captures, run, tally, placing, Listeners.of(listeners), new Beside(annotator, tape));
        } else {
            changes = Optional.of(beside(captures, run, tally, placing, listeners, baseline.get(),
                    new Beside(annotator, tape)));
        }
        Report report = report(judge, profile, tally, placing, run.inputs(), changes);
        return new Run(report, tally, placing, run.inputs());
    }

    static Report report(Judge judge, Profile profile, Tally tally, Placing placing, List<InputSummary> inputs,
            Optional<Changes> changes) {
        return new Report(id(judge.compiled()), profile, inputs, placing.sentences(), tally.totals(inputs),
                tally.operations().rows(), tally.talkers().rows(), tally.causes(), tally.anomalies(),
                tally.effects(profile), tally.others(), changes);
    }

    /** What is written or kept of each packet, beside what listeners hear. */
    private record Beside(@Nullable Annotator annotator, @Nullable MessageTape tape) {
        void capture(CaptureSource source) {
            if (annotator != null) {
                annotator.capture(source.name());
            }
        }

        void before(CaptureReader reader, long frame) {
            if (tape != null) {
                tape.frame(frame, reader.epochNanos());
            }
        }

        void after(CaptureReader reader, Answer answer) {
            if (tape != null) {
                tape.answered(answer.flow());
            }
            if (annotator != null) {
                annotator.packet(reader, answer.flow());
            }
        }

        void ending() {
            if (tape != null) {
                tape.ending();
            }
        }
    }

    private void single(List<CaptureSource> captures, CaptureRun run, Tally tally, Placing placing,
            EngineListener listener, Beside beside) throws CaptureException {
        try (Engine engine = engine(judge, listener)) {
            for (CaptureSource capture : captures) {
                beside.capture(capture);
                run.run(capture, (reader, frame) -> {
                    tally.frame(frame);
                    placing.place(engine, reader);
                    beside.before(reader, frame);
                    Answer answer = accept(engine, reader, frame);
                    tally.answered(answer);
                    beside.after(reader, answer);
                });
            }
            beside.ending();
            engine.finish();
        }
    }

    private Changes beside(List<CaptureSource> captures, CaptureRun run, Tally tally, Placing placing,
            List<EngineListener> listeners, Judge before, Beside beside) throws CaptureException {
        Comparison.Baseline verdicts = new Comparison.Baseline(before.compiled());
        Comparison comparison = new Comparison(judge.compiled(), verdicts);
        listeners.add(comparison);
        Placing otherPlacing = new Placing(before.policy(), before.compiled(), before.zones());
        try (Engine engine = engine(judge, Listeners.of(listeners)); Engine other = engine(before, verdicts)) {
            for (CaptureSource capture : captures) {
                beside.capture(capture);
                run.run(capture, (reader, frame) -> {
                    verdicts.begin();
                    otherPlacing.place(other, reader);
                    verdicts.answered(accept(other, reader, frame).flow());
                    comparison.begin(frame);
                    tally.frame(frame);
                    placing.place(engine, reader);
                    beside.before(reader, frame);
                    Answer answer = accept(engine, reader, frame);
                    tally.answered(answer);
                    comparison.answered(answer.flow());
                    beside.after(reader, answer);
                });
            }
            verdicts.begin();
            comparison.begin(run.frames());
            beside.ending();
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
