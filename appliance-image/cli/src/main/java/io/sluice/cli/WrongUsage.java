package io.sluice.cli;

/** Options that contradict one another, or a value that makes no sense, in a sentence. Ends in {@link ExitCode#USAGE}. */
public final class WrongUsage extends Exception {
    private static final long serialVersionUID = 1;

    private final String sentence;

    public WrongUsage(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
