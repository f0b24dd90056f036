package io.sluice.inline.policy;

import io.sluice.inline.settings.Settings;
import io.sluice.rules.analyze.Expectations;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.rules.policy.Problem;
import java.util.ArrayList;
import java.util.List;

/** Reads, compiles and tries policies, and compares them with the settings of this appliance. */
public final class PolicyLoader {
    private final Settings settings;

    public PolicyLoader(Settings settings) {
        this.settings = settings;
    }

    /** Either a sound policy, or what stands in the way. */
    public sealed interface Result {
        record Sound(SoundPolicy policy) implements Result {}

        /** Errors, and warnings beside them. */
        record Refused(List<Problem> problems) implements Result {}
    }

    /**
     * Reads, compiles and tries a text.
     *
     * @param file how messages call it; it is not opened
     */
    public Result load(String file, String yaml) {
        return switch (PolicyReader.read(file, yaml)) {
            case PolicyReader.Result.Refused refused -> new Result.Refused(refused.problems());
            case PolicyReader.Result.Read read -> compile(yaml, read.policy(), read.problems());
        };
    }

    private Result compile(String yaml, Policy policy, List<Problem> found) {
        List<Problem> problems = new ArrayList<>(found);
        problems.addAll(settings.against(policy));
        return switch (PolicyCompiler.compile(policy, Sha256.of(yaml), settings.jumpAddresses())) {
            case PolicyCompiler.Result.Refused refused -> {
                problems.addAll(refused.problems());
                yield new Result.Refused(List.copyOf(problems));
            }
            case PolicyCompiler.Result.Compiled compiled -> {
                problems.addAll(compiled.warnings());
                problems.addAll(Expectations.check(compiled.policy(), policy));
                yield problems.stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR)
                        ? new Result.Refused(List.copyOf(problems))
                        : new Result.Sound(new SoundPolicy(yaml, policy, compiled.policy(), problems));
            }
        };
    }
}
