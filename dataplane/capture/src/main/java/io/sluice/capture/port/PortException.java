package io.sluice.capture.port;

/** A port cannot be opened; the message is a sentence for the user: what, where, what to do. */
public final class PortException extends Exception {
    private static final long serialVersionUID = 1L;

    public PortException(String sentence) {
        super(sentence);
    }
}
