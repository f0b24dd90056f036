package io.sluice.rules.policy;

import java.util.List;

/** Reads a policy from YAML. */
public final class PolicyReader {
    private PolicyReader() {}

    /** What came of reading: a policy, unless there are errors; and problems, of which warnings may accompany a policy. */
    public sealed interface Result {
        List<Problem> problems();

        record Read(Policy policy, List<Problem> problems) implements Result {}

        record Refused(List<Problem> problems) implements Result {}
    }

    /**
     * Reads a policy.
     *
     * @param file the path as the user gave it, for positions
     * @param yaml the text
     */
    public static Result read(String file, String yaml) {
        return new Result.Refused(List.of(Problem.error(new Position(file, 1, 1), yaml)));
    }
}
