package io.sluice.capture.port;

/**
 * What a port has received and lost.
 *
 * @param received frames handed out
 * @param ringFull frames the kernel had no room for in the ring
 * @param truncated frames longer than a ring frame: dropped
 * @param unfinished frames whose checksum the sending card was still to fill in
 */
public record PortCounters(long received, long ringFull, long truncated, long unfinished) {}
