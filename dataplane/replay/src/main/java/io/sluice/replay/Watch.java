package io.sluice.replay;

import io.sluice.capture.CaptureException;
import io.sluice.engine.EngineListener;
import io.sluice.engine.MessageTape;
import io.sluice.engine.Profile;
import io.sluice.engine.TapePlayer;
import io.sluice.replay.Replay.Judge;
import io.sluice.replay.Report.Changes;
import io.sluice.rules.policy.Asset;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Zone;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The same captures under one policy after another, as an observer judges them. What does not depend on the policy is kept
 * on a {@link MessageTape}, so that the next policy costs only its decisions; where a policy looks into other connections
 * than the one before, the captures are read again. Either way each report is the one that {@link Replay} would make with
 * the policy before as its baseline; see docs/adr/0022-watching-a-policy.md.
 */
public final class Watch implements AutoCloseable {
    /** Memory for messages that are kept; beyond that captures are read again each time. */
    public static final long MOST_BYTES = 1L << 30;

    /**
     * One policy judged.
     *
     * @param report with the changes from the policy before; the first has none
     * @param read whether the captures were read; else only what is kept was judged again
     */
    public record Round(Report report, boolean read) {}

    private final List<CaptureSource> captures;
    private final long mostBytes;
    private @Nullable Judge last;
    private @Nullable Kept kept;

    private record Kept(Arena arena, MessageTape tape, Judge judge, Replay.Run run) {}

    public Watch(List<CaptureSource> captures) {
        this(captures, MOST_BYTES);
    }

    Watch(List<CaptureSource> captures, long mostBytes) {
        this.captures = List.copyOf(captures);
        this.mostBytes = mostBytes;
    }

    /** Judges everything by this policy, and compares with the one before. */
    public Round judge(Judge judge, Progress progress) throws CaptureException {
        Optional<Report> again = kept == null || last == null ? Optional.empty() : again(kept, last, judge);
        Round round = again.isPresent() ? new Round(again.get(), false) : new Round(read(judge, progress), true);
        last = judge;
        return round;
    }

    private Report read(Judge judge, Progress progress) throws CaptureException {
        close();
        Arena arena = Arena.ofShared();
        MessageTape tape = new MessageTape(judge.compiled(), arena, mostBytes);
        Replay replay = new Replay(judge, Profile.OBSERVE, Optional.ofNullable(last), Replay.Outputs.NONE);
        Replay.Run run;
        try {
            run = replay.taped(captures, progress, tape);
        } catch (CaptureException | RuntimeException e) {
            arena.close();
            throw e;
        }
        if (tape.whole()) {
            kept = new Kept(arena, tape, judge, run);
        } else {
            arena.close();
        }
        return run.report();
    }

    /** Both policies beside each other on what is kept; empty if that does not serve for one of them. */
    private static Optional<Report> again(Kept kept, Judge before, Judge judge) {
        Placing placing = new Placing(judge.policy(), judge.compiled(), judge.zones());
        placing.met(kept.run.placing().interfaces());
        if (!serves(kept, judge, placing)) {
            return Optional.empty();
        }
        Tally tally = new Tally(judge.compiled());
        tally.traffic(kept.run.tally());
        Comparison.Baseline verdicts = new Comparison.Baseline(before.compiled());
        Comparison comparison = new Comparison(judge.compiled(), verdicts);
        EngineListener both = Listeners.of(List.of(tally, comparison));
        try (TapePlayer first = new TapePlayer(kept.tape, before.compiled(), verdicts);
                TapePlayer second = new TapePlayer(kept.tape, judge.compiled(), both)) {
            while (first.next() && second.next()) {
                verdicts.begin();
                boolean same = first.play();
                verdicts.answered(first.flow());
                comparison.begin(second.frame());
                same &= second.play();
                comparison.answered(second.flow());
                if (!same) {
                    return Optional.empty();
                }
            }
        }
        Changes changes = comparison.changes(before.compiled());
        return Optional
                .of(Replay.report(judge, Profile.OBSERVE, tally, placing, kept.run.inputs(), Optional.of(changes)));
    }

    /**
     * Where interfaces tell where packets travel, the engine also asks whether an address is believable there, and
     * datagrams to groups use rates up: then nothing of that may have changed. Else each flow is asked on its own.
     */
    private static boolean serves(Kept kept, Judge judge, Placing placing) {
        if (!kept.run.placing().byInterface() && !placing.byInterface()) {
            return true;
        }
        return layout(kept.judge.policy()).equals(layout(judge.policy())) && !ratesGroups(kept.judge.policy())
                && !ratesGroups(judge.policy());
    }

    private static List<List<Object>> layout(Policy policy) {
        List<List<Object>> zones = policy.zones().values().stream().map(Watch::layout).toList();
        List<List<Object>> assets = policy.assets().values().stream().map(Watch::layout).toList();
        List<List<Object>> pairs = policy.conduits().values().stream()
                .map(c -> List.<Object>of(c.from(), c.to())).distinct().toList();
        return List.of(List.copyOf(zones), List.copyOf(assets), List.copyOf(pairs));
    }

    private static List<Object> layout(Zone z) {
        return List.of(z.name(), z.ports(), z.vlans(), z.networks(), z.broker());
    }

    private static List<Object> layout(Asset a) {
        return List.of(a.name(), a.zone(), a.addresses(), a.mac());
    }

    private static boolean ratesGroups(Policy policy) {
        return policy.conduits().values().stream().filter(c -> c.service().isEmpty()).map(Conduit::rules)
                .flatMap(List::stream).anyMatch(rule -> rule.rate().isPresent());
    }

    @Override
    public void close() {
        Kept old = kept;
        kept = null;
        if (old != null) {
            old.arena.close();
        }
    }
}
