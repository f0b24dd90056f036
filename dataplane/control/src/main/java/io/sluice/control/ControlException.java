package io.sluice.control;

/** The control socket cannot be used; the message is a sentence for the user: what, where, what to do. */
public final class ControlException extends Exception {
    private static final long serialVersionUID = 1L;

    public ControlException(String sentence) {
        super(sentence);
    }
}
