package io.sluice.inline.event;

import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Reason;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.RuleInfo;
import io.sluice.rules.Service;
import io.sluice.rules.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Messages by conduit and reason, of one worker under one policy. */
public final class VerdictTallies {
    private static final Reason[] REASONS = Reason.values();

    /**
     * Whose messages are counted together.
     *
     * @param conduit name of the conduit; {@code "-"} where none matches
     * @param enforced false: judged in words only, while the conduit is only monitored, or at a mirror port
     */
    public record Key(String conduit, Reason reason, boolean enforced) {}

    private final CompiledPolicy policy;
    private final String[] conduits;
    private final int[] conduitOfRule;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Tallies counts;

    public VerdictTallies(CompiledPolicy policy) {
        this.policy = policy;
        numbers.put("-", 0);
        conduitOfRule = new int[policy.rules().size()];
        int i = 0;
        for (RuleInfo rule : policy.rules()) {
            conduitOfRule[i++] = numbers.computeIfAbsent(rule.conduit(), c -> numbers.size());
        }
        conduits = new String[numbers.size()];
        numbers.forEach((name, number) -> conduits[number] = name);
        counts = new Tallies(conduits.length * REASONS.length * 2);
    }

    public CompiledPolicy policy() {
        return policy;
    }

    /** Counts a judged message; nothing is allocated. */
    void count(MessageEvent e, boolean enforced) {
        int conduit = e.rule() == Verdict.DEFAULT || e.rule() >= conduitOfRule.length
                ? conduitOf(e.flow())
                : conduitOfRule[e.rule()];
        counts.add(index(conduit, e.reason(), enforced), 1);
    }

    /** The most specific conduit between the two that speaks the protocol, where no rule decided; as the journal names it. */
    private int conduitOf(Flow flow) {
        Service service = flow.service();
        List<String> conduits = service == null ? flow.relation().conduits() : service.conduits();
        if (conduits.isEmpty()) {
            return 0;
        }
        Integer number = numbers.get(conduits.getFirst());
        return number == null ? 0 : number;
    }

    /** Adds what was counted so far. */
    public void addTo(Map<Key, Long> sums) {
        for (int c = 0; c < conduits.length; c++) {
            for (Reason reason : REASONS) {
                add(sums, c, reason, true);
                add(sums, c, reason, false);
            }
        }
    }

    private void add(Map<Key, Long> sums, int conduit, Reason reason, boolean enforced) {
        long n = counts.get(index(conduit, reason, enforced));
        if (n > 0) {
            sums.merge(new Key(conduits[conduit], reason, enforced), n, Long::sum);
        }
    }

    private static int index(int conduit, Reason reason, boolean enforced) {
        return (conduit * REASONS.length + reason.ordinal()) * 2 + (enforced ? 1 : 0);
    }
}
