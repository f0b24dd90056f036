package io.sluice.spark;

import io.sluice.replay.Replay.Judge;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.rules.policy.Problem;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A policy as it travels to the tasks: its text. Compiled tables are not sent; each task makes its own in milliseconds.
 *
 * @param name of the file, for problems
 */
record PolicyText(String name, String text) implements Serializable {
    /** @throws IllegalArgumentException with the policy's problems, one a line */
    Judge judge() {
        Policy policy = switch (PolicyReader.read(name, text)) {
            case PolicyReader.Result.Read read -> read.policy();
            case PolicyReader.Result.Refused refused -> throw refused(refused.problems());
        };
        return switch (PolicyCompiler.compile(policy, sha256())) {
            case PolicyCompiler.Result.Compiled compiled -> new Judge(policy, compiled.policy(), List.of());
            case PolicyCompiler.Result.Refused refused -> throw refused(refused.problems());
        };
    }

    private IllegalArgumentException refused(List<Problem> problems) {
        return new IllegalArgumentException("policy `" + name + "` has problems and cannot decide:\n"
                + problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    }

    private String sha256() {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
