package io.sluice.testdata;

/** The IP header of a packet that {@link PacketBuilder} builds, or its absence. */
final class NetworkHeader {
    private static final int IPV4_SIZE = 20, IPV6_SIZE = 40, FRAGMENT_EXTENSION = 44, FRAGMENT_SIZE = 8;
    private static final int DONT_FRAGMENT = 0x4000, MORE_FRAGMENTS = 0x2000, WHOLE = -1;

    enum Version {
        NONE,
        IPV4,
        IPV6
    }

    Version version = Version.NONE;
    byte[] source = {};
    byte[] destination = {};
    byte[] options = {};
    int extension = -1;
    int hops = 64;
    int identification;
    boolean mayFragment;
    int checksumError;
    int declaredLength = -1;

    /** Size of the header of a whole packet, with options or the extension header. */
    int size() {
        return switch (version) {
            case NONE -> 0;
            case IPV4 -> IPV4_SIZE + options.length;
            case IPV6 -> IPV6_SIZE + options.length;
        };
    }

    /** Writes the header of a whole packet with a number of bytes after it, and returns its end. */
    int write(byte[] out, int at, int inner, int protocol) {
        return switch (version) {
            case NONE -> at;
            case IPV4 -> ipv4(out, at, inner, protocol, mayFragment ? 0 : DONT_FRAGMENT);
            case IPV6 -> ipv6(out, at, inner, protocol, WHOLE);
        };
    }

    /** Writes the header of a fragment that holds {@code inner} bytes, {@code from} on. RFC 791 §3.2, RFC 8200 §4.5. */
    int writeFragment(byte[] out, int at, int inner, int protocol, int from, boolean more) {
        return version == Version.IPV6
                ? ipv6(out, at, inner, protocol, from | (more ? 1 : 0))
                : ipv4(out, at, inner, protocol, from / 8 | (more ? MORE_FRAGMENTS : 0));
    }

    private int ipv4(byte[] out, int at, int inner, int protocol, int fragment) {
        int header = IPV4_SIZE + options.length;
        Wire.put16(out, at, (0x40 | header / 4) << 8);
        Wire.put16(out, at + 2, declaredLength < 0 ? header + inner : declaredLength);
        Wire.put16(out, at + 4, identification);
        Wire.put16(out, at + 6, fragment);
        Wire.put16(out, at + 8, hops << 8 | protocol);
        Wire.put16(out, at + 10, 0);
        Wire.put(out, Wire.put(out, at + 12, source), destination);
        Wire.put(out, at + IPV4_SIZE, options);
        Wire.put16(out, at + 10, Wire.checksum(Wire.sum(out, at, header, 0)) ^ checksumError);
        return at + header;
    }

    private int ipv6(byte[] out, int at, int inner, int protocol, int fragment) {
        int upper = fragment == WHOLE ? protocol : FRAGMENT_EXTENSION;
        int length = options.length + (fragment == WHOLE ? 0 : FRAGMENT_SIZE) + inner;
        Wire.put32(out, at, 0x6000_0000);
        Wire.put16(out, at + 4, declaredLength < 0 ? length : declaredLength);
        Wire.put16(out, at + 6, (extension < 0 ? upper : extension) << 8 | hops);
        int next = Wire.put(out, Wire.put(out, at + 8, source), destination);
        if (extension >= 0) {
            Wire.put(out, next, options);
            Wire.put8(out, next, upper);
            next += options.length;
        }
        if (fragment == WHOLE) {
            return next;
        }
        Wire.put16(out, next, protocol << 8);
        Wire.put16(out, next + 2, fragment);
        return Wire.put32(out, next + 4, identification);
    }
}
