package io.sluice.inline;

import java.util.List;

/**
 * How the packet path stands.
 *
 * @param ports in the order of the settings, the jump port last
 * @param pipeline its shape in words: {@code direct}, {@code sharded, 3 workers}
 * @param clock whether windows and dates can be trusted
 * @param flows flows remembered now
 * @param flowLimit flows that can be remembered
 * @param bufferBytes native memory in use for streams and fragments
 * @param bufferLimit the most of it
 * @param draining no new flows are accepted
 */
public record DataplaneStatus(List<Port> ports, String pipeline, Clock clock, int flows, int flowLimit,
        long bufferBytes, long bufferLimit, boolean draining) {
    public DataplaneStatus {
        ports = List.copyOf(ports);
    }

    /**
     * One port.
     *
     * @param name as policy and settings call it
     * @param interfaceName network interface
     * @param mirror judges and reports, never forwards
     * @param link carrier
     * @param backend the means taken: {@code af_packet}, {@code af_xdp}, {@code pcap4j}, {@code tap}
     * @param why in a few words, why this means and no better one
     */
    public record Port(String name, String interfaceName, boolean mirror, Link link, String backend, String why) {}

    public enum Link {
        UP,
        DOWN,
        /** The interface is not there (any more). */
        MISSING
    }

    /**
     * Whether the time of day can be relied on.
     *
     * @param trusted rules with a window can be decided
     * @param note where the time comes from, or why it is not trusted: {@code synchronised}, {@code not synchronised for 41 s}
     */
    public record Clock(boolean trusted, String note) {}
}
