package io.sluice.inline;

/**
 * One TCP connection that the broker is about to open under a grant. Addresses are in their 128-bit form (IPv4 mapped,
 * RFC 4291 §2.5.5.2).
 */
public record FlowBinding(long sourceHigh, long sourceLow, int sourcePort, long targetHigh, long targetLow,
        int targetPort) {}
