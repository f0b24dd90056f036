package io.sluice.replay;

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

/** Where addresses of a capture lie, as a person says it beside the policy ({@code --zone}). */
public final class GivenZones {
    /** As written, by zone. */
    private final Map<String, String> given;
    private final Map<String, List<Network>> networks = new LinkedHashMap<>();

    /**
     * Reads networks.
     *
     * @param given as {@link #byName} gives them
     * @throws IllegalArgumentException with a sentence, if one is none
     */
    public GivenZones(Map<String, String> given) {
        this.given = new LinkedHashMap<>(given);
        given.forEach((zone, texts) -> {
            List<Network> list = new ArrayList<>();
            for (String text : texts.split(",", -1)) {
                list.add(network(zone, text.strip()));
            }
            networks.put(zone, list);
        });
    }

    /**
     * Networks as written, with commas between, by zone name, in the order given.
     *
     * @param options each {@code ZONE=NETWORK}
     * @throws IllegalArgumentException with a sentence, if one is not
     */
    public static Map<String, String> byName(List<String> options) {
        Map<String, String> byName = new LinkedHashMap<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "--zone " + option + ": write ZONE=NETWORK, as in --zone cell-3=10.3.1.0/24");
            }
            byName.merge(option.substring(0, equals), option.substring(equals + 1), (one, more) -> one + "," + more);
        }
        return byName;
    }

    private static Network network(String zone, String text) {
        Optional<String> problem = Network.problem(text);
        if (problem.isPresent()) {
            throw new IllegalArgumentException("--zone " + zone + ": " + problem.get());
        }
        return Network.parse(text).orElseThrow();
    }

    /**
     * A zone that none of the policies has is a slip of the pen; one that only one of them has is what they differ in.
     *
     * @throws IllegalArgumentException with a sentence about the first such zone
     */
    public void requireKnown(Policy policy, Optional<Policy> baseline) {
        for (String zone : given.keySet()) {
            if (!policy.zones().containsKey(zone) && baseline.filter(b -> b.zones().containsKey(zone)).isEmpty()) {
                throw new IllegalArgumentException("--zone " + zone + "=…: policy `" + policy.name()
                        + "` has no zone `" + zone + "`; it has " + String.join(", ", policy.zones().keySet()));
            }
        }
    }

    /**
     * The policy with the given networks as the networks of those zones, which then count alone.
     *
     * @throws IllegalArgumentException with the problems, one sentence, if it cannot be compiled with them
     */
    public Judge apply(Policy policy, CompiledPolicy compiled) {
        Map<String, Zone> zones = new LinkedHashMap<>(policy.zones());
        List<String> written = new ArrayList<>();
        networks.forEach((name, list) -> zones.computeIfPresent(name, (_, zone) -> {
            written.add(name + "=" + given.get(name));
            return new Zone(name, zone.ports(), zone.vlans(), list, zone.broker(), zone.position());
        }));
        if (written.isEmpty()) {
            return new Judge(policy, compiled, List.of());
        }
        Policy placed = new Policy(policy.name(), policy.mode(), policy.whenUnsure(), policy.timezone(), zones,
                policy.assets(), policy.windows(), policy.conduits(), policy.expectations());
        return switch (PolicyCompiler.compile(placed, compiled.hash())) {
            case PolicyCompiler.Result.Compiled sound -> new Judge(placed, sound.policy(), written);
            case PolicyCompiler.Result.Refused refused -> throw new IllegalArgumentException(
                    "with --zone the policy cannot decide: " + refused.problems().stream().map(Problem::text)
                            .collect(Collectors.joining("; ")));
        };
    }
}
