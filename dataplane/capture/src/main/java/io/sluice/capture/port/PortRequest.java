package io.sluice.capture.port;

import java.util.Optional;

/**
 * What is asked of {@link Ports#open}.
 *
 * @param interfaceName name of the network interface
 * @param backend a means, or empty: the best that works
 * @param superFrames frames longer than the wire carries come through, with the kernel's offloads left on ({@code offloads:
 *     kernel}); else offloads are switched off
 * @param ringFrames frames of the receive ring, a power of two
 * @param receiveOnly nothing is ever sent (a {@code mirror} port)
 */
public record PortRequest(String interfaceName, Optional<Backend> backend, boolean superFrames, int ringFrames,
        boolean receiveOnly) {
    public static final int DEFAULT_RING_FRAMES = 8192;
}
