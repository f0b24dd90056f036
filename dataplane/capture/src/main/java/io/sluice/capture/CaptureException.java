package io.sluice.capture;

/** A capture that cannot be opened at all. The message is one sentence for the user: what, where, what to do. */
public final class CaptureException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why, for counters and exit codes. */
    public enum Reason {
        /** There is no such file. */
        MISSING,
        /** A folder where a file is expected. */
        FOLDER,
        /** The user may not read it. */
        PERMISSION,
        /** Nothing in it. */
        EMPTY,
        /** Neither pcap nor pcapng. */
        NOT_A_CAPTURE,
        /** A capture of a kind that is known but not read here. */
        UNSUPPORTED,
        /** The compressed data or the disk fail at the very start. */
        UNREADABLE
    }

    private final Reason reason;
    private final String sentence;

    CaptureException(Reason reason, String sentence) {
        super(sentence);
        this.reason = reason;
        this.sentence = sentence;
    }

    @Override
    public String getMessage() {
        return sentence;
    }

    public Reason reason() {
        return reason;
    }
}
