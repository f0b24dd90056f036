package io.sluice.dissect;

/**
 * What a hostile peer may make a dissector remember or accept, in one place.
 *
 * @param outstandingRequests unanswered requests remembered per flow; the oldest is forgotten beyond that. The Modbus
 *     messaging guide suggests 16 for a server; masters that pipeline harder exist
 * @param umasFrameBytes largest MBAP length accepted for function 90, which outgrows the standard's 254
 * @param opcUa those of OPC UA
 */
public record Limits(int outstandingRequests, int umasFrameBytes, OpcUaLimits opcUa) {
    public static final Limits DEFAULT = new Limits(64, 1500, OpcUaLimits.DEFAULT);

    public Limits {
        if (outstandingRequests < 1 || umasFrameBytes < 254 || umasFrameBytes > 65_535) {
            throw new IllegalArgumentException("limits out of range: " + outstandingRequests + ", " + umasFrameBytes);
        }
    }

    /**
     * Bounds of OPC UA messages. They hold beside what the peers announce in Hello and Acknowledge, where 0 means no
     * limit (OPC 10000-6 §7.1.2.3).
     *
     * @param chunkBytes largest chunk; stacks use 64 KiB
     * @param requestChunks most chunks of a request
     * @param requestBytes largest body of a request of several chunks, which is put together to be judged
     * @param responseChunks most chunks of a response
     * @param assembledBytes bodies being put together at once, all flows of a worker
     * @param depth how deep values may be nested
     * @param outstanding unanswered requests of a connection, and nodes registered or monitored under other names
     * @param certificateBytes largest certificate chain
     * @param certificates most certificates of a chain
     */
    public record OpcUaLimits(int chunkBytes, int requestChunks, int requestBytes, int responseChunks,
            long assembledBytes, int depth, int outstanding, int certificateBytes, int certificates) {
        public static final OpcUaLimits DEFAULT = new OpcUaLimits(65_536, 256, 2 << 20, 4096, 32L << 20, 16, 4096,
                16_384, 5);
    }
}
