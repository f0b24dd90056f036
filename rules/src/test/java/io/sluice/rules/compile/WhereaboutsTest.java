package io.sluice.rules.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.policy.Network;
import io.sluice.rules.policy.PolicyReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Policy 11: who may be where. */
class WhereaboutsTest {
    private static final String POLICY = """
            policy: places
            mode: enforce
            zones:
              cell:  {ports: [trunk], vlan: 10, networks: [10.1.0.0/16, "fd00:1::/64"]}
              ops:   {ports: [trunk, desk], vlan: [20, 21]}
              yard:  {ports: [gate]}
              jump:  {broker: true}
            assets:
              plc: {zone: cell, address: [10.1.0.5, "fd00:1::5"], mac: 00-80-F4-01-02-03}
              hmi: {zone: ops, address: 10.1.0.9}
            conduits:
              c: {from: hmi, to: plc, allow: [{id: p, do: ping}]}
              j: {from: jump, to: cell, allow: [{id: q, do: ping}]}
            """;
    private static final CompiledPolicy COMPILED = compile();
    private static final int CELL = COMPILED.zoneNamed("cell");
    private static final int OPS = COMPILED.zoneNamed("ops");
    private static final int YARD = COMPILED.zoneNamed("yard");
    private static final int JUMP = COMPILED.zoneNamed("jump");

    private static CompiledPolicy compile() {
        if (!(PolicyReader.read("test.yaml", POLICY) instanceof PolicyReader.Result.Read read)) {
            throw new AssertionError(PolicyReader.read("test.yaml", POLICY).problems());
        }
        List<Network> jump = List.of(Network.parse("10.1.0.250").orElseThrow());
        return switch (PolicyCompiler.compile(read.policy(), "0", jump)) {
            case PolicyCompiler.Result.Compiled compiled -> compiled.policy();
            case PolicyCompiler.Result.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    private static boolean believable(int zone, String address) {
        Network network = Network.parse(address).orElseThrow();
        return COMPILED.believable(zone, network.high(), network.low());
    }

    /** IEEE 802.1Q §6.9.3: a tag with the identifier 0 says only a priority. */
    @Test
    void aPortAndItsVlanAreAZone() {
        assertEquals(CELL, COMPILED.zoneOfPort("trunk", 10));
        assertEquals(OPS, COMPILED.zoneOfPort("trunk", 21));
        assertEquals(CompiledPolicy.NOWHERE, COMPILED.zoneOfPort("trunk", 11));
        assertEquals(CompiledPolicy.NOWHERE, COMPILED.zoneOfPort("trunk", -1));
        assertEquals(CompiledPolicy.NOWHERE, COMPILED.zoneOfPort("trunk", 0));
        assertEquals(OPS, COMPILED.zoneOfPort("desk", 20));
        assertEquals(YARD, COMPILED.zoneOfPort("gate", -1));
        assertEquals(YARD, COMPILED.zoneOfPort("gate", 99));
        assertEquals(CompiledPolicy.NOWHERE, COMPILED.zoneOfPort("roof", -1));
    }

    @Test
    void anAssetIsOnlyAtHome() {
        assertTrue(believable(CELL, "10.1.0.5") && believable(CELL, "fd00:1::5"));
        assertFalse(believable(OPS, "10.1.0.5") || believable(YARD, "fd00:1::5"));
        // in the cell's network, but named elsewhere
        assertTrue(believable(OPS, "10.1.0.9"));
        assertFalse(believable(CELL, "10.1.0.9"));
    }

    @Test
    void unnamedAddressesAreWhereNetworksHoldThem() {
        assertTrue(believable(CELL, "10.1.7.7") && believable(CELL, "fd00:1::77"));
        assertFalse(believable(CELL, "10.2.7.7") || believable(CELL, "fd00:2::77"));
        assertTrue(believable(YARD, "10.2.7.7") && believable(YARD, "10.1.7.7"));
        for (String everywhere : List.of("0.0.0.0", "::", "fe80::1")) {
            assertTrue(believable(CELL, everywhere), everywhere);
        }
        for (String group : List.of("224.0.0.1", "239.1.2.3", "255.255.255.255", "ff02::1", "127.0.0.1", "::1")) {
            assertFalse(believable(CELL, group) || believable(YARD, group), group);
        }
    }

    @Test
    void jumpAddressesAreTheBrokersWhereverTheyAre() {
        Network jump = Network.parse("10.1.0.250").orElseThrow();
        assertTrue(believable(JUMP, "10.1.0.250"));
        assertFalse(believable(CELL, "10.1.0.250") || believable(YARD, "10.1.0.250"));
        assertEquals(JUMP, COMPILED.place(jump.high(), jump.low()));
        assertEquals(JUMP, COMPILED.placeIn(JUMP, jump.high(), jump.low()));
    }

    @Test
    void ethernetAddressesAreThoseOfTheirAssets() {
        assertEquals(CELL, COMPILED.zoneOfMac(0x0080_F401_0203L));
        assertEquals(CompiledPolicy.NOWHERE, COMPILED.zoneOfMac(0x0080_F401_0204L));
        Network plc = Network.parse("fd00:1::5").orElseThrow();
        assertEquals(0x0080_F401_0203L, COMPILED.macOf(plc.high(), plc.low()));
        Network hmi = Network.parse("10.1.0.9").orElseThrow();
        assertEquals(-1, COMPILED.macOf(hmi.high(), hmi.low()));
    }

    @Test
    void zonesAreConnectedByAConduitEitherWay() {
        assertTrue(COMPILED.connected(OPS, CELL) && COMPILED.connected(CELL, OPS) && COMPILED.connected(CELL, JUMP));
        assertFalse(COMPILED.connected(YARD, CELL) || COMPILED.connected(OPS, JUMP)
                || COMPILED.connected(CompiledPolicy.NOWHERE, CELL));
    }
}
