package io.sluice.rules;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Shortfall;
import java.util.List;

/**
 * Says yes or no to a request: every allow and deny of the conduits that match one pair, for one service.
 *
 * <p>A request passes if each of its items is covered by an allow, by the same or by different ones, and no item is
 * touched by a deny. What it costs does not depend on how many rules there are. The verdict does not depend on the
 * order of the file; the rule it names is
 * <ol>
 * <li>for a deny: that of the first item (in the order of the facts) that any deny touches;
 * <li>else, for a refusal: none, and the first item that no allow covers;
 * <li>else the allow of the first item.
 * </ol>
 * Where several rules match that item, those without window and rate come first, then those with a window, then those
 * with a rate, and among equals the lower rule index (the compiler numbers rules by their ids).
 *
 * <p>Immutable, shared by workers. Nothing is allocated by {@link #decide} and {@link #preview}. Tables are made by
 * {@link TableBuilder}.
 */
public final class DecisionTable {
    /** Refuses everything. */
    public static final DecisionTable NOTHING = new DecisionTable(new Layer[0][], List.of());
    private static final Layer[] NO_SCOPES = {};

    private final Layer[][] layers;
    private final List<Clause> clauses;

    /**
     * Makes a table.
     *
     * @param layers by operation and scope; operations and scopes that are missing have no rules
     */
    DecisionTable(Layer[][] layers, List<Clause> clauses) {
        this.layers = layers;
        this.clauses = clauses;
    }

    /** What it was made of, in the order in which rules decide: for those who analyse it rather than ask it. */
    public List<Clause> clauses() {
        return clauses;
    }

    /**
     * Judges a whole request item by item and meters the rates of the rules that allowed it. Facts without spans are
     * refused: what says nothing cannot be allowed.
     */
    public void decide(Facts facts, Situation situation, Verdict verdict) {
        situation.buckets.begin();
        judge(facts, situation, verdict, false);
        if (verdict.allowed) {
            situation.buckets.take();
        }
    }

    /**
     * The same where another table has to allow the request, too. The rule is that of this table; rates of both are
     * metered, and only if both allow it.
     */
    public void decide(Facts facts, Situation situation, Verdict verdict, DecisionTable narrowing) {
        situation.buckets.begin();
        judge(facts, situation, verdict, false);
        narrow(facts, situation, verdict, narrowing, false);
        if (verdict.allowed) {
            situation.buckets.take();
        }
    }

    private static void narrow(Facts facts, Situation situation, Verdict verdict, DecisionTable narrowing,
            boolean preview) {
        if (!verdict.allowed) {
            return;
        }
        int rule = verdict.rule;
        narrowing.judge(facts, situation, verdict, preview);
        if (facts.spans() == 0 && preview) {
            verdict.allowed = true;
            verdict.shortfall = Shortfall.NONE;
        }
        verdict.narrowed = !verdict.allowed;
        verdict.rule = verdict.allowed ? rule : Verdict.DEFAULT;
    }

    /**
     * Judges the readable part of an incomplete request: refused only if no continuation can be allowed. Values that
     * have not arrived are taken as permitted; nothing is metered, but a rule whose rate is used up at this moment does
     * not apply.
     */
    public void preview(Facts facts, Situation situation, Verdict verdict) {
        situation.buckets.begin();
        judge(facts, situation, verdict, true);
        if (facts.spans() == 0) {
            verdict.allowed = true;
            verdict.shortfall = Shortfall.NONE;
        }
    }

    /** The same where another table has to allow it, too. */
    public void preview(Facts facts, Situation situation, Verdict verdict, DecisionTable narrowing) {
        preview(facts, situation, verdict);
        narrow(facts, situation, verdict, narrowing, true);
    }

