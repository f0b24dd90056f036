package io.sluice.inline.event;

import io.sluice.dissect.Facts;
import io.sluice.engine.Flow;
import io.sluice.journal.RuleReads;
import io.sluice.rules.PolicyChange;
import io.sluice.rules.Verdict;
import java.util.Arrays;

/**
 * Permitted requests that no event tells of, by flow and rule, of one packet thread. A table with open addressing, all of it
 * made at the start: a flow takes one line of a cache, which has room for {@value #RULES} rules and a count of all others. A
 * flow that finds the table full is not counted here; how much it asked for in all, the flow itself knows. Beside each line
 * lie 64 bits, of which what is read sets one by its unit and address: so about how many places a flow reads is known, and
 * that it is 64 or more.
 */
final class ReadTallies {
    /** Polls of a controller are by one or two rules; a few more are told apart. */
    static final int RULES = 4;

    /** Key; two rules; two rules; their counts; the count of others. Rules are stored plus 1: 0 is none. */
    private static final int LINE = 8;
    private static final int COUNTS = 3;
    private static final int OTHERS = 7;
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    /** A flow is worth telling of when it reads twice as many places as before, from so many on. */
    private static final int FEW_PLACES = 8;
    private static final int MOST_SPANS = 16;

    private final long[] lines;
    private final long[] places;
    private final int mask;
    private final int most;
    private int flows;

    /** @param slots a power of two; half of them can be taken */
    ReadTallies(int slots) {
        lines = new long[slots * LINE];
        places = new long[slots];
        mask = slots - 1;
        most = slots / 2;
    }

    /**
     * Another request was allowed by a rule.
     *
     * @return whether somebody may want to know of the flow now, and not when it is told of next: it is its first such
     *     request, or it reads at twice as many places as when that was said last
     */
    boolean add(Flow flow, int rule, Facts facts) {
        long key = key(flow);
        int line = find(key);
        boolean first = lines[line] == 0;
        if (first) {
            if (flows == most) {
                return false;
            }
            flows++;
            lines[line] = key;
        }
        count(line, rule, 1);
        long before = places[line / LINE];
        long now = before | bits(facts);
        places[line / LINE] = now;
        return first || (now != before && doubled(Long.bitCount(before), Long.bitCount(now)));
    }

    private static boolean doubled(int before, int now) {
        return now >= FEW_PLACES && Integer.highestOneBit(before) != Integer.highestOneBit(now);
    }

    private static long bits(Facts facts) {
        long bits = 0;
        for (int i = Math.min(facts.spans(), MOST_SPANS) - 1; i >= 0; i--) {
            long place = (((long) facts.scope(i) << 32) | (facts.low(i) & 0xFFFF_FFFFL)) * SPREAD ^ facts.extra(i);
            bits |= 1L << ((place * SPREAD) >>> 58);
        }
        return bits;
    }

    private void count(int line, int rule, long n) {
        for (int i = 0; i < RULES && rule != Verdict.DEFAULT; i++) {
            int there = rule(line, i);
            if (there == rule + 1) {
                lines[line + COUNTS + i] += n;
                return;
            }
            if (there == 0) {
                lines[line + 1 + (i >> 1)] |= (long) (rule + 1) << ((i & 1) * Integer.SIZE);
                lines[line + COUNTS + i] = n;
                return;
            }
        }
        lines[line + OTHERS] += n;
    }

    /** The i-th rule of a line, plus 1. */
    private int rule(int line, int i) {
        return (int) (lines[line + 1 + (i >> 1)] >>> ((i & 1) * Integer.SIZE));
    }

    /** What was counted for a flow since it began. */
    void read(Flow flow, RuleReads into) {
        into.clear();
        int line = find(key(flow));
        if (lines[line] == 0) {
            return;
        }
        for (int i = 0; i < RULES && rule(line, i) != 0; i++) {
            into.add(rule(line, i) - 1, lines[line + COUNTS + i]);
        }
        if (lines[line + OTHERS] > 0) {
            into.add(Verdict.DEFAULT, lines[line + OTHERS]);
        }
        into.places(Long.bitCount(places[line / LINE]));
    }

    /** A flow is over. */
    void forget(Flow flow) {
        int gap = find(key(flow));
        if (lines[gap] == 0) {
            return;
        }
        flows--;
        for (int next = after(gap); lines[next] != 0; next = after(next)) {
            int home = home(lines[next]);
            if ((next - home & lines.length - 1) >= (next - gap & lines.length - 1)) { // not before its home
                System.arraycopy(lines, next, lines, gap, LINE);
                places[gap / LINE] = places[next / LINE];
                gap = next;
            }
        }
        Arrays.fill(lines, gap, gap + LINE, 0);
        places[gap / LINE] = 0;
    }

    /** Rules have other numbers from now on; what is gone counts with the others. */
    void policy(PolicyChange change) {
        if (flows == 0) {
            return;
        }
        for (int line = 0; line < lines.length; line += LINE) {
            if (lines[line] != 0) {
                renumber(line, change);
            }
        }
    }

    private void renumber(int line, PolicyChange change) {
        long first = lines[line + 1];
        long second = lines[line + 2];
        lines[line + 1] = lines[line + 2] = 0;
        for (int i = 0; i < RULES; i++) {
            int before = (int) ((i < 2 ? first : second) >>> ((i & 1) * Integer.SIZE));
            if (before != 0) {
                long n = lines[line + COUNTS + i];
                lines[line + COUNTS + i] = 0;
                count(line, change.rule(before - 1), n); // never behind the one that is read
            }
        }
    }

    /** The flow's line, or the empty one where it would be. */
    private int find(long key) {
        int line = home(key);
        while (lines[line] != 0 && lines[line] != key) {
            line = after(line);
        }
        return line;
    }

    private int home(long key) {
        return (int) (key >>> 40 & mask) * LINE;
    }

    private int after(int line) {
        return line + LINE & lines.length - 1;
    }

    /** Tells flows apart, those of several engines too; never 0. */
    private static long key(Flow flow) {
        long ends = flow.clientLow() * SPREAD ^ (long) flow.clientPort() << 32 ^ (long) flow.protocol() << 48;
        long key = (ends ^ flow.number() ^ flow.firstNanos() * SPREAD) * SPREAD;
        return key == 0 ? 1 : key;
    }
}
