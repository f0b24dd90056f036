package io.sluice.spark;

import io.sluice.replay.GivenZones;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A policy as it travels to the tasks: its text. Compiled tables are not sent; each task makes its own in milliseconds.
 *
 * @param name of the file, for problems
 * @param zones networks as written, by the zones in which their addresses lie
 */
record PolicyText(String name, String text, LinkedHashMap<String, String> zones) implements Serializable {
    /** @throws IllegalArgumentException with the policy's problems, one a line, or what is wrong with the zones */
    Judge judge() {
        GivenZones given = new GivenZones(zones);
        Policy policy = switch (PolicyReader.read(name, text)) {
            case PolicyReader.Result.Read read -> read.policy();
            case PolicyReader.Result.Refused refused -> throw refused(refused.problems());
        };
        return switch (PolicyCompiler.compile(policy, sha256())) {
            case PolicyCompiler.Result.Compiled compiled -> {
                given.requireKnown(policy, Optional.empty());
                yield given.apply(policy, compiled.policy());
            }
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
