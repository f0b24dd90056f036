package io.sluice.cli.backup;

import java.util.Arrays;
import java.util.Optional;

/** What a backup is made of; each part has a folder of its own. In the order in which they are written. */
public enum Part {
    /** Settings files and what they name beside them. */
    SETTINGS("settings"),
    /** The management server's data. Before the journal, of which it has sums: it must not know more than is there. */
    MANAGEMENT("management"),
    /** The firewall's data: policies, their history, the journal. */
    FIREWALL("firewall");

    private final String word;

    Part(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    static Optional<Part> of(String word) {
        return Arrays.stream(values()).filter(part -> part.word.equals(word)).findFirst();
    }
}