    private void judge(Facts facts, Situation situation, Verdict verdict, boolean preview) {
        verdict.reset();
        int spans = facts.spans();
        for (int span = 0; span < spans; span++) {
            Layer layer = layer(facts.operation(span), facts.scope(span));
            // After a refusal only a deny can still change what is said.
            if ((verdict.shortfall == Shortfall.NONE || layer.denies)
                    && !walk(layer, facts, span, situation, verdict, preview)) {
                return;
            }
        }
        if (spans == 0) {
            verdict.shortfall = Shortfall.OPERATION;
        }
        verdict.allowed = verdict.shortfall == Shortfall.NONE;
        if (!verdict.allowed) {
            verdict.rule = Verdict.DEFAULT;
        }
    }

    private Layer layer(int operation, int scope) {
        Layer[] scopes = operation >= 0 && operation < layers.length ? layers[operation] : NO_SCOPES;
        return scope >= 0 && scope < scopes.length ? scopes[scope] : Layer.EMPTY;
    }

    /** Goes over a span interval by interval; false when a deny ended it. */
    private static boolean walk(Layer layer, Facts facts, int span, Situation situation, Verdict verdict,
            boolean preview) {
        int low = facts.low(span);
        int high = facts.high(span);
        if (low < Facts.UNTOLD || high < low || (low == Facts.UNTOLD && high != low)) {
            refuse(verdict, span, 0, layer.shortfall());
            return true;
        }
        int interval = layer.interval(low);
        int item = low;
        while (true) {
            int end = Math.min(high, layer.end(interval));
            int slot = layer.slot(interval, facts.extra(span));
            int index = item - low;
            boolean goOn = layer.needsValue(slot)
                    ? values(layer, slot, facts, span, index, low == high ? facts.values(span) - 1 : end - low,
                            situation, verdict, preview)
                    : judge(layer.unknown(slot), layer, slot, span, index, situation, verdict);
            if (!goOn) {
                return false;
            }
            if (end == high) {
                return true;
            }
            item = end + 1;
            interval++;
        }
    }

    /** Judges values {@code from} to {@code to} of a span one by one, where values matter. */
    private static boolean values(Layer layer, int slot, Facts facts, int span, int from, int to, Situation situation,
            Verdict verdict, boolean preview) {
        int encoding = facts.encoding(span);
        boolean told = encoding != Facts.NO_VALUE && encoding != Facts.UNKNOWN_VALUE;
        int readable = told ? Math.min(to + 1, facts.readable(span)) : from;
        for (int index = from; index < readable; index++) {
            if (!judge(layer.valued(slot, facts.value(span, index)), layer, slot, span, index, situation, verdict)) {
                return false;
            }
        }
        int rest = Math.max(from, readable);
        if (rest > to) {
            return true;
        }
        // Of a request that is not complete a value may still come, unless the operation tells none.
        boolean mayCome = preview && encoding != Facts.UNKNOWN_VALUE;
        Candidates candidates = mayCome ? layer.pending(slot) : layer.unknown(slot);
        return judge(candidates, layer, slot, span, rest, situation, verdict);
    }

    private static boolean judge(Candidates candidates, Layer layer, int slot, int span, int index,
            Situation situation, Verdict verdict) {
        int deny = candidates.touched(situation.clockTrusted ? situation.openWindows : -1L);
        if (deny >= 0) {
            verdict.rule = deny;
            verdict.shortfall = Shortfall.DENIED;
            verdict.span = span;
            verdict.index = index;
            return false;
        }
        if (verdict.shortfall == Shortfall.NONE) {
            long open = situation.clockTrusted ? situation.openWindows : 0L;
            int allow = candidates.covering(open, situation);
            if (allow >= 0) {
                verdict.rule = verdict.rule < 0 ? allow : verdict.rule;
            } else {
                int missing = candidates.shortfall(open);
                refuse(verdict, span, index, missing == Shortfall.NONE ? layer.shortfall(slot) : missing);
            }
        }
        return true;
    }

    /** Notes the first item that no allow covers. */
    private static void refuse(Verdict verdict, int span, int index, int shortfall) {
        if (verdict.shortfall == Shortfall.NONE) {
            verdict.shortfall = shortfall;
            verdict.span = span;
            verdict.index = index;
        }
    }
}
