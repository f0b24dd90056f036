package io.sluice.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A policy over a recording's zones and assets that is changed at random, as by somebody who tries. */
final class RandomEdits {
    private static final List<String> MODBUS = List.of("do: read, unit: 1",
            "do: read, space: [holding, input], unit: 1",
            "do: read, space: coil, unit: 1, address: 0..N",
            "do: write, space: holding, unit: 1, address: 100..N, value: 0..V",
            "do: write, space: holding, unit: 1, address: N, value: any",
            "do: write, space: coil, unit: 1, address: 12",
            "do: function 43/14", "do: function 8/1", "do: read, unit: 2");
    private static final List<String> OPCUA = List.of("do: [browse, read, subscribe]", "do: [browse, read]",
            "do: [browse, read, subscribe, history_read]",
            "do: read, node: [\"ns=2;s=Line3.Speed\", \"ns=2;s=Line3.Tag.N\"]",
            "do: write, node: [\"ns=2;s=Line3.Speed\", \"ns=2;i=4711\"], attribute: value, value: 0..V",
            "do: write, node: \"ns=2;s=Line3.Image\", attribute: value", "do: write, node: any, attribute: any",
            "do: write, node: [\"ns=2;s=Line3.Recipe\", \"ns=2;s=Line3.Tag.N\"], attribute: value",
            "do: call, object: \"ns=2;s=Line3\", method: \"ns=2;s=Line3.Reset\"", "do: subscribe");
    private static final List<String> CHANNELS = List.of("", "", "    channel: {mode: [none, sign]}\n",
            "    channel: {mode: [sign]}\n", "    channel: {min_security: Basic256Sha256, mode: [sign]}\n",
            "    channel: {mode: [none], user: [anonymous]}\n",
            "    channel: {client_certificate: pinned, mode: [sign]}\n");

    private final RandomGenerator random;
    private final boolean modbus;
    private final String head;
    private final List<String> sources;
    private final List<String> targets;
    private final List<String> rules = new ArrayList<>();
    private List<String> conduits = List.of();
    private int ids;

    /**
     * Edits of a policy.
     *
     * @param head everything before the conduits, windows left out
     * @param boundary a time of day, in the middle of the recording
     */
    RandomEdits(RandomGenerator random, boolean modbus, String head, String boundary, List<String> sources,
            List<String> targets) {
        this.random = random;
        this.modbus = modbus;
        this.head = head + "windows:\n  early: {days: [mon, tue, wed, thu, fri, sat, sun], hours: \"00:00-" + boundary
                + "\", timezone: UTC}\n  never: {days: [sun], hours: \"04:00-04:01\", timezone: UTC}\n";
        this.sources = sources;
        this.targets = targets;
    }

    /** The next version: mostly rules differ, now and then conduits, demands or ports. */
    String next() {
        if (conduits.isEmpty() || random.nextInt(8) == 0) {
            conduits = conduits();
            rules.clear();
        }
        while (rules.size() < conduits.size()) {
            rules.add("");
        }
        int changed = random.nextInt(conduits.size());
        rules.set(changed, rules(conduits.get(changed).contains("protocol:")));
        StringBuilder policy = new StringBuilder(head).append("conduits:\n");
        for (int i = 0; i < conduits.size(); i++) {
            if (rules.get(i).isEmpty()) {
                rules.set(i, rules(conduits.get(i).contains("protocol:")));
            }
            policy.append(conduits.get(i)).append(rules.get(i));
        }
        return policy.toString();
    }

    private List<String> conduits() {
        List<String> made = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            String protocol = modbus ? "modbus" : "opcua";
            String service = switch (random.nextInt(8)) {
                case 0 -> "";
                case 1 -> "    protocol: {" + protocol + ": {port: 1502}}\n";
                default -> "    protocol: " + protocol + "\n";
            };
            String channel = modbus || service.isEmpty() ? "" : pick(CHANNELS);
            made.add("  c" + i + ":\n    from: " + pick(sources) + "\n    to: " + pick(targets) + "\n" + service
                    + channel
                    + "    on_deny: " + pick(List.of("reset", "drop")) + "\n");
        }
        return made;
    }

    private String rules(boolean inspected) {
        StringBuilder text = new StringBuilder("    allow:\n");
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            text.append(rule(inspected, true));
        }
        if (random.nextInt(3) == 0) {
            text.append("    deny:\n").append(rule(inspected, false));
        }
        return text.toString();
    }

    private String rule(boolean inspected, boolean allow) {
        String body = inspected
                ? pick(modbus ? MODBUS : OPCUA)
                : pick(List.of("do: tcp, port: 502", "do: tcp, port: 4840",
                        "do: ping", "do: tcp, port: 1..1000"));
        body = body.replace("N", Integer.toString(100 + random.nextInt(40))).replace("V",
                Integer.toString(random.nextInt(2000)));
        String rate = allow && random.nextInt(4) == 0
                ? ", rate: " + (1 + random.nextInt(3)) + pick(List.of("/s", "/min")) + " burst "
                        + (1 + random.nextInt(5))
                : "";
        String window = random.nextInt(4) == 0 ? ", window: " + pick(List.of("early", "early", "never")) : "";
        return "      - {id: " + (allow ? "a" : "d") + ids++ + ", " + body + rate + window + "}\n";
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
