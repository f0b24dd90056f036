package io.sluice.journal;

import io.sluice.engine.Anomaly;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.rules.RuleInfo;
import io.sluice.rules.Verdict;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What happened in one flow, message by message, without a record of its own: counted for the flow's record. */
final class FlowCount {
    /** More rules than this in one flow are counted together. */
    private static final int MOST_RULES = 32;
    private static final String OTHER_RULES = "others";
    private static final String NO_RULE = "default";

    /** Permitted requests by one rule. */
    static final class ByRule {
        /** Empty where no rule, or several together, decided. */
        private final String conduit;
        long reads;
        long writes;
        /** Reads that were counted elsewhere, since the flow began. */
        long untold;

        private ByRule(String conduit) {
            this.conduit = conduit;
        }

        String conduit() {
            return conduit;
        }
    }

    final long id;
    final FlowEnds ends;
    final Map<String, ByRule> rules = new LinkedHashMap<>();
    final Map<Anomaly, Long> anomalies = new EnumMap<>(Anomaly.class);
    final FlowTotals totals = new FlowTotals();
    Circumstances circumstances;
    long answers;
    int places;
    boolean alerted;
    /** It is not inspected, was refused as a whole, and was stopped. */
    boolean blocked;
    /** Something was counted that no record tells yet. */
    boolean untold;

    FlowCount(long id, Flow flow, Circumstances circumstances) {
        this.id = id;
        this.circumstances = circumstances;
        ends = FlowEnds.of(flow);
        totals.take(flow);
    }

    void message(MessageEvent e, boolean writes, Circumstances now) {
        circumstances = now;
        totals.take(e.flow());
        untold = true;
        if (!e.allowed()) {
            alerted = true;
        } else if (e.request()) {
            ByRule rule = rule(e.rule(), now);
            rule.writes += writes ? 1 : 0;
            rule.reads += writes ? 0 : 1;
        } else {
            answers++;
        }
    }

    private ByRule rule(int number, Circumstances now) {
        if (number == Verdict.DEFAULT || number >= now.policy().rules().size()) {
            return rule(NO_RULE, "");
        }
        RuleInfo info = now.policy().rules().get(number);
        return rule(info.id(), info.conduit());
    }

    private ByRule rule(String id, String conduit) {
        ByRule there = rules.get(id);
        if (there == null) {
            boolean room = rules.size() < MOST_RULES;
            there = rules.computeIfAbsent(room ? id : OTHER_RULES, _ -> new ByRule(room ? conduit : ""));
        }
        return there;
    }

    /** True for the first of its kind. */
    boolean anomaly(Anomaly anomaly) {
        untold = true;
        return anomalies.merge(anomaly, 1L, Long::sum) == 1;
    }

    /** The flow's own counters, which know also of messages that are not told one by one. */
    void totals(Flow flow, RuleReads reads, Circumstances now) {
        circumstances = now;
        totals.take(flow);
        places = Math.max(places, reads.places());
        rules.values().forEach(rule -> rule.untold = 0);
        for (int i = 0; i < reads.size(); i++) {
            ByRule rule = reads.rule(i) == Verdict.DEFAULT ? rule(OTHER_RULES, "") : rule(reads.rule(i), now);
            rule.untold += reads.count(i);
        }
    }
}
