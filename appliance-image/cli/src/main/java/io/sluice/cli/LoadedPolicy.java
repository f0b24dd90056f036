package io.sluice.cli;

import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.rules.policy.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A policy file, read and compiled: ready to decide, or refused with its problems. */
sealed interface LoadedPolicy {
    /** In the order of the file; warnings only, where the policy can decide. */
    List<Problem> problems();

    /** Ready to decide. */
    record Sound(Policy policy, CompiledPolicy compiled, List<Problem> problems) implements LoadedPolicy {}

    /** Refused. */
    record Refused(List<Problem> problems) implements LoadedPolicy {}

    static LoadedPolicy of(PolicyFile file) {
        return switch (PolicyReader.read(file.name(), file.text())) {
            case PolicyReader.Result.Refused refused -> new Refused(refused.problems());
            case PolicyReader.Result.Read read -> compile(file, read.policy(), read.problems());
        };
    }

    private static LoadedPolicy compile(PolicyFile file, Policy policy, List<Problem> found) {
        List<Problem> problems = new ArrayList<>(found);
        return switch (PolicyCompiler.compile(policy, file.hash())) {
            case PolicyCompiler.Result.Refused refused -> {
                problems.addAll(refused.problems());
                yield new Refused(List.copyOf(problems));
            }
            case PolicyCompiler.Result.Compiled compiled -> {
                problems.addAll(compiled.warnings());
                yield new Sound(policy, compiled.policy(), List.copyOf(problems));
            }
        };
    }

    /** For verbs that need a policy to do their work: its problems go to {@code err}, and without it nothing can be done. */
    static Sound require(PolicyFile file, PrintStream err) throws CouldNotRun {
        LoadedPolicy loaded = of(file);
        loaded.problems().forEach(err::println);
        return switch (loaded) {
            case Sound sound -> sound;
            case Refused _ -> throw new CouldNotRun("policy `" + file.name() + "` has problems and cannot decide");
        };
    }

    /** The same for a file as the user named it. */
    static Sound require(String argument, Console console) throws IOException, CouldNotRun {
        return require(PolicyFile.read(argument, console), console.err());
    }
}
