package io.sluice.engine;

/** LINKTYPE numbers of the tcpdump registry that {@link Packet} understands. */
public final class LinkTypes {
    /** BSD loopback, address family in the capturing machine's byte order. */
    public static final int NULL = 0;
    public static final int ETHERNET = 1;
    /** Raw IP as BSD numbers it in files of its own. */
    public static final int RAW_BSD = 12;
    public static final int RAW_OPENBSD = 14;
    public static final int RAW = 101;
    /** BSD loopback, address family in network byte order. */
    public static final int LOOP = 108;
    /** Linux cooked capture. */
    public static final int LINUX_SLL = 113;
    public static final int IPV4 = 228;
    public static final int IPV6 = 229;
    /** Linux cooked capture, version 2. */
    public static final int LINUX_SLL2 = 276;

    private LinkTypes() {}
}
