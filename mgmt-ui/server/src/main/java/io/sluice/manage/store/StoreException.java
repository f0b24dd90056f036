package io.sluice.manage.store;

/** The database cannot be used, in a sentence for the user: what, where, what to do. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    public StoreException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
