package io.sluice.rules.policy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a policy declares, known before anything refers to it, and which of it is referred to. A name counts as declared
 * even where its own entry is wrong, so that one mistake is reported once.
 */
final class Names {
    private final Problems problems;
    private final Map<String, Position> zones = new LinkedHashMap<>();
    private final Map<String, Position> assets = new LinkedHashMap<>();
    private final Map<String, Position> windows = new LinkedHashMap<>();
    private final Map<String, Position> conduits = new LinkedHashMap<>();
    private final Map<String, RuleId> rules = new HashMap<>();
    private final Set<String> usedWindows = new HashSet<>();

    /** A rule's id, and where it stands. */
    record RuleId(Position position, boolean deny) {}

    Names(Section policy, Problems problems) {
        this.problems = problems;
        declare(policy, "zones", zones);
        declare(policy, "assets", assets);
        declare(policy, "windows", windows);
        declare(policy, "conduits", conduits);
        assets.forEach((name, position) -> {
            Position zone = zones.get(name);
            if (zone != null) {
                problems.error(position, "asset " + Problems.quote(name) + " has the name of the zone in line "
                        + zone.line() + "; give one of them another name");
            }
        });
    }

    /** What rules may refer to that belong to a policy without being part of it: its windows. Their ids are their own. */
    Names(Policy policy, Problems problems) {
        this.problems = problems;
        policy.windows().forEach((name, window) -> windows.put(name, window.position()));
    }

    private static void declare(Section policy, String key, Map<String, Position> names) {
        if (policy.find(key).orElse(null) instanceof Yaml.Mapping mapping) {
            mapping.entries().forEach(e -> names.put(e.key().value(), e.key().position()));
        }
    }

    /** Declares a rule's id; false if it is taken. */
    boolean declareRule(String id, Position position, boolean deny) {
        RuleId first = rules.putIfAbsent(id, new RuleId(position, deny));
        if (first != null) {
            problems.error(position, "rule id " + Problems.quote(id) + " is taken by the rule in line "
                    + first.position().line() + "; ids are unique over the whole policy");
        }
        return first == null;
    }

    Optional<RuleId> rule(String id) {
        return Optional.ofNullable(rules.get(id));
    }

    Iterable<String> rules() {
        return () -> rules.keySet().stream().sorted().iterator();
    }

    boolean isZone(String name, Position position) {
        return check("zone", name, position, zones);
    }

    boolean isWindow(String name, Position position) {
        usedWindows.add(name);
        return check("window", name, position, windows);
    }

    boolean isConduit(String name, Position position) {
        return check("conduit", name, position, conduits);
    }

    boolean isPlace(String name, Position position) {
        if (zones.containsKey(name) || assets.containsKey(name)) {
            return true;
        }
        problems.unknown(position, "asset or zone", name,
                () -> Stream.concat(zones.keySet().stream(), assets.keySet().stream()).sorted().iterator());
        return false;
    }

    boolean isAsset(String name) {
        return assets.containsKey(name);
    }

    private boolean check(String what, String name, Position position, Map<String, Position> names) {
        if (!names.containsKey(name)) {
            problems.unknown(position, what, name, names.keySet());
        }
        return names.containsKey(name);
    }

    void warnOfUnusedWindows() {
        windows.forEach((name, position) -> {
            if (!usedWindows.contains(name)) {
                problems.warning(position, "window " + Problems.quote(name) + " is used by no rule");
            }
        });
    }
}
