package io.sluice.replay;

import io.sluice.engine.EngineListener;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Packet;
import io.sluice.engine.words.Addresses;
import io.sluice.engine.words.Words;
import io.sluice.replay.Report.ChangeRow;
import io.sluice.replay.Report.Changes;
import io.sluice.replay.Report.PolicyId;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.RuleInfo;
import io.sluice.rules.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares the verdicts of two policies frame by frame. The baseline's engine sees each frame first; its verdicts wait
 * in {@link #baseline} until the candidate's engine has judged the same frame.
 */
final class Comparison implements EngineListener {
    /** Stands for the verdict on a well-formed answer: it follows from its request's and is not compared by itself. */
    private static final String FOLLOWS = "";
    static final int MAX_FRAMES = 1000;
    private static final int MAX_ROWS = 10_000;

    /** What the baseline said in the present frame, in order. */
    static final class Baseline implements EngineListener {
        private final List<String> verdicts = new ArrayList<>();
        private @Nullable String plain;
        private final CompiledPolicy policy;

        Baseline(CompiledPolicy policy) {
            this.policy = policy;
        }

        void begin() {
            verdicts.clear();
            plain = null;
        }

        /** The flow of the frame, for one that is not inspected: its verdict stands for each message in it. */
        void answered(@Nullable Flow flow) {
            plain = flow != null && flow.service() == null ? Comparison.plain(policy, flow) : null;
        }

        @Override
        public void message(MessageEvent e) {
            if (e.part() && e.allowed()) {
                return;
            }
            verdicts.add(follows(e) ? FOLLOWS : Comparison.verdict(policy, e));
        }
    }

    private record Key(String from, String to, String operation, String before, String after) {}

    private static final class Sum {
        final List<Long> frames = new ArrayList<>();
        final String example;
        long count;

        Sum(String example) {
            this.example = example;
        }
    }

    private final CompiledPolicy policy;
    private final Baseline baseline;
    private final Map<Key, Sum> sums = new LinkedHashMap<>();
    private int position;
    private long compared;
    private long changed;
    private long frame;

    Comparison(CompiledPolicy policy, Baseline baseline) {
        this.policy = policy;
        this.baseline = baseline;
    }

    void begin(long number) {
        frame = number;
        position = 0;
    }

    /** The candidate has judged the frame; what only the baseline looked into is compared with its flow's verdict. */
    void answered(@Nullable Flow flow) {
        if (flow != null && flow.service() == null) {
            String after = plain(policy, flow);
            while (position < baseline.verdicts.size()) {
                String before = baseline.verdicts.get(position++);
                if (!before.equals(FOLLOWS)) {
                    compare(flow, Words.service(flow), before, after, "");
                }
            }
        }
    }

    @Override
    public void message(MessageEvent e) {
        if (e.part() && e.allowed()) {
            return;
        }
        String before = position < baseline.verdicts.size() ? baseline.verdicts.get(position++) : baseline.plain;
        if (follows(e)) {
            return;
        }
        if (before == null || before.equals(FOLLOWS)) {
            before = "not judged";
        }
        String operation = e.request() && e.facts().spans() > 0
                ? Objects.requireNonNull(e.flow().service()).protocol().vocabulary()
                        .sortName(sort(e))
                : e.fromClient() ? "request that cannot be read" : "answer that cannot be read";
        compare(e.flow(), operation, before, verdict(policy, e), Words.does(e));
    }

    private static boolean follows(MessageEvent e) {
        return !e.fromClient() && e.problem() == null;
    }

    private static int sort(MessageEvent e) {
        int span = e.span();
        return Objects.requireNonNull(e.flow().service()).protocol().vocabulary().sort(e.facts().operation(span),
                e.facts().scope(span), e.facts().low(span));
    }

    /** Flows that neither policy looks into are compared once, when the candidate decides. */
    @Override
    public void plain(Flow flow, Packet packet) {
        if (baseline.plain != null && baseline.verdicts.isEmpty()) {
            compare(flow, Words.service(flow) + " (flow)", baseline.plain, plain(policy, flow), "");
        }
    }

    private void compare(Flow flow, String operation, String before, String after, String example) {
        compared++;
        if (decision(before).equals(decision(after))) {
            return;
        }
        changed++;
        Key key = new Key(name(flow.clientPlace(), flow.clientHigh(), flow.clientLow()),
                name(flow.serverPlace(), flow.serverHigh(), flow.serverLow()), operation, before, after);
        Sum sum = sums.get(key);
        if (sum == null) {
            if (sums.size() == MAX_ROWS) {
                return;
            }
            sum = new Sum(example);
            sums.put(key, sum);
        }
        sum.count++;
        if (sum.frames.size() < MAX_FRAMES) {
            sum.frames.add(frame);
        }
    }

    private String name(int place, long high, long low) {
        return place == CompiledPolicy.NOWHERE ? Addresses.text(high, low) : policy.nameOf(place);
    }

    /** A verdict changes if it changes from allow to deny or back; another rule that says the same changes nothing. */
    private static String decision(String verdict) {
        return verdict.startsWith("allow") ? "allow" : "deny";
    }

    private static String verdict(CompiledPolicy policy, MessageEvent e) {
        String rule = rule(policy, e.rule());
        return (e.allowed() ? "allow" : "deny") + " (" + (e.allowed() || e.rule() != Verdict.DEFAULT
                ? rule
                : e.reason().word()) + ")";
    }

    private static String plain(CompiledPolicy policy, Flow flow) {
        if (flow.relation().conduits().isEmpty()) {
            return "deny (no conduit)";
        }
        return (flow.plainAllowed() ? "allow" : "deny") + " (" + rule(policy, flow.plainRule()) + ", not inspected)";
    }

    private static String rule(CompiledPolicy policy, int rule) {
        if (rule == Verdict.DEFAULT) {
            return "default";
        }
        RuleInfo info = policy.rules().get(rule);
        return info.id();
    }

    Changes changes(CompiledPolicy before) {
        List<ChangeRow> rows = new ArrayList<>();
        sums.forEach((key, sum) -> rows.add(new ChangeRow(key.from(), key.to(), key.operation(), key.before(),
                key.after(), sum.count, List.copyOf(sum.frames), sum.example)));
        rows.sort(Comparator.comparingLong((ChangeRow r) -> r.frames().getFirst()).thenComparing(ChangeRow::operation));
        return new Changes(new PolicyId(before.name(), before.hash(), Replay.word(before.mode())), compared, changed,
                rows);
    }
}
