package io.sluice.engine;

/**
 * The secret by which an engine's flow table is ordered, so that nobody outside can choose addresses and ports that all
 * meet in one place: SipHash-1-3 (Aumasson and Bernstein, 2012) over both ends, the smaller first.
 *
 * @param first half of the secret
 * @param second the other half
 */
public record FlowKey(long first, long second) {
    /** For recordings, where nobody can attack and the same input is to take the same way. */
    public static final FlowKey KNOWN = new FlowKey(0x0706_0504_0302_0100L, 0x0F0E_0D0C_0B0A_0908L);

    private static final long BYTES = 5L * Long.BYTES;

    /** The same for both directions of a flow. */
    int hash(Packet p) {
        long sourcePort = p.sourcePort();
        long destinationPort = p.destinationPort();
        boolean turned = p.sourceLow() > p.destinationLow() || (p.sourceLow() == p.destinationLow()
                && (p.sourceHigh() > p.destinationHigh()
                        || (p.sourceHigh() == p.destinationHigh() && sourcePort > destinationPort)));
        long ports = turned ? destinationPort << 16 | sourcePort : sourcePort << 16 | destinationPort;
        long rest = ports | (long) p.vlan() << 32 | (long) p.protocol() << 56;
        return turned
                ? hash(p.destinationHigh(), p.destinationLow(), p.sourceHigh(), p.sourceLow(), rest)
                : hash(p.sourceHigh(), p.sourceLow(), p.destinationHigh(), p.destinationLow(), rest);
    }

    /** SipHash-1-3 of five words. */
    int hash(long m0, long m1, long m2, long m3, long m4) {
        long v0 = first ^ 0x736F_6D65_7073_6575L;
        long v1 = second ^ 0x646F_7261_6E64_6F6DL;
        long v2 = first ^ 0x6C79_6765_6E65_7261L;
        long v3 = second ^ 0x7465_6462_7974_6573L;
        long m = m0;
        for (int round = 0; round < 9; round++) {
            if (round == 6) {
                v2 ^= 0xFF;
            }
            boolean compresses = round < 6;
            v3 ^= compresses ? m : 0;
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
            v0 ^= compresses ? m : 0;
            m = switch (round) {
                case 0 -> m1;
                case 1 -> m2;
                case 2 -> m3;
                case 3 -> m4;
                default -> BYTES << 56;
            };
        }
        long h = v0 ^ v1 ^ v2 ^ v3;
        return (int) (h ^ h >>> 32);
    }
}
