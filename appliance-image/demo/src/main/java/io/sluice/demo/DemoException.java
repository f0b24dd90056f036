package io.sluice.demo;

/** The demo cannot go on; the message is a sentence for the user. */
public final class DemoException extends Exception {
    private static final long serialVersionUID = 1L;

    DemoException(String sentence) {
        super(sentence);
    }
}
