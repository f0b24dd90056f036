package io.sluice.manage.firewall;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.manage.Refused;
import io.sluice.manage.firewall.PolicyDiff.Change;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PolicyDiffTest {
    private static final String POLICY = """
            policy: p
            mode: enforce
            zones: {cell: {ports: [cell]}, plant: {ports: [plant]}}
            assets: {plc: {zone: cell, address: 10.3.1.10}, hmi: {zone: plant, address: 10.3.1.20}}
            conduits:
              panels:
                from: hmi
                to: plc
                protocol: modbus
                allow:
                  - {id: p1, do: read, unit: 1, space: holding, address: 1, rate: 2/s}
                  - {id: p2, do: read, unit: 1, space: holding, address: 2}
              all:
                from: plant
                to: cell
                allow:
                  - {id: a1, do: ping}
            """;

    private static List<String> conduits(String after) throws Refused {
        return PolicyDiff.between((PolicyText.Sound) PolicyText.of(POLICY), (PolicyText.Sound) PolicyText.of(after))
                .changes().stream().map((Change c) -> c.kind() + " " + c.conduit()).collect(Collectors.toList());
    }

    @Test
    void eachChangeNamesTheConduitThatDecidesIt() throws Exception {
        assertEquals(List.of("ALLOWED panels"), conduits(POLICY.replace("address: 2}", "address: 2..3}")));
        assertEquals(List.of("REFUSED panels"),
                conduits(POLICY.replace("      - {id: p2, do: read, unit: 1, space: holding, address: 2}\n", "")));
        assertEquals(List.of("REFUSED all"), conduits(POLICY.replace("do: ping", "do: tcp, port: 80")).stream()
                .filter(c -> c.startsWith("REFUSED")).toList());
        assertEquals(List.of("OTHER panels"), conduits(POLICY.replace("rate: 2/s", "rate: 5/s")));
        assertEquals(List.of("OTHER panels"), conduits(POLICY.replace("    protocol: modbus\n",
                "    protocol: modbus\n    on_deny: drop\n")).stream().distinct().toList());
        assertEquals(List.of(), conduits(POLICY));
    }
}
