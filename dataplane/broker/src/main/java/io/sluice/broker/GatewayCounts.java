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
 */
public record GatewayCounts(long accepted, long limited, int unauthenticated, long refused, long admitted,
        int connected) {}
