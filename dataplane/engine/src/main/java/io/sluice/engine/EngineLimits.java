package io.sluice.engine;

/**
 * Everything that bounds the engine's memory and patience, in one place. A bound reached is an outcome
 * ({@link Anomaly#FLOW_TABLE_FULL} and its kin, cause overload), never an exception.
 *
 * @param flows flows remembered at once
 * @param streamBytes window kept for one direction of a flow, 2, 8, 32 or 128 KiB: unacknowledged, incomplete and
 *     out-of-order bytes
 * @param bufferBytes all such windows and fragments together, native memory
 * @param fragmentedDatagrams datagrams being put together at once
 * @param meteredSources (rule, source) pairs whose rate is metered at once
 * @param embryonicNanos life of a connection whose handshake does not finish
 * @param idleNanos life of an idle connection; above the 2 h 4 min of RFC 5382 REQ-5, since controllers idle for hours
 * @param closedNanos how long a closed connection is remembered
 * @param datagramNanos life of an idle UDP or ICMP flow, RFC 4787 REQ-5
 * @param fragmentNanos how long fragments wait for the rest
 * @param holdNanos how long out-of-order bytes wait for a gap to close
 */
public record EngineLimits(int flows, int streamBytes, long bufferBytes, int fragmentedDatagrams, int meteredSources,
        long embryonicNanos, long idleNanos, long closedNanos, long datagramNanos, long fragmentNanos, long holdNanos) {
    private static final long SECOND = 1_000_000_000L;

    public static final EngineLimits DEFAULT = new EngineLimits(65_536, 131_072, 96L << 20, 256, 65_536, 30 * SECOND,
            3 * 3600 * SECOND, 30 * SECOND, 120 * SECOND, 30 * SECOND, 5 * SECOND);

    public EngineLimits {
        if (flows < 1 || fragmentedDatagrams < 1 || meteredSources < 1) {
            throw new IllegalArgumentException("flows, fragmented datagrams and metered sources must be 1 or more");
        }
        if (BufferPool.sizeFor(streamBytes) != streamBytes || bufferBytes < streamBytes) {
            throw new IllegalArgumentException("the window of a stream must be 2048, 8192, 32768 or 131072 bytes, not "
                    + streamBytes + ", and the total not less");
        }
    }

    /** The same with another number of flows. */
    public EngineLimits withFlows(int count) {
        return new EngineLimits(count, streamBytes, bufferBytes, fragmentedDatagrams, meteredSources, embryonicNanos,
                idleNanos, closedNanos, datagramNanos, fragmentNanos, holdNanos);
    }

    /** The same with another total of native memory and window per direction. */
    public EngineLimits withBuffers(long total, int perStream) {
        return new EngineLimits(flows, perStream, total, fragmentedDatagrams, meteredSources, embryonicNanos, idleNanos,
                closedNanos, datagramNanos, fragmentNanos, holdNanos);
    }
}
