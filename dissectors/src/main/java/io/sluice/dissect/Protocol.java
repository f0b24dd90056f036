package io.sluice.dissect;

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

    /** Whether it can be carried in datagrams. Not for the packet path. */
    default boolean datagrams() {
        return dissector(Limits.DEFAULT).datagrams();
    }
}
