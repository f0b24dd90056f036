package io.sluice.rules.compile;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.policy.Asset;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Mode;
import io.sluice.rules.policy.Network;
import io.sluice.rules.policy.OnDeny;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.rules.policy.Position;
import io.sluice.rules.policy.Rule;
import io.sluice.rules.policy.WhenUnsure;
import io.sluice.rules.policy.Window;
import io.sluice.rules.policy.Zone;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Policies for tests: two zones {@code left} and {@code right}, an asset {@code l} and {@code r} in each. */
final class PolicyFixture {
    static final Position SOMEWHERE = new Position("test.yaml", 1, 1);
    static final String HASH = "0".repeat(64);

    private final Map<String, Zone> zones = new LinkedHashMap<>();
    private final Map<String, Asset> assets = new LinkedHashMap<>();
    private final Map<String, Window> windows = new LinkedHashMap<>();
    private final Map<String, Conduit> conduits = new LinkedHashMap<>();
    private Mode mode = Mode.ENFORCE;

    static PolicyFixture policy() {
        return new PolicyFixture().zone("left", 1).zone("right", 2).asset("l", "left", 0x0A00_0101L)
                .asset("r", "right", 0x0A00_0201L);
    }

    PolicyFixture mode(Mode changed) {
        mode = changed;
        return this;
    }

    /** A zone with the network 10.0.THIRD.0/24 and a port of its own name. */
    PolicyFixture zone(String name, int third) {
        zones.put(name, new Zone(name, List.of(name), List.of(),
                List.of(new Network(0, Network.MAPPED | 0x0A00_0000L | (long) third << 8, 120,
                        "10.0." + third + ".0/24")),
                false, SOMEWHERE));
        return this;
    }

    PolicyFixture asset(String name, String zone, long ipv4) {
        assets.put(name, new Asset(name, zone, List.of(new Network(0, Network.MAPPED | ipv4, 128, name)),
                Optional.empty(), Optional.empty(), SOMEWHERE));
        return this;
    }

    PolicyFixture window(String name) {
        return window(name, EnumSet.allOf(DayOfWeek.class), "08:00", "16:00", ZoneOffset.UTC);
    }

    PolicyFixture window(String name, EnumSet<DayOfWeek> days, String from, String until, ZoneId zone) {
        windows.put(name, new Window(name, days, LocalTime.parse(from), LocalTime.parse(until), zone, SOMEWHERE));
        return this;
    }

    PolicyFixture conduit(String name, String from, String to, List<Rule> rules) {
        return conduit(new Conduit(name, from, to,
                Optional.of(new Conduit.Service(TestProtocol.INSTANCE, 9, Conduit.Transport.TCP)),
                Optional.<OnDeny>empty(), Optional.empty(), rules, SOMEWHERE));
    }

    PolicyFixture conduit(Conduit conduit) {
        conduits.put(conduit.name(), conduit);
        return this;
    }

    Policy build() {
        return new Policy("test", mode, WhenUnsure.DEFAULT, ZoneOffset.UTC, zones, assets, windows, conduits,
                List.of());
    }

    CompiledPolicy compile() {
        return compiled(build());
    }

    static CompiledPolicy compiled(Policy policy) {
        return assertInstanceOf(PolicyCompiler.Result.Compiled.class, PolicyCompiler.compile(policy, HASH),
                () -> PolicyCompiler.compile(policy, HASH).toString()).policy();
    }

    /** Reads a policy from its text, which must have no errors. */
    static Policy read(String yaml) {
        PolicyReader.Result result = PolicyReader.read("test.yaml", yaml);
        return assertInstanceOf(PolicyReader.Result.Read.class, result, () -> result.problems().toString()).policy();
    }
}
