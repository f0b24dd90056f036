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
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code --zone}: says where addresses of a capture lie, in addition to what the policy tells. */
final class ZoneOption {
    /** As written, by zone. */
    private final Map<String, String> given;
    private final Map<String, List<Network>> networks = new LinkedHashMap<>();

    ZoneOption(Map<String, String> given) throws WrongUsage {
        this.given = given;
        for (Map.Entry<String, String> entry : given.entrySet()) {
            List<Network> list = new ArrayList<>();
            for (String text : entry.getValue().split(",", -1)) {
                list.add(network(entry.getKey(), text.strip()));
            }
            networks.put(entry.getKey(), list);
        }
    }

    /** Networks as written, with commas between, by zone name, in the order given. */
    static Map<String, String> byName(List<String> options) throws WrongUsage {
        Map<String, String> byName = new LinkedHashMap<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            if (equals < 1) {
                throw new WrongUsage("--zone " + option + ": write ZONE=NETWORK, as in --zone cell-3=10.3.1.0/24");
            }
            byName.merge(option.substring(0, equals), option.substring(equals + 1), (one, more) -> one + "," + more);
        }
        return byName;
    }

    private static Network network(String zone, String text) throws WrongUsage {
        Optional<String> problem = Network.problem(text);
        if (problem.isPresent()) {
            throw new WrongUsage("--zone " + zone + ": " + problem.get());
        }
        return Network.parse(text).orElseThrow();
    }

    /** A zone that neither policy has is a slip of the pen; one that only one of them has is what they differ in. */
    void requireKnown(LoadedPolicy.Sound policy, Optional<LoadedPolicy.Sound> baseline) throws WrongUsage {
        for (String zone : given.keySet()) {
            if (!policy.policy().zones().containsKey(zone)
                    && baseline.filter(b -> b.policy().zones().containsKey(zone)).isEmpty()) {
                throw new WrongUsage("--zone " + zone + "=…: policy `" + policy.policy().name() + "` has no zone `"
                        + zone + "`; it has " + String.join(", ", policy.policy().zones().keySet()));
            }
        }
    }

    /** The policy with the given networks as the networks of those zones, which then count alone. */
    Judge apply(LoadedPolicy.Sound loaded) throws CouldNotRun {
        Policy policy = loaded.policy();
        Map<String, Zone> zones = new LinkedHashMap<>(policy.zones());
        List<String> written = new ArrayList<>();
        networks.forEach((name, list) -> zones.computeIfPresent(name, (_, zone) -> {
            written.add(name + "=" + given.get(name));
            return new Zone(name, zone.ports(), zone.vlans(), list, zone.broker(), zone.position());
        }));
        if (written.isEmpty()) {
            return new Judge(policy, loaded.compiled(), List.of());
        }
        Policy placed = new Policy(policy.name(), policy.mode(), policy.whenUnsure(), policy.timezone(), zones,
                policy.assets(), policy.windows(), policy.conduits(), policy.expectations());
        return new Judge(placed, compile(placed, loaded.compiled()), written);
    }

    private static CompiledPolicy compile(Policy placed, CompiledPolicy before) throws CouldNotRun {
        return switch (PolicyCompiler.compile(placed, before.hash())) {
            case PolicyCompiler.Result.Compiled compiled -> compiled.policy();
            case PolicyCompiler.Result.Refused refused -> throw new CouldNotRun("with --zone the policy cannot decide: "
                    + refused.problems().stream().map(Problem::text).collect(Collectors.joining("; ")));
        };
    }
}
