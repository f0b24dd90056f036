package io.sluice.manage.export;

/** An export cannot be as the settings say; the message is a sentence that says what to do. */
public final class ExportException extends Exception {
    public ExportException(String sentence) {
        super(sentence);
    }
}
