package io.sluice.inline.event;

import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.PolicyReader;

/** Policies for tests. */
public final class Policies {
    /** Two zones with a port each, a third with two, one of which carries a VLAN; two assets. */
    public static final CompiledPolicy SMALL = compile("""
            policy: small
            mode: enforce
            zones:
              plant: {ports: [plant]}
              cell: {ports: [cell]}
              lab: {ports: [lab1, lab2]}
            assets:
              hmi: {zone: plant, address: 10.0.0.1}
              plc: {zone: cell, address: 10.0.0.2, mac: "02:00:00:00:00:02"}
            conduits:
              reads:
                from: hmi
                to: plc
                protocol: modbus
                on_deny: reset
                allow:
                  - {id: r1, do: read, unit: 1}
            """);

    private Policies() {}

    /** A sound policy, ready to decide. */
    public static CompiledPolicy compile(String yaml) {
        if (PolicyReader.read("test.yaml", yaml) instanceof PolicyReader.Result.Read read
                && PolicyCompiler.compile(read.policy(),
                        "test") instanceof PolicyCompiler.Result.Compiled compiled) {
            return compiled.policy();
        }
        throw new IllegalArgumentException("not a sound policy: " + PolicyReader.read("test.yaml", yaml));
    }
}
