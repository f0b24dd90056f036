package io.sluice.rules.learn;

import io.sluice.dissect.OrderedNumber;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which written items share a rule, and what values it permits. Each item's range of values is widened by the margin;
 * items share a range if none gets one more than {@link #factor} times as wide as its own.
 */
final class ValueGroups {
    /** Rules for one sort of write; where more would be needed, the factor is doubled. */
    private static final int MOST_GROUPS = 16;

    /** An item, and what was written to it. */
    record Item(int number, String name, Values values) {}

    /** Items that share their values. {@code values} is empty where any value is meant. */
    record Group(List<Item> items, List<String> values) {}

    private record Wide(Item item, double low, double high) {
        double width() {
            return high - low + 1;
        }
    }

    private final int margin;
    private final boolean decimal;
    private final double most;
    private double factor = 2;

    /**
     * @param decimal whether values are {@link OrderedNumber}s; whole numbers otherwise
     * @param most largest value, and the smallest without its sign
     */
    ValueGroups(int margin, boolean decimal, double most) {
        this.margin = margin;
        this.decimal = decimal;
        this.most = most;
    }

    /** How many times as wide as its own an item's range may have become. */
    double factor() {
        return factor;
    }

    List<Group> of(List<Item> items) {
        List<Group> groups = groups(items);
        while (groups.size() > MOST_GROUPS && factor < 1e9) {
            factor *= 2;
            groups = groups(items);
        }
        return groups;
    }

    private List<Group> groups(List<Item> items) {
        List<Item> any = new ArrayList<>();
        TreeMap<String, List<Item>> byTexts = new TreeMap<>();
        List<Wide> numbers = new ArrayList<>();
        for (Item item : items) {
            boolean statable = item.values().texts().stream().allMatch(YamlText::isStatable);
            if (!statable || item.values().moreTexts()
                    || (!item.values().hasNumbers() && item.values().texts().isEmpty())) {
                any.add(item);
            } else if (!item.values().texts().isEmpty()) {
                byTexts.computeIfAbsent(texts(item.values()).toString(), _ -> new ArrayList<>()).add(item);
            } else {
                numbers.add(widened(item));
            }
        }
        List<Group> groups = new ArrayList<>(numeric(numbers));
        byTexts.values().forEach(same -> groups.add(new Group(same, texts(same.getFirst().values()))));
        if (!any.isEmpty()) {
            groups.add(new Group(any, List.of()));
        }
        return groups;
    }

    private List<String> texts(Values values) {
        List<String> all = new ArrayList<>();
        if (values.hasNumbers()) {
            Wide wide = widened(new Item(0, "", values));
            all.add(range(wide.low(), wide.high()));
        }
        values.texts().forEach(text -> all.add(YamlText.quoted(text)));
        return all;
    }

    /** Neighbours in the order of their smallest values are compared; those with equal ranges then share a rule. */
    private List<Group> numeric(List<Wide> numbers) {
        TreeMap<String, List<Item>> byRange = new TreeMap<>();
        List<Wide> run = new ArrayList<>();
        for (Wide next : numbers.stream().sorted(Comparator.comparingDouble(Wide::low).thenComparingDouble(Wide::high)
                .thenComparingInt(w -> w.item().number()).thenComparing(w -> w.item().name())).toList()) {
            run.add(next);
            if (!isAlike(run)) {
                run.removeLast();
                close(run, byRange);
                run = new ArrayList<>(List.of(next));
            }
        }
        close(run, byRange);
        return byRange.entrySet().stream().map(e -> new Group(e.getValue(), List.of(e.getKey()))).toList();
    }

    private boolean isAlike(List<Wide> run) {
        double width = high(run) - low(run) + 1;
        return run.stream().allMatch(w -> width <= factor * w.width());
    }

    private static double low(List<Wide> run) {
        return run.stream().mapToDouble(Wide::low).min().orElse(0);
    }

    private static double high(List<Wide> run) {
        return run.stream().mapToDouble(Wide::high).max().orElse(0);
    }

    private void close(List<Wide> run, Map<String, List<Item>> byRange) {
        if (!run.isEmpty()) {
            byRange.computeIfAbsent(range(low(run), high(run)), _ -> new ArrayList<>())
                    .addAll(run.stream().map(Wide::item).toList());
        }
    }

    private Wide widened(Item item) {
        double low = decimal ? OrderedNumber.number(item.values().low()) : item.values().low();
        double high = decimal ? OrderedNumber.number(item.values().high()) : item.values().high();
        double by = (high - low) * margin / 100;
        if (low >= 0 && high <= 1 && isWhole(low) && isWhole(high)) {
            by = 0; // on and off
        }
        boolean whole = isWhole(low) && isWhole(high);
        double least = low >= 0 ? 0 : -most; // below zero only where something was
        return new Wide(item, Math.max(least, whole ? Math.floor(low - by) : low - by),
                Math.min(most, whole ? Math.ceil(high + by) : high + by));
    }

    private static boolean isWhole(double number) {
        return Math.rint(number) == number;
    }

    private static String range(double low, double high) {
        String from = OrderedNumber.text(OrderedNumber.of(low));
        String to = OrderedNumber.text(OrderedNumber.of(high));
        return from.equals(to) ? from : from + ".." + to;
    }
}
