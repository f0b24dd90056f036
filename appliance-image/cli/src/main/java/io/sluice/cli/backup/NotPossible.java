package io.sluice.cli.backup;

/** Why a backup cannot be made or put back, in a sentence for the user: what, where, what to do. */
public final class NotPossible extends Exception {
    private static final long serialVersionUID = 1;

    private final String sentence;

    public NotPossible(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
