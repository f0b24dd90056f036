package io.sluice.rules.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class PolicyLimitsTest {
    private static final PolicyLimits SMALL = new PolicyLimits(400, 5, 30, 60, 8, 2, 3);
    private static final String HEAD = "policy: p\nmode: learn\n";

    @Test
    void longTextsAreRefusedBeforeYamlSeesThem() {
        assertEquals("f:1:1: the file has 401 characters, more than the 400 that a policy may have\n",
                small("#" + " ".repeat(400)));
    }

    @Test
    void deepTextsAreRefusedWhereTheyBecomeTooDeep() {
        assertEquals("f:1:6: lists and maps are nested deeper than 5 levels here\n", small("[[[[[[[["));
    }

    // The scanner must not look ahead over the whole file, nor recurse.
    @Test
    void aMillionOpenBracketsAreRefusedQuickly() {
        String text = Policies.problems(PolicyReader.read("f", "[".repeat(1_000_000)));
        assertEquals("f:1:13: lists and maps are nested deeper than 12 levels here\n", text);
        text = Policies.problems(PolicyReader.read("f", "{a: ".repeat(200_000)));
        assertTrue(text.contains("nested deeper"), text);
        text = Policies.problems(PolicyReader.read("f", "- ".repeat(1_000_000)));
        assertTrue(text.contains("nested deeper"), text);
    }

    @Test
    void manyValuesAreRefused() {
        assertTrue(small(HEAD + "zones: [" + "1,".repeat(40) + "]").contains("more than 30 values"));
    }

    @Test
    void onlyTheFirstProblemsAreShown() {
        String text = small("a: 1\nb: 2\nc: 3\nd: 4\n");
        assertEquals(4, text.lines().count(), text);
        assertTrue(text.contains("only the first 3 problems are shown"), text);
    }

    @Test
    void longNamesAreRefused() {
        assertTrue(small(HEAD + "zones: {abcdefghi: {ports: a}}").contains("at most 8 characters"));
    }

    @Test
    void longValuesAreRefused() {
        assertTrue(small("policy: " + "a".repeat(61)).contains("more than 60 characters"));
    }

    @Test
    void aZoneHasABoundedNumberOfNetworks() {
        assertTrue(small(HEAD + "zones: {a: {ports: a, networks: [10.0.0.1, 10.0.0.2, 10.0.0.3]}}")
                .contains("a zone may have 2 networks"));
    }

    @Test
    void tenThousandRulesAreRead() {
        String rules = IntStream.range(0, 10_000).mapToObj(i -> "      - {id: r" + i
                + ", do: write, unit: 1, space: holding, address: " + i + ".." + (i + 5) + ", value: 0..1500}\n")
                .collect(Collectors.joining());
        String text = "policy: large\nmode: enforce\nzones: {a: {ports: a}, b: {ports: b}}\nconduits:\n  c:\n    from: a\n"
                + "    to: b\n    protocol: modbus\n    allow:\n" + rules;
        PolicyReader.Result.Read read = assertInstanceOf(PolicyReader.Result.Read.class, PolicyReader.read("f", text));
        assertEquals(10_000, Policies.named(read.policy().conduits(), "c").rules().size());
    }

    // Every pair of many networks, ports or names would take minutes; none of the checks compares pairs.
    @Test
    void manyOverlappingNetworksAndUnknownNamesAreReadQuickly() {
        String zones = IntStream.range(0, 30_000)
                .mapToObj(i -> "  z" + i + ": {ports: [p], networks: [10.0.0.0/" + (8 + i % 8) + "]}\n")
                .collect(Collectors.joining());
        String assets = IntStream.range(0, 30_000)
                .mapToObj(i -> "  a" + i + ": {zone: y" + i + ", address: 10.0.0.1}\n")
                .collect(Collectors.joining());
        assertInstanceOf(PolicyReader.Result.Refused.class,
                PolicyReader.read("f", HEAD + "zones:\n" + zones + "assets:\n" + assets));
    }

    // Hostile shapes at the size limit: each makes one check as expensive as it can be.
    @Test
    void noShapeOfAHugePolicyKeepsTheReaderBusy() {
        String names = "x".repeat(50);
        check(HEAD + "zones: {" + repeat(30_000, i -> names + i + ": {}, ") + "}\nassets: {"
                + repeat(20_000, i -> "a" + i + ": {zone: " + names + "y" + i % 9 + "}, ") + "}");
        check(HEAD + "zones: {" + repeat(800, i -> "z" + i + ": {ports: [" + repeat(200, p -> "p" + i + "x" + p + ",")
                + "], vlan: [" + repeat(250, v -> v + 1 + ",") + "]}, ") + "}");
        check(HEAD + "zones: {" + repeat(60_000, i -> "z" + i + ": {ports: [p], vlan: 7}, ") + "}");
        String conduit = "zones: {a: {ports: a}, b: {ports: b}}\nconduits: {c: {from: a, to: b, protocol: modbus, allow: [";
        check(HEAD + conduit + "{id: r, do: read, unit: [" + repeat(300_000, i -> "0..255,") + "]}]}}");
        check(HEAD + conduit + "{id: r, do: [" + repeat(300_000, i -> "read,") + "]}]}}");
        check(HEAD + "zones: {a: {}}\nexpect: [" + repeat(50_000, i -> "{from: b, to: c, then: deny r" + i + "}, ")
                + "]");
    }

    private static void check(String text) {
        PolicyReader.Result result = assertTimeout(Duration.ofSeconds(30), () -> PolicyReader.read("f", text),
                () -> text.substring(0, 200));
        assertFalse(Policies.problems(result).contains("more than"), "too large to show anything");
    }

    private static String repeat(int count, IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining());
    }

    private static String small(String text) {
        return Policies.problems(PolicyReader.read("f", text, SMALL));
    }
}
