package io.sluice.capture;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** A bounded list of troubles with a counter that goes on. Sentences are built only while there is room for them. */
final class Troubles {
    private final List<CaptureTrouble> kept = new ArrayList<>();
    private final int limit;
    private long count;

    Troubles(int limit) {
        this.limit = limit;
    }

    void note(CaptureTrouble.Kind kind, long offset, long packet, Supplier<String> sentence) {
        count++;
        if (kept.size() < limit) {
            kept.add(new CaptureTrouble(kind, offset, packet, sentence.get()));
        }
    }

    long count() {
        return count;
    }

    List<CaptureTrouble> kept() {
        return Collections.unmodifiableList(kept);
    }
}
