package io.sluice.capture;

/** LINKTYPE_ numbers of the tcpdump.org registry whose frames the engine reads. */
public final class LinkTypes {
    /** BSD loopback: address family in the byte order of the host that captured. */
    public static final int NULL = 0;
    public static final int ETHERNET = 1;
    /** Raw IP as some systems number it in files (DLT_RAW of OpenBSD and of the others). */
    public static final int RAW_12 = 12, RAW_14 = 14;
    /** Raw IP, version by the first four bits. */
    public static final int RAW = 101;
    /** OpenBSD loopback: address family in network byte order. */
    public static final int LOOP = 108;
    /** Linux cooked capture, version 1. */
    public static final int LINUX_SLL = 113;
    public static final int IPV4 = 228;
    public static final int IPV6 = 229;
    /** Linux cooked capture, version 2. */
    public static final int LINUX_SLL2 = 276;

    private LinkTypes() {}

    /** Whether frames of this type can be judged. */
    public static boolean supported(int linkType) {
        return switch (linkType) {
            case NULL, ETHERNET, RAW_12, RAW_14, RAW, LOOP, LINUX_SLL, IPV4, IPV6, LINUX_SLL2 -> true;
            default -> false;
        };
    }

    /** The registry's number with a name where it is one that people meet. */
    public static String describe(int linkType) {
        String name = switch (linkType) {
            case NULL -> "BSD loopback";
            case ETHERNET -> "Ethernet";
            case RAW_12, RAW_14, RAW -> "raw IP";
            case LOOP -> "OpenBSD loopback";
            case LINUX_SLL -> "Linux cooked";
            case LINUX_SLL2 -> "Linux cooked v2";
            case IPV4 -> "raw IPv4";
            case IPV6 -> "raw IPv6";
            case 9 -> "PPP";
            case 105 -> "IEEE 802.11";
            case 127 -> "IEEE 802.11 with radiotap";
            case 147 -> "user-defined";
            case 189, 220 -> "USB";
            case 195, 230 -> "IEEE 802.15.4";
            case 227 -> "CAN";
            case 249 -> "USBPcap";
            default -> "unknown";
        };
        return linkType + " (" + name + ")";
    }
}
