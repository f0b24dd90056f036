package io.sluice.rules.learn;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A text: of all that were said, the first; of several in one frame, the first by alphabet. */
final class Said {
    private @Nullable Moment at;
    private String text = "";

    void add(Moment when, String what) {
        Moment before = at;
        int order = before == null ? -1 : when.compareTo(before);
        if (order < 0 || (order == 0 && what.compareTo(text) < 0)) {
            at = when;
            text = what;
        }
    }

    void merge(Said other) {
        if (other.at != null) {
            add(other.at, other.text);
        }
    }

    String text() {
        return text;
    }

    void write(Keep out) throws IOException {
        Moment when = at;
        out.flag(when != null);
        if (when != null) {
            out.moment(when).text(text);
        }
    }

    void read(Kept in) throws IOException {
        if (in.flag()) {
            at = in.moment();
            text = in.text();
        }
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Said other && text.equals(other.text)
                && (at == null ? other.at == null : at.equals(other.at));
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
