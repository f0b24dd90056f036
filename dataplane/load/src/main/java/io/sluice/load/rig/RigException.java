package io.sluice.load.rig;

/** Why a measurement cannot be made here, in a sentence: what, where, what to do. */
public final class RigException extends Exception {
    private static final long serialVersionUID = 1;

    private final String sentence;

    public RigException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
