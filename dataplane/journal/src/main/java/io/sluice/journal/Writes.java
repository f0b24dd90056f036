package io.sluice.journal;

import io.sluice.dissect.Facts;
import io.sluice.dissect.Protocol;
import io.sluice.dissect.Vocabulary.Operation;
import io.sluice.engine.MessageEvent;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Which requests change a device, by the protocol's own words. */
final class Writes {
    private final Map<Protocol, BitSet> known = new HashMap<>();

    boolean in(MessageEvent e) {
        if (!e.request()) {
            return false;
        }
        Protocol protocol = Objects.requireNonNull(e.flow().service()).protocol();
        BitSet writes = known.get(protocol);
        if (writes == null) {
            writes = writes(protocol);
            known.put(protocol, writes);
        }
        Facts facts = e.facts();
        for (int span = 0; span < facts.spans(); span++) {
            if (writes.get(facts.operation(span))) {
                return true;
            }
        }
        return false;
    }

    private static BitSet writes(Protocol protocol) {
        BitSet writes = new BitSet();
        Stream.concat(protocol.vocabulary().operations().stream(), protocol.vocabulary().implied().stream())
                .filter(Operation::writes).forEach(operation -> writes.set(operation.number()));
        return writes;
    }
}
