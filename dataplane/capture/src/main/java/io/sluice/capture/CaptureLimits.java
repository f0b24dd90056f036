package io.sluice.capture;

/**
 * What a capture may make its reader accept or remember, in one place.
 *
 * @param packetBytes largest packet handed out; libpcap's own limit for Ethernet and its like (MAXIMUM_SNAPLEN)
 * @param blockBytes largest pcapng packet block (packet plus options) that is looked into; larger ones are skipped
 * @param interfaces described interfaces remembered over all sections of a file
 * @param troubles troubles kept in words; beyond that they are only counted
 * @param windowBytes how much of a file is read at once; small enough to stay in the processor's cache
 */
public record CaptureLimits(int packetBytes, int blockBytes, int interfaces, int troubles, long windowBytes) {
    public static final CaptureLimits DEFAULT = new CaptureLimits(262_144, 1 << 20, 4_096, 100, 256L << 10);

    public CaptureLimits {
        if (packetBytes < 1 || blockBytes < packetBytes || interfaces < 1 || troubles < 1 || windowBytes < 1) {
            throw new IllegalArgumentException("limits out of range: " + packetBytes + ", " + blockBytes + ", "
                    + interfaces + ", " + troubles + ", " + windowBytes);
        }
    }
}
