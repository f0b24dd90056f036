package io.sluice.manage.firewall;

import io.sluice.manage.Refused;
import io.sluice.replay.Replay.Judge;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.Network;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Problem;
import io.sluice.rules.policy.Zone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says where addresses of a recording lie, where the policy tells by ports, which a recording does not know. The networks that
 * are given for a zone then count alone.
 */
final class Placement {
    private final Map<String, String> zoneByNetwork;

    Placement(Map<String, String> zoneByNetwork) {
        this.zoneByNetwork = zoneByNetwork;
    }

    Judge apply(PolicyText.Sound sound) throws Refused {
        Policy policy = sound.policy();
        Map<String, List<Network>> networks = new LinkedHashMap<>();
        List<String> written = new ArrayList<>();
        for (Map.Entry<String, String> entry : zoneByNetwork.entrySet()) {
            Optional<Network> network = Network.parse(entry.getKey());
            if (network.isEmpty()) {
                throw Refused.wrong(Network.problem(entry.getKey()).orElse("that is no network"));
            }
            if (policy.zones().containsKey(entry.getValue())) {
                networks.computeIfAbsent(entry.getValue(), _ -> new ArrayList<>()).add(network.get());
                written.add(entry.getValue() + "=" + entry.getKey());
            }
        }
        if (networks.isEmpty()) {
            return new Judge(policy, sound.compiled(), List.of());
        }
        Map<String, Zone> zones = new LinkedHashMap<>(policy.zones());
        networks.forEach((name, list) -> zones.computeIfPresent(name, (_, zone) -> new Zone(name, zone.ports(),
                zone.vlans(), list, zone.broker(), zone.position())));
        Policy placed = new Policy(policy.name(), policy.mode(), policy.whenUnsure(), policy.timezone(), zones,
                policy.assets(), policy.windows(), policy.conduits(), policy.expectations());
        return switch (PolicyCompiler.compile(placed, sound.compiled().hash())) {
            case PolicyCompiler.Result.Compiled compiled -> new Judge(placed, compiled.policy(), written);
            case PolicyCompiler.Result.Refused refused -> throw Refused.wrong("with these places the policy cannot"
                    + " decide: " + refused.problems().stream().map(Problem::text).collect(Collectors.joining("; ")));
        };
    }
}
