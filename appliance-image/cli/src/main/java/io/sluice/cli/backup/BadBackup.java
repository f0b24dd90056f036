package io.sluice.cli.backup;

import java.io.IOException;

/** A file that is no backup, was altered or cut off, or another passphrase; in a sentence for the user. */
public final class BadBackup extends IOException {
    private static final long serialVersionUID = 1;

    private final String sentence;

    BadBackup(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
