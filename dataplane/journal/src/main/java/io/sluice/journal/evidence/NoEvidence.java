package io.sluice.journal.evidence;

/** Why a bundle cannot be made or read, in a sentence: what, where, what to do. */
public final class NoEvidence extends Exception {
    private static final long serialVersionUID = 1;

    private final String sentence;

    NoEvidence(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
