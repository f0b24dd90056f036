package io.sluice.dissect;

/**
 * What a hostile peer may make a dissector remember or accept, in one place.
 *
 * @param outstandingRequests unanswered requests remembered per flow; the oldest is forgotten beyond that. The Modbus
 *     messaging guide suggests 16 for a server; masters that pipeline harder exist
 * @param umasFrameBytes largest MBAP length accepted for function 90, which outgrows the standard's 254
 */
public record Limits(int outstandingRequests, int umasFrameBytes) {
    public static final Limits DEFAULT = new Limits(64, 1500);

    public Limits {
        if (outstandingRequests < 1 || umasFrameBytes < 254 || umasFrameBytes > 65_535) {
            throw new IllegalArgumentException("limits out of range: " + outstandingRequests + ", " + umasFrameBytes);
        }
    }
}
