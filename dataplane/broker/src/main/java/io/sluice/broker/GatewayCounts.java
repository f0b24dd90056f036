package io.sluice.broker;

/**
 * What became of those who came, since the start.
 *
 * @param accepted connections that were let to speak
 * @param limited connections closed at once: too many from one address, or at all
 * @param unauthenticated connections that speak and have proved nothing yet, now
 * @param refused wrong passwords and keys
 * @param admitted connections into sessions
 * @param connected connections in sessions, now
 * @param readdressed answers of OPC UA servers in which the device's URLs lead through the tunnel now
 * @param addressed answers of OPC UA servers that went on as they were although they may name addresses of the plant, and
 *     secured channels, whose answers all do
 */
public record GatewayCounts(long accepted, long limited, int unauthenticated, long refused, long admitted,
        int connected, long readdressed, long addressed) {}
