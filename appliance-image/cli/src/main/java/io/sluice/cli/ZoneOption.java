package io.sluice.cli;

import io.sluice.replay.Replay.Judge;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.Network;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Problem;
import io.sluice.rules.policy.Zone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code --zone}: says where addresses of a capture lie, in addition to what the policy tells. */
final class ZoneOption {
    private ZoneOption() {}

    /** The policy with the given networks as the networks of those zones, which then count alone. */
    static Judge apply(LoadedPolicy.Sound loaded, Map<String, String> given) throws WrongUsage, CouldNotRun {
        if (given.isEmpty()) {
            return new Judge(loaded.policy(), loaded.compiled(), List.of());
        }
        Policy policy = loaded.policy();
        Map<String, Zone> zones = new LinkedHashMap<>(policy.zones());
        List<String> written = new ArrayList<>();
        for (Map.Entry<String, String> entry : given.entrySet()) {
            Zone zone = zones.get(entry.getKey());
            if (zone == null) {
                throw new WrongUsage("--zone " + entry.getKey() + "=…: the policy has no zone `" + entry.getKey()
                        + "`; it has " + String.join(", ", policy.zones().keySet()));
            }
            zones.put(zone.name(), new Zone(zone.name(), zone.ports(), zone.vlans(), networks(entry), zone.broker(),
                    zone.position()));
            written.add(entry.getKey() + "=" + entry.getValue());
        }
        Policy placed = new Policy(policy.name(), policy.mode(), policy.whenUnsure(), policy.timezone(), zones,
                policy.assets(), policy.windows(), policy.conduits(), policy.expectations());
        return new Judge(placed, compile(placed, loaded.compiled()), written);
    }

    private static List<Network> networks(Map.Entry<String, String> entry) throws WrongUsage {
        List<Network> networks = new ArrayList<>();
        for (String text : entry.getValue().split(",", -1)) {
            networks.add(Network.parse(text.strip()).orElseThrow(() -> new WrongUsage("--zone " + entry.getKey() + "="
                    + entry.getValue() + ": `" + text + "` is not a network such as 10.3.1.0/24")));
        }
        return networks;
    }

    private static CompiledPolicy compile(Policy placed, CompiledPolicy before) throws CouldNotRun {
        return switch (PolicyCompiler.compile(placed, before.hash())) {
            case PolicyCompiler.Result.Compiled compiled -> compiled.policy();
            case PolicyCompiler.Result.Refused refused -> throw new CouldNotRun("with --zone the policy cannot decide: "
                    + refused.problems().stream().map(Problem::text).collect(Collectors.joining("; ")));
        };
    }
}
