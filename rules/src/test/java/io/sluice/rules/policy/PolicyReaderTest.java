package io.sluice.rules.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.dissect.Vocabulary.Act;
import io.sluice.dissect.modbus.Modbus;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyReaderTest {
    private static final Policy LINE_3 = good("line-3.yaml");

    @Test
    void theHeadIsReadWithItsDefaults() {
        assertEquals("line-3", LINE_3.name());
        assertEquals(Mode.ENFORCE, LINE_3.mode());
        assertEquals(ZoneId.of("Europe/Paris"), LINE_3.timezone());
        assertEquals(WhenUnsure.DEFAULT, LINE_3.whenUnsure());
        Policy smallest = good("smallest.yaml");
        assertEquals(ZoneOffset.UTC, smallest.timezone());
        assertEquals(WhenUnsure.DEFAULT, smallest.whenUnsure());
        assertEquals(List.of("cell"), Policies.named(smallest.zones(), "cell").ports());
    }

    @Test
    void whenUnsureIsReadCauseByCause() {
        Policy policy = read("""
                policy: p
                mode: learn
                when_unsure: {malformed: drop, opaque: reset, overload: reset}
                zones: {a: {ports: a}}
                """);
        assertEquals(new WhenUnsure(OnDeny.DROP, OnDeny.RESET, OnDeny.RESET, OnDeny.RESET), policy.whenUnsure());
    }

    @Test
    void everythingKeepsTheOrderOfTheFile() {
        assertEquals(List.of("cell-3", "ops", "jump"), List.copyOf(LINE_3.zones().keySet()));
        assertEquals(List.of("plc-3a", "opc-3", "hmi-3", "historian"), List.copyOf(LINE_3.assets().keySet()));
        assertEquals(List.of("s1", "s2", "s3", "s4", "s5", "s9", "s10"), conduit("hmi-setpoints").rules().stream()
                .map(Rule::id).toList());
    }

    @Test
    void zonesHavePortsVlansAndNetworks() {
        Zone cell = good("vlans.yaml").zones().values().iterator().next();
        assertEquals(new Zone("cell", List.of("trunk"), List.of(10), List.of(
                new Network(0, Network.MAPPED | 0x0A01_0000, 112, "10.1.0.0/16"),
                new Network(0xFD00_0001_0000_0000L, 0, 64, "fd00:1::/64")), false, at("vlans.yaml", 5, 3)), cell);
        assertTrue(LINE_3.zones().containsKey("jump") && Policies.named(LINE_3.zones(), "jump").broker());
    }

    @Test
    void assetsHaveAddressesInOneFormForBothFamilies() {
        Asset plc = Policies.named(LINE_3.assets(), "plc-3a");
        assertEquals(new Asset("plc-3a", "cell-3",
                List.of(new Network(0, Network.MAPPED | 0x0A03_010A, 128, "10.3.1.10")), Optional.of("0080f4010203"),
                Optional.empty(), at("line-3.yaml", 12, 3)), plc);
        assertEquals(new Network(0xFD00_0003_0000_0000L, 0x20, 128, "fd00:3::20"),
                Policies.named(LINE_3.assets(), "opc-3").addresses().get(1));
        assertEquals(Optional.of("9c41" + "0".repeat(56) + "e07a"),
                Policies.named(LINE_3.assets(), "hmi-3").certificate());
    }

    // policy.md, Time: hours are local to the window's zone, end excluded, and belong to the day on which they start.
    @Test
    void windowsHaveDaysAndHours() {
        assertEquals(new Window("maintenance", Set.of(DayOfWeek.SATURDAY), LocalTime.of(6, 0), LocalTime.of(10, 0),
                ZoneId.of("Europe/Paris"), at("line-3.yaml", 17, 3)), Policies.named(LINE_3.windows(), "maintenance"));
        assertEquals(new Window("night", EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), LocalTime.of(22, 0),
                LocalTime.of(6, 0), ZoneId.of("UTC"), at("line-3.yaml", 18, 3)),
                Policies.named(LINE_3.windows(), "night"));
        Window whole = Policies.named(LINE_3.windows(), "sunday");
        assertEquals(whole.from(), whole.until());
        assertEquals(LocalTime.MIDNIGHT, whole.from());
    }

    @Test
    void daysRunAcrossTheEndOfTheWeek() {
        Policy policy = read("""
                policy: p
                mode: learn
                zones: {a: {ports: a}}
                windows: {w: {days: [sat-mon, wed], hours: "10:00-24:00"}}
                """);
        assertEquals(Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY, DayOfWeek.MONDAY, DayOfWeek.WEDNESDAY),
                Policies.named(policy.windows(), "w").days());
        assertEquals(LocalTime.MIDNIGHT, Policies.named(policy.windows(), "w").until());
    }

    @Test
    void conduitsHaveServiceModeAndAnswer() {
        assertEquals(Optional.of(new Conduit.Service(Modbus.PROTOCOL, 1502, Conduit.Transport.TCP)),
                conduit("historian-reads-plc").service());
        assertEquals(Optional.of(new Conduit.Service(Modbus.PROTOCOL, 502, Conduit.Transport.TCP)),
                conduit("hmi-setpoints").service());
        assertEquals(Optional.of(new Conduit.ModeChange(Mode.MONITOR, Optional.of(LocalDate.of(2026, 12, 31)))),
                conduit("hmi-setpoints").mode());
        assertEquals(Optional.of(OnDeny.REPLY), conduit("historian-reads-plc").onDeny());
        assertEquals(Optional.empty(), conduit("cell-basics").onDeny());
        assertEquals(Optional.empty(), conduit("cell-basics").service());
        assertEquals(PlainVocabulary.INSTANCE, conduit("cell-basics").vocabulary());
    }

    @Test
    void rulesHaveFieldsAsNumbersWordsOrAny() {
        Rule s2 = rule("hmi-setpoints", "s2");
        assertEquals(at("line-3.yaml", 36, 9), s2.position());
        assertEquals(new Matcher.Words(List.of(4), at("line-3.yaml", 36, 36)), s2.fields().get("space"));
        assertEquals(new Matcher.Ranges(List.of(new Matcher.Range(0, 1500)), at("line-3.yaml", 36, 80)),
                s2.fields().get("value"));
        assertEquals(Optional.of(new Rate(2, 1_000_000_000L, 2, at("line-3.yaml", 36, 95))), s2.rate());
        Matcher unit = rule("hmi-setpoints", "s5").fields().get("unit");
        assertEquals(List.of(new Matcher.Range(0, 0), new Matcher.Range(1, 1), new Matcher.Range(5, 9)),
                assertInstanceOf(Matcher.Ranges.class, unit).ranges());
        Matcher address = rule("hmi-setpoints", "s5").fields().get("address");
        assertEquals(List.of(new Matcher.Range(200, 200), new Matcher.Range(256, 271)),
                assertInstanceOf(Matcher.Ranges.class, address).ranges());
        assertInstanceOf(Matcher.Any.class, rule("maintenance-upload", "m1").fields().get("address"));
    }

    @Test
    void rulesHaveActsInTheWordsOfTheirConduit() {
        Rule s4 = rule("hmi-setpoints", "s4");
        assertEquals(List.of("function 43/14"), s4.does());
        assertEquals(OptionalInt.of(43 << 16 | 14), s4.acts().getFirst().item());
        assertEquals(Optional.of("night"), s4.window());
        assertEquals(List.of("read", "write"),
                rule("maintenance-upload", "m1").acts().stream().map(a -> a.operation().word()).toList());
        Act profinet = rule("cell-basics", "b3").acts().getFirst();
        assertEquals(OptionalInt.of(0x8892), profinet.item());
    }

    @Test
    void ratesHaveTokensPerTimeAndBurst() {
        Rate h1 = rule("historian-reads-plc", "h1").rate().orElseThrow();
        assertEquals(List.of(20L, 1_000_000_000L, 40L), List.of(h1.tokens(), h1.nanos(), h1.burst()));
        Rate b4 = rule("cell-basics", "b4").rate().orElseThrow();
        assertEquals(List.of(600L, 60_000_000_000L, 600L), List.of(b4.tokens(), b4.nanos(), b4.burst()));
        Rate s5 = rule("hmi-setpoints", "s5").rate().orElseThrow();
        assertEquals(List.of(30L, 3_600_000_000_000L, 30L), List.of(s5.tokens(), s5.nanos(), s5.burst()));
    }

    @Test
    void deniesHaveTheirReason() {
        Rule s9 = rule("hmi-setpoints", "s9");
        assertTrue(s9.deny());
        assertEquals(Optional.of("safety trip limit, HAZOP 2024-11"), s9.because());
        assertEquals(Set.of("address"), s9.fields().keySet());
    }

    @Test
    void expectationsNameTheirOutcome() {
        List<Expectation> all = LINE_3.expectations();
        assertEquals(new Expectation("hmi-3", "plc-3a", Optional.empty(), "write unit 1 holding 100 = 1500", true,
                Optional.of("s2"), at("line-3.yaml", 65, 5)), all.get(0));
        assertEquals(Optional.of("s9"), all.get(1).rule());
        assertEquals(Optional.empty(), all.get(2).rule());
        assertEquals(Optional.of("modbus"), all.get(2).protocol());
        assertEquals(List.of(true, false, false, true), all.stream().map(Expectation::allow).toList());
    }

    // Files edited on the engineering workstation end their lines with two characters.
    @Test
    void lineEndsOfBothKindsGiveTheSamePolicy() {
        String text = Policies.text(Policies.of("good").stream().filter(f -> f.endsWith("line-3.yaml")).findFirst()
                .orElseThrow()).replace("\n", "\r\n");
        assertEquals(new PolicyReader.Result.Read(LINE_3, List.of()), PolicyReader.read("line-3.yaml", text));
    }

    // A weaker mode is a hole that must close by itself; an equal or stronger one is none.
    @Test
    void aModeAsStrongAsThePolicysNeedsNoEnd() {
        String text = """
                policy: p
                mode: monitor
                zones: {a: {ports: a}, b: {ports: b}}
                conduits:
                  c: {from: a, to: b, mode: %s, allow: [{id: r, do: ping}]}
                """;
        for (String mode : List.of("monitor", "enforce", "{learn: until 2026-12-31}", "{monitor: until 2026-12-31}")) {
            assertTrue(Policies.named(read(text.formatted(mode)).conduits(), "c").mode().isPresent(), mode);
        }
        assertInstanceOf(PolicyReader.Result.Refused.class, PolicyReader.read("f", text.formatted("learn")));
    }

    private static Conduit conduit(String name) {
        return Policies.named(LINE_3.conduits(), name);
    }

    private static Rule rule(String conduit, String id) {
        return conduit(conduit).rules().stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow();
    }

    private static Position at(String file, int line, int column) {
        return new Position(file, line, column);
    }

    private static Policy good(String name) {
        return assertInstanceOf(PolicyReader.Result.Read.class,
                Policies.read(Policies.of("good").stream().filter(f -> f.endsWith(name)).findFirst().orElseThrow()))
                .policy();
    }

    private static Policy read(String text) {
        PolicyReader.Result result = PolicyReader.read("f", text);
        return assertInstanceOf(PolicyReader.Result.Read.class, result, result::toString).policy();
    }
}
