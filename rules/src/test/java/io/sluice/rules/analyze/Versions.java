package io.sluice.rules.analyze;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.rules.space.Comparison.TooMany;
import java.util.List;
import java.util.Optional;

/** Policies from their text, and how they differ. */
final class Versions {
    private Versions() {}

    /** Reads a policy, which must have no errors. */
    static Version of(String yaml) {
        PolicyReader.Result read = PolicyReader.read("test.yaml", yaml);
        return compiled(assertInstanceOf(PolicyReader.Result.Read.class, read,
                () -> read.problems() + "\n" + yaml)).orElseThrow(() -> new AssertionError("refused: " + yaml));
    }

    /** Empty where the compiler refuses it, because an allow lies inside a deny. */
    static Optional<Version> compiled(PolicyReader.Result.Read read) {
        return switch (PolicyCompiler.compile(read.policy(), "0".repeat(64))) {
            case PolicyCompiler.Result.Compiled compiled -> Optional.of(new Version(read.policy(), compiled.policy()));
            case PolicyCompiler.Result.Refused _ -> Optional.empty();
        };
    }

    static Differences between(Version before, Version after) {
        try {
            return PolicyDifference.between(before, after);
        } catch (TooMany e) {
            throw new AssertionError(e);
        }
    }

    /** One line for each statement. */
    static List<String> lines(String before, String after) {
        return between(of(before), of(after)).statements().stream().map(Versions::line).toList();
    }

    static String line(Statement s) {
        String rates = s.before().isEmpty() && s.after().isEmpty() ? "" : " [" + s.before() + " -> " + s.after() + "]";
        return s.kind() + " " + String.join("+", s.from()) + " > " + String.join("+", s.to()) + ": "
                + (s.service().isEmpty() ? "" : s.service() + " ") + s.what()
                + (s.when().isEmpty() ? "" : " " + s.when()) + rates;
    }
}
