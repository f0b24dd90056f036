package io.sluice.cli;

/** What a script learns from a run. The numbers are stable. */
public enum ExitCode {
    /** Done, and where a question was asked, the answer is yes. */
    DONE(0),
    /** The answer is "no": problems found, a request refused, verdicts changed. */
    NO(1),
    /** The command line was wrong. */
    USAGE(2),
    /** Nothing can be said: a file is missing or unreadable, memory ran out, or Sluice has a bug. */
    COULD_NOT_RUN(3);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
