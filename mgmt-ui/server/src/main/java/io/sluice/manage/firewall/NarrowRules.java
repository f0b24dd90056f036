package io.sluice.manage.firewall;

import io.sluice.manage.firewall.Requested.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * The fewest rules that allow each of some items with the value it was written with, and nothing else. Items with the same
 * values share one; beyond {@link #MOST}, items and values are thrown together, and {@link #wider} says so.
 *
 * @param rules in braces
 * @param wider what they allow beside the items; empty for most
 */
record NarrowRules(List<String> rules, String wider) {
    private static final int MOST = 16;

    /** All of a rule but for its items and values. */
    private record Frame(String does, Map<String, String> keys, String itemKey) {}

    /** An item, by number or name. */
    private record Thing(int number, String name) implements Comparable<Thing> {
        private static final Comparator<Thing> ORDER = Comparator.comparing(Thing::name)
                .thenComparingInt(Thing::number);

        @Override
        public int compareTo(Thing other) {
            return ORDER.compare(this, other);
        }
    }

    private record Group(Frame frame, Set<String> values) {}

    /**
     * Rules for items.
     *
     * @param wholeNumbers values are whole numbers, so that those that follow one another are a range
     * @param ids free ids of rules, from 0
     */
    static NarrowRules of(List<Item> items, boolean wholeNumbers, IntFunction<String> ids) {
        Map<Frame, Map<Thing, Set<String>>> frames = new LinkedHashMap<>();
        items.forEach(
                i -> frames.computeIfAbsent(new Frame(i.does(), i.keys(), i.itemKey()), _ -> new LinkedHashMap<>())
                        .computeIfAbsent(new Thing(i.itemKey().isEmpty() ? 0 : i.number(), i.name()),
                                _ -> new TreeSet<>())
                        .add(i.value()));
        Map<Group, Set<Thing>> groups = new LinkedHashMap<>();
        frames.forEach((frame, things) -> things.forEach((thing, values) -> groups
                .computeIfAbsent(new Group(frame, values), _ -> new TreeSet<>()).add(thing)));
        Set<String> wider = new TreeSet<>(items.stream().map(Item::wider).filter(w -> !w.isEmpty()).toList());
        Map<Group, Set<Thing>> all = groups;
        if (groups.size() > MOST) {
            all = new LinkedHashMap<>();
            for (Map.Entry<Frame, Map<Thing, Set<String>>> frame : frames.entrySet()) {
                Set<String> values = frame.getValue().values().stream().flatMap(Set::stream)
                        .collect(Collectors.toCollection(TreeSet::new));
                all.put(new Group(frame.getKey(), values), new TreeSet<>(frame.getValue().keySet()));
            }
            wider.add("each of these values at each of these addresses");
        }
        List<String> rules = new ArrayList<>();
        all.forEach((group, things) -> rules.add(rule(ids.apply(rules.size()), group, things, wholeNumbers)));
        return new NarrowRules(List.copyOf(rules), String.join(", ", wider));
    }

    private static String rule(String id, Group group, Set<Thing> things, boolean wholeNumbers) {
        List<String> keys = new ArrayList<>();
        keys.add("id: " + id);
        keys.add("do: " + group.frame.does);
        group.frame.keys.forEach((key, value) -> keys.add(key + ": " + value));
        if (!group.frame.itemKey.isEmpty()) {
            boolean named = things.stream().anyMatch(t -> !t.name.isEmpty());
            keys.add(group.frame.itemKey + ": " + list(named
                    ? things.stream().map(Thing::name).toList()
                    : ranges(things.stream().map(t -> (long) t.number).toList())));
        }
        if (!group.values.contains("")) {
            keys.add("value: " + list(wholeNumbers
                    ? ranges(group.values.stream().map(Long::parseLong).sorted().toList())
                    : List.copyOf(group.values)));
        }
        return "{" + String.join(", ", keys) + "}";
    }

    private static String list(List<String> texts) {
        return texts.size() == 1 ? texts.getFirst() : "[" + String.join(", ", texts) + "]";
    }

    /** @param numbers ascending */
    private static List<String> ranges(List<Long> numbers) {
        List<String> ranges = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= numbers.size(); i++) {
            if (i == numbers.size() || numbers.get(i) != numbers.get(i - 1) + 1) {
                ranges.add(from == i - 1 ? "" + numbers.get(from) : numbers.get(from) + ".." + numbers.get(i - 1));
                from = i;
            }
        }
        return ranges;
    }
}
