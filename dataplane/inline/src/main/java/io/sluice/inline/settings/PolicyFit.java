package io.sluice.inline.settings;

import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Problem;
import io.sluice.rules.policy.Zone;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compares the ports and zones of settings with those of a policy. */
final class PolicyFit {
    private final Settings settings;
    private final Policy policy;
    private final List<Problem> problems = new ArrayList<>();

    PolicyFit(Settings settings, Policy policy) {
        this.settings = settings;
        this.policy = policy;
    }

    List<Problem> problems() {
        Set<String> used = new HashSet<>();
        policy.zones().values().forEach(zone -> zone.ports().forEach(port -> {
            used.add(port);
            requirePort(zone, port);
        }));
        settings.ports().values().stream().filter(port -> !used.contains(port.name())).forEach(port -> problems.add(
                Problem.error(port.position(), "port `" + port.name() + "` belongs to no zone of policy `"
                        + policy.name()
                        + "`, so nothing that enters there could be judged; add it to the `ports` of a zone, or take it"
                        + " out of the settings")));
        jump();
        return List.copyOf(problems);
    }

    private void requirePort(Zone zone, String port) {
        if (!settings.ports().containsKey(port)) {
            problems.add(Problem.error(zone.position(), "zone `" + zone.name() + "` has port `" + port
                    + "`, which the settings do not know; known are `" + String.join("`, `", settings.ports().keySet())
                    + "`"));
        }
    }

    private void jump() {
        boolean broker = policy.zones().values().stream().anyMatch(Zone::broker);
        settings.jump().ifPresent(jump -> {
            if (!broker) {
                problems.add(Problem.error(jump.position(), "`jump` is set, but policy `" + policy.name()
                        + "` has no zone with `broker: true` that jump sessions could live in; add one, or take `jump`"
                        + " out of the settings"));
            }
            jump.addresses().stream().filter(a -> !policy.zones().containsKey(a.zone())).forEach(a -> problems.add(
                    Problem.error(a.position(), "zone `" + a.zone() + "` of this jump address is not in policy `"
                            + policy.name() + "`; known are `" + String.join("`, `", policy.zones().keySet()) + "`")));
        });
    }
}
