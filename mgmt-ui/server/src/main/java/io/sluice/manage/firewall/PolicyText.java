package io.sluice.manage.firewall;

import io.sluice.manage.Refused;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.analyze.Expectations;
import io.sluice.rules.analyze.Version;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.rules.policy.Problem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A policy's text, read and compiled: ready to decide, or refused with its problems. */
public sealed interface PolicyText {
    /** How problems name the text. */
    String FILE = "policy.yaml";

    /** In the order of the text; warnings only, where the policy can decide. */
    List<Problem> problems();

    /** Ready to decide. */
    record Sound(String yaml, Policy policy, CompiledPolicy compiled, List<Problem> problems) implements PolicyText {
        public Version version() {
            return new Version(policy, compiled);
        }
    }

    /** Refused. */
    record Unsound(List<Problem> problems) implements PolicyText {}

    static PolicyText of(String yaml) {
        return switch (PolicyReader.read(FILE, yaml)) {
            case PolicyReader.Result.Refused refused -> new Unsound(refused.problems());
            case PolicyReader.Result.Read read -> compile(yaml, read.policy(), read.problems());
        };
    }

    private static PolicyText compile(String yaml, Policy policy, List<Problem> found) {
        List<Problem> problems = new ArrayList<>(found);
        return switch (PolicyCompiler.compile(policy, hash(yaml))) {
            case PolicyCompiler.Result.Refused refused -> {
                problems.addAll(refused.problems());
                yield new Unsound(List.copyOf(problems));
            }
            case PolicyCompiler.Result.Compiled compiled -> {
                problems.addAll(compiled.warnings());
                yield new Sound(yaml, policy, compiled.policy(), List.copyOf(problems));
            }
        };
    }

    /** For what needs a policy that decides. */
    static Sound require(String yaml) throws Refused {
        return switch (of(yaml)) {
            case Sound sound -> sound;
            case Unsound unsound -> throw Refused.wrong("the policy has problems and cannot decide",
                    problems(unsound.problems()));
        };
    }

    /** All that `sluice check` finds: the text's problems, and expectations that do not hold. */
    static List<Problem> check(PolicyText text) {
        List<Problem> problems = new ArrayList<>(text.problems());
        if (text instanceof Sound sound) {
            problems.addAll(Expectations.check(sound.compiled(), sound.policy()));
        }
        return problems;
    }

    static List<Refused.Problem> problems(List<Problem> problems) {
        return problems.stream().map(p -> new Refused.Problem(p.severity() == Problem.Severity.WARNING,
                p.position().line(), p.position().column(), p.text())).toList();
    }

    /** SHA-256 of the text in hexadecimal, as the firewall names policies. */
    static String hash(String yaml) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(yaml.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
