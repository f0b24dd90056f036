package io.sluice.dissect;

import java.lang.foreign.MemorySegment;

/** One protocol the firewall understands. Registered by one line in {@link Protocols}. */
public interface Protocol {
    /** The word an operator writes: {@code modbus}. */
    String name();

    /** The port registered for it, used where a policy names none. */
    int defaultPort();

    Vocabulary vocabulary();

    /** Its messages as rows of a table. */
    Columns columns();

    /** A dissector for one worker. */
    Dissector dissector(Limits limits);

    /** Per-flow memory, to be pooled. */
    Session session(Limits limits);

    /**
     * Whether a sound message tells who its sender is, as an inventory wants to know: {@link Columns#introduction} then
     * says it. For the packet path: nothing is allocated, and nothing outside the message is read.
     *
     * @param direction {@link Dissector#TO_SERVER} or {@link Dissector#TO_CLIENT}
     */
    default boolean introduces(int direction, MemorySegment bytes, long at, int size) {
        return false;
    }

    /** Whether it can be carried in datagrams. Not for the packet path. */
    default boolean datagrams() {
        return dissector(Limits.DEFAULT).datagrams();
    }
}
