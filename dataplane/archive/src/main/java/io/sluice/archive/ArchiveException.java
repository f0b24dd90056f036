package io.sluice.archive;

/** An archive that cannot be judged at all. The message is one sentence for the user: what, where, what to do. */
public final class ArchiveException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    public ArchiveException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    @Override
    public String getMessage() {
        return sentence;
    }
}
