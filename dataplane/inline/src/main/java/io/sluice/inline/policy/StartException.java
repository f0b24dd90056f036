package io.sluice.inline.policy;

import io.sluice.rules.policy.Problem;
import java.util.List;

/** There is no policy to start with; the message is a sentence for the user, and problems, if any, say more. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public StartException(String sentence, List<Problem> problems) {
        super(sentence);
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
