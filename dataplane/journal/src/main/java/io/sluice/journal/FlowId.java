package io.sluice.journal;

import io.sluice.engine.Flow;

/**
 * The number that connects the events of one flow. An engine counts its flows from 0, TCP and UDP apart, and several engines
 * run side by side, again after each start; so ends and time of the first packet go into it, too.
 */
final class FlowId {
    /** 53 bits: what every JSON reader takes for a whole number. */
    private static final long MASK = (1L << 53) - 1;

    private FlowId() {}

    static long of(Flow flow) {
        long ends = mix(flow.clientHigh() ^ mix(flow.clientLow())) + mix(flow.serverHigh() ^ mix(flow.serverLow()) ^ 1);
        long ports = (long) flow.protocol() << 32 | (long) flow.clientPort() << 16 | flow.serverPort();
        return mix(mix(ends ^ ports) ^ mix(flow.firstNanos()) ^ flow.number()) & MASK;
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
