package io.sluice.cli;

/** Why a verb cannot do its work, in a sentence for the user: what, where, what to do. Ends in {@link ExitCode#COULD_NOT_RUN}. */
public final class CouldNotRun extends Exception {
    private static final long serialVersionUID = 1;

    private final String sentence;

    public CouldNotRun(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
