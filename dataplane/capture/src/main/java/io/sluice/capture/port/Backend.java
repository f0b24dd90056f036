package io.sluice.capture.port;

/** By what means frames come and go. */
public enum Backend {
    /** AF_XDP. */
    AF_XDP("af_xdp"),
    /** AF_PACKET with a TPACKET_V2 ring. */
    AF_PACKET("af_packet"),
    /** libpcap through Pcap4J. */
    PCAP4J("pcap4j"),
    /** A TAP device of our own. */
    TAP("tap");

    private final String word;

    Backend(String word) {
        this.word = word;
    }

    /** As the settings spell it. */
    public String word() {
        return word;
    }
}
