package io.sluice.rules.space;

import io.sluice.rules.policy.Matcher.Range;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Compares what two sets of rules make of every point of a space, exactly. The space is cut axis by axis where claims
 * begin and end; where only claims remain that both sides make, there is no difference and nothing more to cut, so that
 * the cost is that of what differs. Numbers of an axis behind which the same lies form one side, so the result does not
 * depend on the order of the claims or on how they were split.
 *
 * @param <T> what a claim says
 * @param <R> what several claims on one point come to
 */
public final class Comparison<T, R> {
    /** Beyond so many places the comparison is given up. */
    public static final int MOST_PLACES = 1_000_000;

    private static final int SAME = -1;

    private final List<Claim<T>> claims;
    private final Function<List<T>, R> ruling;
    private final int axes;
    private final Map<Place, Integer> known = new HashMap<>();
    /** Distinct results, deeper ones first; a result is known by its number. */
    private final List<Result<R>> results = new ArrayList<>();
    private final Map<Result<R>, Integer> numbers = new HashMap<>();

    private record Place(int axis, BitSet claims) {}

    /** What differs below one cut: a change, or the results that lie behind the sides of the next axis. */
    private record Result<R>(List<R> beforeAfter, Map<Integer, Side> behind) {}

    /** There are more differences than anybody could read. */
    public static final class TooMany extends Exception {
        private static final long serialVersionUID = 1;
    }

    private Comparison(List<Claim<T>> claims, Function<List<T>, R> ruling) {
        this.claims = claims;
        this.ruling = ruling;
        axes = claims.getFirst().box().sides().size();
    }

    /**
     * What differs.
     *
     * @param ruling what claims on one point come to; also none
     * @return boxes that are apart
     */
    public static <T, R> List<Change<R>> changes(List<Claim<T>> claims, Function<List<T>, R> ruling) throws TooMany {
        if (claims.stream().noneMatch(Claim::differs)) {
            return List.of();
        }
        Comparison<T, R> comparison = new Comparison<>(claims, ruling);
        BitSet all = new BitSet();
        all.set(0, claims.size());
        int result = comparison.compare(0, all);
        List<Change<R>> changes = new ArrayList<>();
        comparison.collect(result, List.of(), changes);
        return changes;
    }

    private int compare(int axis, BitSet active) throws TooMany {
        if (active.stream().noneMatch(c -> claims.get(c).differs())) {
            return SAME;
        }
        if (axis == axes) {
            R before = ruling
                    .apply(active.stream().mapToObj(claims::get).filter(Claim::before).map(Claim::says).toList());
            R after = ruling
                    .apply(active.stream().mapToObj(claims::get).filter(Claim::after).map(Claim::says).toList());
            return before.equals(after) ? SAME : number(new Result<>(List.of(before, after), Map.of()));
        }
        Place place = new Place(axis, active);
        Integer found = known.get(place);
        if (found == null) {
            found = cut(axis, active);
            known.put(place, found);
        }
        if (known.size() > MOST_PLACES) {
            throw new TooMany();
        }
        return found;
    }

    private int cut(int axis, BitSet active) throws TooMany {
        Map<Integer, List<Range>> behind = new LinkedHashMap<>();
        List<Cuts.Run> runs = Cuts.cut(active, c -> claims.get(c).box().side(axis).ranges(), Long.MIN_VALUE);
        for (int i = 0; i < runs.size(); i++) {
            int result = compare(axis + 1, runs.get(i).terms());
            if (result != SAME) {
                long high = i + 1 < runs.size() ? runs.get(i + 1).start() - 1 : Long.MAX_VALUE;
                behind.computeIfAbsent(result, r -> new ArrayList<>())
                        .add(new Range(runs.get(i).start(), high));
            }
        }
        if (behind.isEmpty()) {
            return SAME;
        }
        Map<Integer, Side> sides = new LinkedHashMap<>();
        behind.forEach((result, ranges) -> sides.put(result, Side.union(ranges)));
        return number(new Result<>(List.of(), sides));
    }

    private int number(Result<R> result) {
        return Objects.requireNonNull(numbers.computeIfAbsent(result, r -> {
            results.add(r);
            return results.size() - 1;
        }));
    }

    private void collect(int number, List<Side> sides, List<Change<R>> changes) throws TooMany {
        if (number == SAME) {
            return;
        }
        Result<R> result = results.get(number);
        if (sides.size() == axes) {
            changes.add(new Change<>(new Box(sides), result.beforeAfter.getFirst(), result.beforeAfter.getLast()));
            if (changes.size() > MOST_PLACES) {
                throw new TooMany();
            }
            return;
        }
        for (Map.Entry<Integer, Side> behind : result.behind.entrySet()) {
            List<Side> longer = new ArrayList<>(sides);
            longer.add(behind.getValue());
            collect(behind.getKey(), longer, changes);
        }
    }
}
