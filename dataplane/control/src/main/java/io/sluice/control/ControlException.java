package io.sluice.control;

/** The control socket cannot be used, in a sentence for the user: what, where, what to do. */
public final class ControlException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    public ControlException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
