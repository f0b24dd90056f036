package io.sluice.testdata;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Random policies as text, over domains so small that rules meet often: assets {@code a} and {@code b} in zone
 * {@code left}, {@code c} and {@code d} in zone {@code right}, with Modbus, OPC UA and plain conduits. The compiler refuses some of
 * them, where an allow lies inside a deny.
 */
public final class RandomPolicy {
    /** Node ids that rules may name. */
    public static final List<String> NODES = List.of("ns=2;s=Speed", "ns=2;i=7", "i=85");

    private static final List<String> FROM = List.of("left", "a", "b");
    private static final List<String> TO = List.of("right", "c", "d");
    private static final List<String> SPACES = List.of("coil", "holding", "input", "file");

    private final RandomGenerator random;
    private final List<Conduit> conduits = new ArrayList<>();
    private int ids;

    /** A rule: its keys but {@code id}, each with the parts of its value. */
    private record Rule(boolean deny, Map<String, List<String>> keys) {
        Rule with(String key, List<String> parts) {
            Map<String, List<String>> other = new LinkedHashMap<>(keys);
            other.put(key, parts);
            if (!other.getOrDefault("do", List.of()).contains("write")) {
                other.remove("value");
            }
            return new Rule(deny, other);
        }
    }

    private record Conduit(String from, String to, String protocol, List<Rule> rules) {}

    private RandomPolicy(RandomGenerator random, List<Conduit> conduits) {
        this.random = random;
        this.conduits.addAll(conduits);
    }

    /** With one to four conduits of up to four rules. */
    public static RandomPolicy of(RandomGenerator random) {
        RandomPolicy policy = new RandomPolicy(random, List.of());
        for (int c = random.nextInt(4); c >= 0; c--) {
            policy.conduits.add(policy.conduit());
        }
        return policy;
    }

    /** The same with one to three rules added, left out or replaced, or another conduit. */
    public RandomPolicy changed() {
        RandomPolicy changed = new RandomPolicy(random, conduits);
        for (int n = random.nextInt(3); n >= 0; n--) {
            int at = random.nextInt(changed.conduits.size());
            Conduit conduit = changed.conduits.get(at);
            List<Rule> rules = new ArrayList<>(conduit.rules);
            switch (random.nextInt(4)) {
                case 0 -> changed.conduits.add(conduit());
                case 1 -> rules.add(rule(conduit.protocol));
                default -> {
                    if (!rules.isEmpty()) {
                        int which = random.nextInt(rules.size());
                        rules.set(which, rule(conduit.protocol));
                    }
                }
            }
            changed.conduits.set(at, new Conduit(conduit.from, conduit.to, conduit.protocol, rules));
        }
        return changed;
    }

    /** The same policy in other words: rules split in two, everything in another order, with other ids. */
    public RandomPolicy rewritten() {
        List<Conduit> others = new ArrayList<>();
        for (Conduit conduit : conduits) {
            List<Rule> rules = new ArrayList<>();
            conduit.rules.forEach(r -> rules.addAll(split(r)));
            shuffle(rules);
            others.add(new Conduit(conduit.from, conduit.to, conduit.protocol, rules));
        }
        shuffle(others);
        RandomPolicy rewritten = new RandomPolicy(random, others);
        rewritten.ids = 1_000;
        return rewritten;
    }

    private void shuffle(List<?> list) {
        Collections.shuffle(list, new Random(random.nextLong()));
    }

    /** In two, but for a rule with a rate: two rules are metered apart. */
    private List<Rule> split(Rule rule) {
        if (rule.keys.containsKey("rate")) {
            return List.of(rule);
        }
        for (Map.Entry<String, List<String>> key : rule.keys.entrySet()) {
            List<String> parts = key.getValue();
            if (parts.size() > 1) {
                return List.of(rule.with(key.getKey(), parts.subList(0, 1)),
                        rule.with(key.getKey(), parts.subList(1, parts.size())));
            }
            String[] ends = parts.getFirst().split("\\.\\.", -1);
            boolean numbers = ends.length == 2 && ends[0].matches("[0-9]+") && !keysOfOpcUa(rule);
            int low = numbers ? Integer.parseInt(ends[0]) : 0;
            int high = numbers ? Integer.parseInt(ends[1]) : 0;
            if (low < high) {
                int middle = low + random.nextInt(high - low);
                return List.of(rule.with(key.getKey(), List.of(low + ".." + middle)),
                        rule.with(key.getKey(), List.of(middle + 1 + ".." + high)));
            }
        }
        return List.of(rule);
    }

    /** Between 2 and 3 lie other numbers there. */
    private static boolean keysOfOpcUa(Rule rule) {
        return rule.keys.containsKey("node");
    }

    private Conduit conduit() {
        String protocol = any(List.of("modbus", "modbus", "opcua", "opcua", ""));
        List<Rule> rules = new ArrayList<>();
        for (int r = random.nextInt(4); r >= 0; r--) {
            rules.add(rule(protocol));
        }
        boolean forth = random.nextInt(5) > 0;
        String from = any(FROM);
        String to = any(TO);
        return new Conduit(forth ? from : to, forth ? to : from, protocol, rules);
    }

    private Rule rule(String protocol) {
        boolean deny = random.nextInt(4) == 0;
        Map<String, List<String>> keys = new LinkedHashMap<>();
        switch (protocol) {
            case "modbus" -> modbus(keys, deny);
            case "opcua" -> opcua(keys, deny);
            default -> plain(keys);
        }
        if (random.nextInt(5) == 0) {
            keys.put("window", List.of(any(List.of("w0", "w1", "w2"))));
        }
        if (!deny && random.nextInt(6) == 0) {
            keys.put("rate", List.of(any(List.of("1/s", "60/min burst 1", "5/h"))));
        }
        return new Rule(deny, keys);
    }

