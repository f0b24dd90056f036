package io.sluice.replay;

import io.sluice.dissect.Protocol;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.compile.PolicyCompiler.Result;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Conduit.Service;
import io.sluice.rules.policy.Conduit.Transport;
import io.sluice.rules.policy.Mode;
import io.sluice.rules.policy.Network;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Position;
import io.sluice.rules.policy.WhenUnsure;
import io.sluice.rules.policy.Zone;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A policy that permits nothing and looks into everything: for reading captures without a policy. */
final class Listening {
    private Listening() {}

    /** Looks into these protocols on these ports, between all addresses. */
    static CompiledPolicy on(Map<Protocol, Integer> ports) {
        Position nowhere = new Position("(built in)", 1, 1);
        Zone all = new Zone("all", List.of(), List.of(), List.of(new Network(0, 0, 0, "::/0")), false, nowhere);
        Map<String, Conduit> conduits = new LinkedHashMap<>();
        ports.forEach((protocol, port) -> {
            for (Transport transport : Transport.values()) {
                String name = protocol.name() + "-" + transport.number();
                conduits.put(name, new Conduit(name, "all", "all", Optional.of(new Service(protocol, port, transport)),
                        Optional.empty(), Optional.empty(), List.of(), nowhere));
            }
        });
        Policy policy = new Policy("listening", Mode.MONITOR, WhenUnsure.DEFAULT, ZoneOffset.UTC, Map.of("all", all),
                Map.of(), Map.of(), conduits, List.of());
        return switch (PolicyCompiler.compile(policy, "")) {
            case Result.Compiled compiled -> compiled.policy();
            case Result.Refused refused -> throw new IllegalStateException(refused.problems().toString());
        };
    }
}
