package io.sluice.rules.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PolicyExamplesTest {
    @TestFactory
    Stream<DynamicTest> goodPoliciesAreReadWithTheWarningsBesideThem() {
        return Policies.of("good").stream().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
            PolicyReader.Result result = Policies.read(file);
            Policies.compare(file, Policies.problems(result));
            assertInstanceOf(PolicyReader.Result.Read.class, result);
        }));
    }

    @TestFactory
    Stream<DynamicTest> badPoliciesAreRefusedWithTheProblemsBesideThem() {
        return Policies.of("bad").stream().map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
            PolicyReader.Result result = Policies.read(file);
            Policies.compare(file, Policies.problems(result));
            assertInstanceOf(PolicyReader.Result.Refused.class, result);
            assertFalse(result.problems().isEmpty());
        }));
    }

    // The part of the language that is specified but not built is refused by name, never as unknown, and hides nothing.
    @Test
    void whatIsNotBuiltYetIsNamed() {
        Path file = Policies.of("bad").stream().filter(f -> f.endsWith("not-yet.yaml")).findFirst().orElseThrow();
        List<Problem> problems = Policies.read(file).problems();
        assertEquals(List.of("device", "hold", "anomaly"),
                problems.stream().map(p -> p.text().split("`", -1)[1]).toList());
        assertTrue(problems.stream().allMatch(p -> p.text().contains("` is not yet supported")), problems.toString());
    }

    // Problems are for people: one line, lower case, never a class name.
    @Test
    void everySentenceIsOneLowerCaseLineWithoutClassNames() {
        for (Path file : Policies.of("bad")) {
            for (Problem problem : Policies.read(file).problems()) {
                String text = problem.text();
                assertFalse(text.isEmpty() || text.contains("\n") || text.endsWith("."), problem.toString());
                assertFalse(Character.isUpperCase(text.charAt(0)), problem.toString());
                assertFalse(text.matches("(?s).*(Exception|java\\.|org\\.|io\\.sluice).*"), problem.toString());
            }
        }
    }
}
