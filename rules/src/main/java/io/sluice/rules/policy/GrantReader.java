package io.sluice.rules.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what a grant permits: a YAML list of {@code allow} items in the words of a conduit. */
public final class GrantReader {
    private GrantReader() {}

    /** What came of reading: the rules, unless there are errors. */
    public sealed interface Result {
        record Read(List<Rule> rules) implements Result {}

        record Refused(List<Problem> problems) implements Result {}
    }

    /**
     * Reads rules.
     *
     * @param source what positions name as the file
     * @param policy whose windows the rules may use
     */
    public static Result read(String source, String yaml, Policy policy, Conduit conduit) {
        Problems problems = new Problems(source, PolicyLimits.DEFAULT);
        List<Rule> rules = new ArrayList<>();
        YamlReader.read(yaml, problems).ifPresent(tree -> {
            Values values = new Values(problems);
            RuleReader reader = new RuleReader(values, new Names(policy, problems));
            for (Yaml entry : values.list(tree, "allow")) {
                reader.read(entry, false, Optional.of(conduit.vocabulary())).ifPresent(rules::add);
            }
            if (rules.isEmpty() && !problems.hasErrors()) {
                problems.error(tree.position(), "a grant needs at least one rule; leave the rules out where all of"
                        + " conduit `" + conduit.name() + "` is meant");
            }
        });
        return problems.hasErrors() ? new Result.Refused(problems.sorted()) : new Result.Read(List.copyOf(rules));
    }
}
