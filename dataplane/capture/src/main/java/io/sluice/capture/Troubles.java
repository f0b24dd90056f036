package io.sluice.capture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A bounded list of troubles with a counter that goes on. */
final class Troubles {
    private final List<CaptureTrouble> kept = new ArrayList<>();
    private final List<CaptureTrouble> view = Collections.unmodifiableList(kept);
    private final int limit;
    private long count;

    Troubles(int limit) {
        this.limit = limit;
    }

    void note(CaptureTrouble.Kind kind, long offset, long packet, String sentence) {
        count++;
        if (kept.size() < limit) {
            kept.add(new CaptureTrouble(kind, offset, packet, sentence));
        }
    }

    long count() {
        return count;
    }

    List<CaptureTrouble> kept() {
        return view;
    }
}
