package io.sluice.manage.assets;

/** A device was not, or could not be, asked who it is; the message is a sentence that says why and what to do. */
public final class IdentificationException extends Exception {
    public IdentificationException(String sentence) {
        super(sentence);
    }
}
