package io.sluice.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rows of a truth table against ours. Where frame numbers apply rows are matched by frame and place in it; else in
 * order, separately for each direction.
 */
record RowComparison(int compared, int equal, List<Difference> differences) {
    /** A row that only one side has, or whose values differ; {@code columns} says which. */
    record Difference(Map<String, String> truth, Map<String, String> ours, List<String> columns) {
        @Override
        public String toString() {
            if (ours.isEmpty()) {
                return "missing " + truth;
            }
            if (truth.isEmpty()) {
                return "extra " + ours;
            }
            return columns.stream().map(c -> c + " truth=" + truth.get(c) + " ours=" + ours.get(c))
                    .collect(Collectors.joining(", ")) + " in " + truth;
        }
    }

    static RowComparison of(TruthTable truth, List<Map<String, String>> ours, List<String> ignored) {
        Map<String, Map<String, String>> expected = keyed(truth.rows(), truth.framesApply());
        Map<String, Map<String, String>> found = keyed(ours, truth.framesApply());
        List<Difference> differences = new ArrayList<>();
        int equal = 0;
        for (Map.Entry<String, Map<String, String>> entry : expected.entrySet()) {
            Map<String, String> mine = found.remove(entry.getKey());
            if (mine == null) {
                differences.add(new Difference(entry.getValue(), Map.of(), List.of()));
                continue;
            }
            List<String> columns = Stream.concat(entry.getValue().keySet().stream(), Stream.empty())
                    .filter(c -> !ignored.contains(c) && !same(c, entry.getValue(), mine)).toList();
            if (columns.isEmpty()) {
                equal++;
            } else {
                differences.add(new Difference(entry.getValue(), mine, columns));
            }
        }
        if (!truth.lowerBound()) {
            found.values().forEach(extra -> differences.add(new Difference(Map.of(), extra, List.of())));
        }
        return new RowComparison(expected.size(), equal, differences);
    }

    private static boolean same(String column, Map<String, String> truth, Map<String, String> ours) {
        return truth.getOrDefault(column, "").equals(ours.getOrDefault(column, ""));
    }

    private static Map<String, Map<String, String>> keyed(List<Map<String, String>> rows, boolean byFrame) {
        Map<String, Map<String, String>> keyed = new LinkedHashMap<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Map<String, String> row : rows) {
            String group = byFrame ? row.get("frame") : row.get("direction");
            int n = counts.merge(group, 1, Integer::sum);
            keyed.put(group + "#" + n, row);
        }
        return keyed;
    }
}
