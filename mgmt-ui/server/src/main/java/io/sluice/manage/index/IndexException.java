package io.sluice.manage.index;

/** Why the index does not answer, in a sentence for people. */
public final class IndexException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What happened, in one word. */
    public enum Code {
        /** Somebody cancelled the question, or nobody waits for the answer any more. */
        CANCELLED,
        /** It took too long. */
        TIMEOUT,
        /** Too many questions at a time. */
        BUSY,
        /** The index cannot be opened, read or written. */
        FAILED
    }

    private final Code code;

    IndexException(Code code, String sentence) {
        super(sentence);
        this.code = code;
    }

    IndexException(String sentence, Throwable cause) {
        super(sentence, cause);
        code = Code.FAILED;
    }

    public Code code() {
        return code;
    }
}
