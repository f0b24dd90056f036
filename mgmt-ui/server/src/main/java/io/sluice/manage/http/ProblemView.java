package io.sluice.manage.http;

import io.sluice.manage.Refused;
import org.jspecify.annotations.Nullable;

/** A problem as the API shows it. */
public record ProblemView(String severity, @Nullable Integer line, @Nullable Integer column, String text) {
    public static ProblemView of(Refused.Problem problem) {
        return new ProblemView(problem.warning() ? "warning" : "error", problem.line() == 0 ? null : problem.line(),
                problem.line() == 0 ? null : problem.column(), problem.text());
    }
}
