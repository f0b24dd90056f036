package io.sluice.broker;

/**
 * Is told what happens in a session, on the thread that carries all connections: it must neither block nor throw. What is
 * allowed comes in numbers ({@link Connection#tally}), since the firewall's journal has every message of it; what the gateway
 * refuses never reaches the firewall, and is told here one by one.
 */
public interface Witness {
    /** A connection to a device stands. */
    void opened(Connection connection, Passage passage);

    /** It is over. */
    void closed(Connection connection, Passage passage, Tally tally, Ending ending);

    /** A message was refused, or its answer was. */
    void refused(Connection connection, Passage passage, Refusal refusal);

    /** Something was asked for that a session does not give, such as a shell or another device. */
    void attempted(Connection connection, Attempt attempt);

    /** Nobody is connected any more by this connection; the recording, if there is one, is complete. */
    void disconnected(Connection connection, Tally tally, Ending ending);
}
