package io.sluice.replay;

import io.sluice.engine.EngineListener;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Packet;
import io.sluice.engine.Reason;
import io.sluice.engine.words.Addresses;
import io.sluice.engine.words.Words;
import io.sluice.replay.Report.ChangeRow;
import io.sluice.replay.Report.Changes;
import io.sluice.replay.Report.PolicyId;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.RuleInfo;
import io.sluice.rules.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
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
    private static final long FOLLOWS = -1;
    /** There was no message. */
    private static final long NOT_JUDGED = -2;
    private static final long ALLOWED = 1;
    private static final long PLAIN = 2;
    private static final long NO_CONDUIT = 4;
    private static final int REASON = 8;
    private static final int RULE = 16;
    static final int MAX_FRAMES = 1000;
    private static final int MAX_ROWS = 10_000;

    /** What the baseline said in the present frame, in order; verdicts as numbers, see {@link Comparison#text}. */
    static final class Baseline implements EngineListener {
        private long[] verdicts = new long[16];
        private int count;
        private long plain = NOT_JUDGED;
        private final CompiledPolicy policy;

        Baseline(CompiledPolicy policy) {
            this.policy = policy;
        }

        void begin() {
            count = 0;
            plain = NOT_JUDGED;
        }

        /** The flow of the frame, for one that is not inspected: its verdict stands for each message in it. */
        void answered(@Nullable Flow flow) {
            plain = flow != null && flow.service() == null ? Comparison.plainVerdict(flow) : NOT_JUDGED;
        }

        @Override
        public void message(MessageEvent e) {
            if (e.part() && e.allowed()) {
                return;
            }
            if (count == verdicts.length) {
                verdicts = Arrays.copyOf(verdicts, 2 * count);
            }
            verdicts[count++] = follows(e) ? FOLLOWS : Comparison.verdict(e);
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
        if (flow != null && flow.service() == null && position < baseline.count) {
            long after = plainVerdict(flow);
            while (position < baseline.count) {
                long before = baseline.verdicts[position++];
                if (before != FOLLOWS && differs(before, after)) {
                    change(flow, Words.service(flow), before, after, "");
                }
            }
        }
    }

    @Override
    public void message(MessageEvent e) {
        if (e.part() && e.allowed()) {
            return;
        }
        long before = position < baseline.count ? baseline.verdicts[position++] : baseline.plain;
        if (follows(e)) {
            return;
        }
        before = before == FOLLOWS ? NOT_JUDGED : before;
        long after = verdict(e);
        if (!differs(before, after)) {
            return;
        }
        String operation = e.request() && e.facts().spans() > 0
                ? Objects.requireNonNull(e.flow().service()).protocol().vocabulary()
                        .sortName(sort(e))
                : e.fromClient() ? "request that cannot be read" : "answer that cannot be read";
        change(e.flow(), operation, before, after, Words.does(e));
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
        if (baseline.plain != NOT_JUDGED && baseline.count == 0) {
            long after = plainVerdict(flow);
            if (differs(baseline.plain, after)) {
                change(flow, Words.service(flow) + " (flow)", baseline.plain, after, "");
            }
        }
    }

    /**
     * Counts a comparison. A verdict changes if it changes from allow to deny or back; another rule that says the same
     * changes nothing, and what was not judged did not pass.
     */
    private boolean differs(long before, long after) {
        compared++;
        return allows(before) != allows(after);
    }

    private static boolean allows(long verdict) {
        return verdict >= 0 && (verdict & ALLOWED) != 0;
    }

    private void change(Flow flow, String operation, long was, long is, String example) {
        changed++;
        String before = text(baseline.policy, was);
        String after = text(policy, is);
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

    private static long verdict(MessageEvent e) {
        return (e.allowed() ? ALLOWED : 0) | (long) e.reason().ordinal() << REASON | (long) (e.rule() + 1) << RULE;
    }

    private static long plainVerdict(Flow flow) {
        return PLAIN | (flow.relation().conduits().isEmpty() ? NO_CONDUIT : 0) | (flow.plainAllowed() ? ALLOWED : 0)
                | (long) (flow.plainRule() + 1) << RULE;
    }

    private static String text(CompiledPolicy policy, long verdict) {
        if (verdict == NOT_JUDGED) {
            return "not judged";
        }
        boolean allowed = (verdict & ALLOWED) != 0;
        int rule = (int) (verdict >> RULE) - 1;
        if ((verdict & PLAIN) != 0) {
            return (verdict & NO_CONDUIT) != 0
                    ? "deny (no conduit)"
                    : (allowed ? "allow" : "deny") + " (" + rule(policy, rule) + ", not inspected)";
        }
        Reason reason = Reason.values()[(int) (verdict >> REASON) & 0xFF];
        return (allowed ? "allow" : "deny") + " ("
                + (allowed || rule != Verdict.DEFAULT ? rule(policy, rule) : reason.word()) + ")";
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
