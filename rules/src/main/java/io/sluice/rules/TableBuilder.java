package io.sluice.rules;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Builds decision tables for one policy. Equal parts are shared between all tables of a builder. This is the slow side:
 * it allocates freely, so that {@link DecisionTable} need not.
 */
public final class TableBuilder {
    /** How many cells all tables of a policy together may have, each about 30 bytes. */
    public static final int MOST_CELLS = 4_000_000;
    /** How many rules with a rate may match the same item. */
    public static final int MOST_RATED = 64;

    private final LayerBuilder layers;
    private final Map<List<Layer>, Layer[]> rows = new HashMap<>();

    public TableBuilder() {
        this(MOST_CELLS, MOST_RATED);
    }

    TableBuilder(int mostCells, int mostRated) {
        layers = new LayerBuilder(mostCells, mostRated);
    }

    /** Why the tables built so far must not be used: a limit was passed. Empty while all is well. */
    public Optional<String> excess() {
        return layers.excess();
    }

    /**
     * Builds a table.
     *
     * @param selectorSizes how many values each selector field of the vocabulary has, in its order
     */
    public DecisionTable build(List<Integer> selectorSizes, List<Clause> clauses) {
        List<Clause> ordered = clauses.stream()
                .sorted((a, b) -> Term.ORDER.compare(a.term(), b.term())).toList();
        int operations = 1 + ordered.stream().mapToInt(Clause::operation).max().orElse(-1);
        List<Classes> classes = new ArrayList<>();
        for (int f = 0; f < selectorSizes.size(); f++) {
            classes.add(Classes.of(ordered, f, selectorSizes.get(f)));
        }
        Layer[][] made = new Layer[operations][];
        for (int operation = 0; operation < operations; operation++) {
            BitSet matching = new BitSet();
            for (int c = 0; c < ordered.size(); c++) {
                matching.set(c, ordered.get(c).operation() == operation);
            }
            made[operation] = matching.isEmpty() ? new Layer[0] : row(ordered, classes, matching);
        }
        return new DecisionTable(made, ordered);
    }

    /** The layers of one operation by scope. */
    private Layer[] row(List<Clause> clauses, List<Classes> classes, BitSet matching) {
        Map<BitSet, Layer> known = new HashMap<>();
        List<Layer> row = new ArrayList<>();
        fill(clauses, classes, 0, matching, known, row);
        return rows.computeIfAbsent(List.copyOf(row), r -> r.toArray(Layer[]::new));
    }

    /** Runs through the scopes in their order: the last selector varies fastest. */
    private void fill(List<Clause> clauses, List<Classes> classes, int field, BitSet matching,
            Map<BitSet, Layer> known, List<Layer> row) {
        if (field == classes.size()) {
            row.add(known.computeIfAbsent(matching,
                    m -> layers.layer(m.stream().mapToObj(c -> clauses.get(c).term()).distinct().toList())));
            return;
        }
        Classes own = classes.get(field);
        Map<Integer, List<Layer>> done = new HashMap<>();
        for (int number : own.ofValue()) {
            List<Layer> part = done.get(number);
            if (part == null) {
                BitSet narrowed = (BitSet) matching.clone();
                narrowed.and(own.clauses().get(number));
                part = new ArrayList<>();
                fill(clauses, classes, field + 1, narrowed, known, part);
                done.put(number, part);
            }
            row.addAll(part);
        }
    }

    /**
     * The values of a selector field, grouped by the clauses that match them.
     *
     * @param ofValue the group of each value
     * @param clauses the clauses of each group
     */
    private record Classes(List<Integer> ofValue, List<BitSet> clauses) {
        static Classes of(List<Clause> all, int field, int size) {
            Map<BitSet, Integer> numbers = new LinkedHashMap<>();
            BitSet[] byValue = new BitSet[size];
            Arrays.setAll(byValue, v -> new BitSet());
            for (int c = 0; c < all.size(); c++) {
                int clause = c;
                all.get(c).selectors().get(field).stream().filter(v -> v < size).forEach(v -> byValue[v].set(clause));
            }
            List<Integer> ofValue = new ArrayList<>();
            for (BitSet matching : byValue) {
                ofValue.add(numbers.computeIfAbsent(matching, m -> numbers.size()));
            }
            return new Classes(ofValue, List.copyOf(numbers.keySet()));
        }
    }
}