    private void modbus(Map<String, List<String>> keys, boolean deny) {
        switch (random.nextInt(6)) {
            case 0 -> keys.put("do", List.of("function 43/14", "function 8/0"));
            case 1, 2 -> keys.put("do", List.of("read"));
            case 3 -> keys.put("do", List.of("read", "write"));
            default -> keys.put("do", List.of("write"));
        }
        boolean function = keys.get("do").getFirst().startsWith("f");
        boolean write = keys.get("do").contains("write");
        boolean must = write && !deny;
        if (must || random.nextBoolean()) {
            keys.put("unit", random.nextInt(4) == 0 ? List.of("0") : ranges(1, 3));
        }
        if (function) {
            return;
        }
        String space = any(SPACES.subList(0, write ? 2 : 4));
        String other = write && random.nextInt(4) == 0 ? "file" : space;
        if (must || random.nextBoolean()) {
            keys.put("space", List.of(random.nextInt(5) == 0 && write ? "any" : other));
        }
        if (must || random.nextBoolean()) {
            keys.put("address", random.nextInt(5) == 0 ? List.of("any") : ranges(0, 9));
        }
        boolean file = keys.getOrDefault("space", List.of()).contains("file");
        if ((must && file) || random.nextInt(6) == 0) {
            keys.put("file", random.nextBoolean() ? List.of("any") : ranges(1, 3));
        }
        if (write && random.nextInt(3) > 0) {
            keys.put("value", ranges(0, 4));
        }
    }

    private void opcua(Map<String, List<String>> keys, boolean deny) {
        String act = any(List.of("read", "browse", "write", "write", "call", "subscribe", "service 15903"));
        keys.put("do", act.equals("read") && random.nextBoolean() ? List.of("read", "subscribe") : List.of(act));
        boolean must = act.equals("write") && !deny;
        if (act.equals("call")) {
            keys.put("method", nodes());
            if (random.nextBoolean()) {
                keys.put("object", nodes());
            }
        } else if (!act.startsWith("service") && (must || random.nextInt(3) > 0)) {
            keys.put("node", nodes());
        }
        if (List.of("read", "write", "subscribe").contains(act) && random.nextInt(3) == 0) {
            keys.put("attribute", any(List.of(List.of("value"), List.of("value", "display_name"), List.of("any"))));
        }
        if (act.equals("write") && random.nextInt(3) > 0) {
            keys.put("value", any(List.of(List.of("0..10"), List.of("-1.5..2.5", "\"auto\""), List.of("\"auto\""),
                    List.of("5", "\"manual\""))));
        }
    }

    private void plain(Map<String, List<String>> keys) {
        keys.put("do", List.of(any(List.of("tcp", "tcp", "udp", "ping"))));
        if (!keys.get("do").contains("ping")) {
            keys.put("port", any(List.of(List.of("502"), List.of("500..504"), List.of("80", "443"), List.of("any"))));
        }
    }

    private List<String> nodes() {
        List<String> nodes = new ArrayList<>();
        if (random.nextInt(4) == 0) {
            return List.of("any");
        }
        NODES.stream().filter(n -> random.nextBoolean()).forEach(nodes::add);
        return nodes.isEmpty() ? NODES.subList(0, 1) : nodes;
    }

    private List<String> ranges(int least, int most) {
        List<String> ranges = new ArrayList<>();
        for (int n = random.nextInt(2); n >= 0; n--) {
            int low = least + random.nextInt(most - least);
            int high = low + random.nextInt(most - low + 1);
            ranges.add(low == high ? "" + low : low + ".." + high);
        }
        return ranges.stream().distinct().toList();
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** The policy's text. */
    public String yaml() {
        StringBuilder text = new StringBuilder("""
                policy: random
                mode: enforce
                zones:
                  left: {ports: [l]}
                  right: {ports: [r]}
                assets:
                  a: {zone: left, address: 10.0.1.1}
                  b: {zone: left, address: 10.0.1.2}
                  c: {zone: right, address: 10.0.2.1}
                  d: {zone: right, address: 10.0.2.2}
                windows:
                  w0: {days: [sat], hours: "06:00-10:00", timezone: Europe/Paris}
                  w1: {days: [mon-fri], hours: "22:00-06:00", timezone: Europe/Paris}
                  w2: {days: [sat, sun], hours: "00:00-24:00", timezone: Europe/Paris}
                conduits:
                """);
        for (Conduit conduit : conduits) {
            text.append("  c").append(ids++).append(":\n    from: ").append(conduit.from).append("\n    to: ")
                    .append(conduit.to).append('\n');
            if (!conduit.protocol.isEmpty()) {
                text.append("    protocol: ").append(conduit.protocol).append('\n');
            }
            rules(text, conduit, false);
            rules(text, conduit, true);
        }
        return text.toString();
    }

    private void rules(StringBuilder text, Conduit conduit, boolean deny) {
        List<Rule> rules = conduit.rules.stream().filter(r -> r.deny == deny).toList();
        if (rules.isEmpty()) {
            return;
        }
        text.append(deny ? "    deny:\n" : "    allow:\n");
        for (Rule rule : rules) {
            text.append("      - {id: r").append(ids++);
            rule.keys.forEach((key, parts) -> text.append(", ").append(key).append(": ")
                    .append(parts.size() == 1
                            ? written(parts.getFirst())
                            : parts.stream().map(RandomPolicy::written).collect(Collectors.joining(", ", "[", "]"))));
            text.append("}\n");
        }
    }

    private static String written(String part) {
        return part.contains("=") ? '"' + part + '"' : part;
    }
}
