package io.sluice.engine;

/**
 * What can be wrong with a frame, a packet or a segment, apart from the messages in it. {@link #blocks} says whether the
 * dataplane lets such a packet through; replay's observe profile goes on with it and reports what would have happened.
 */
public enum Anomaly {
    /** Of captures alone. */
    FRAME_TRUNCATED("frame-truncated", true, "the capture holds only part of the frame"),
    /** Below IP, and IP itself. */
    FRAME_SHORT("frame-short", true, "the frame ends inside a header"),
    /** See {@link LinkTypes}. */
    LINK_TYPE("link-type", true, "frames of this link type are not understood"),
    /** IEEE 802.1ad knows two. */
    VLAN_DEPTH("vlan-depth", true, "more than two VLAN tags"),
    /** RFC 2516, 3032, 2003, 4213, 2784. */
    TUNNEL("tunnel", true, "PPPoE, MPLS or an IP tunnel: the inner packets cannot be judged"),
    /** RFC 791 §3.1, RFC 8200 §3. */
    IP_HEADER("ip-header", true, "version, header length or total length is wrong"),
    /** RFC 1122 §3.2.1.2. */
    IP_CHECKSUM("ip-checksum", true, "the IP header checksum is wrong"),
    /** RFC 7126 §4.3 and §4.4, RFC 5095. */
    IP_SOURCE_ROUTE("ip-source-route", true, "the packet asks for a source route"),
    /** RFC 7126. */
    IP_OPTIONS("ip-options", true, "the IP header carries options"),
    /** RFC 8200 §4, RFC 9288. */
    IP_EXTENSION("ip-extension", true, "an IPv6 extension header chain that is not accepted"),
    /** RFC 4942 §2.2. */
    MAPPED_ADDRESS("mapped-address", true, "an IPv6 packet whose address would pass for an IPv4 one"),
    /** RFC 5722. */
    FRAGMENT_OVERLAP("fragment-overlap", true, "fragments overlap: the whole datagram is dropped"),
    /** RFC 791 §3.2, RFC 8200 §4.5. */
    FRAGMENT_SHAPE("fragment-shape", true, "a fragment's offset or length is not possible"),
    /** RFC 1122 §3.3.2. */
    FRAGMENT_TIMEOUT("fragment-timeout", true, "the rest of a fragmented datagram did not come"),
    /** {@link EngineLimits#fragmentedDatagrams}. */
    FRAGMENT_TABLE_FULL("fragment-table-full", true, "too many unfinished datagrams"),
    /** RFC 768. */
    UDP_LENGTH("udp-length", true, "the UDP length contradicts the packet"),
    /** RFC 9293 §3.1, RFC 768, RFC 792. */
    TRANSPORT_CHECKSUM("transport-checksum", true, "the TCP, UDP or ICMP checksum is wrong"),
    /** RFC 9293 §3.1. */
    TCP_HEADER("tcp-header", true, "the TCP header length or an option is wrong"),
    /** RFC 9293 §3.10. */
    TCP_FLAGS("tcp-flags", true, "a combination of TCP flags that no stack sends"),
    /** RFC 6093. */
    TCP_URGENT("tcp-urgent", true, "urgent data: receivers disagree on where it belongs"),
    /** RFC 9293 §3.4, RFC 7413. */
    SYN_WITH_DATA("syn-with-data", true, "data on a SYN: receivers disagree on whether it counts"),
    /** RFC 9293 §3.5. */
    HANDSHAKE("handshake", true, "the segment does not fit the three-way handshake"),
    /** RFC 5961 §4. */
    SYN_IN_CONNECTION("syn-in-connection", true, "a SYN inside a live connection"),
    /** RFC 5961 §4, RFC 9293 §3.5.1: its server answers it by a challenge, by a RST, or by a new connection. */
    SYN_CHALLENGE("syn-challenge", false, "a new SYN where a connection stands: its server says whether that is over"),
    /** RFC 5961 §5. */
    ACK_OF_UNSENT("ack-of-unsent", true, "the acknowledgement covers bytes that were never sent"),
    /** RFC 9293 §3.10.7.4. */
    OUT_OF_WINDOW("out-of-window", true, "the segment lies outside what its receiver accepts"),
    /** RFC 7323 §5. */
    STALE_TIMESTAMP("stale-timestamp", true, "the TCP timestamp is older than the last one"),
    /** RFC 5961 §3. */
    RST_OUT_OF_SEQUENCE("rst-out-of-sequence", true, "a RST that its receiver would not believe"),
    /** RFC 9293 §3.6. */
    DATA_AFTER_FIN("data-after-fin", true, "data beyond the end of the stream"),
    /** RFC 9293 §3.8.1: a sender repeats what it sent. */
    CONFLICTING_RETRANSMISSION("conflicting-retransmission", true, "bytes sent again with other content"),
    /** {@link EngineLimits#streamBytes} or too many pieces. */
    HOLD_FULL("hold-full", true, "too many bytes out of order: the sender has to send them again"),
    /** The policy's {@code when_unsure: midstream} decides. */
    MIDSTREAM("midstream", true, "the connection began before it was seen"),
    /** {@link EngineLimits#flows}. */
    FLOW_TABLE_FULL("flow-table-full", true, "the flow table is full"),
    /** See {@link Engine#drain}. */
    DRAINING("draining", true, "the firewall is about to stop and accepts no new connections"),
    /** {@link EngineLimits#bufferBytes} or {@link EngineLimits#streamBytes}. */
    BUFFER_FULL("buffer-full", true, "the stream buffers are full"),
    /** Policy: a zone's ports. */
    SPOOFED("spoofed", true, "an address at a port of a zone where it cannot be"),
    /** RFC 826, RFC 4861 §6.1 and §7.1. */
    ARP_BINDING("arp-binding", true,
            "ARP or neighbour discovery that contradicts an asset, its own frame or its form"),
    /** RFC 6104: who advertises itself as a router gets the traffic. */
    ROUTER_UNNAMED("router-unnamed", true, "a router that the policy does not name announces itself"),
    /** RFC 9293 §3.9.2.3, RFC 1122 §3.2.1.3 and §3.2.2.6. */
    GROUP_ADDRESS("group-address", true, "a group address where only one station can be meant"),
    /** RFC 5927. */
    ICMP_WITHOUT_FLOW("icmp-without-flow", true, "an ICMP error for no live flow"),
    /** See {@link Grants#bind}. */
    NO_GRANT("no-grant", true, "from a broker's zone, and no jump session has announced it"),
    /** See {@link Grants#revoke}. */
    GRANT_REVOKED("grant-revoked", true, "the jump session was ended"),
    /** See {@link Grants#open}. */
    GRANT_EXPIRED("grant-expired", true, "the time of the jump session is over"),
    /** See {@link Engine#policy}. */
    NO_LONGER_ALLOWED("no-longer-allowed", true, "the policy that holds now does not allow this flow at all"),
    /** See {@link Flow#ended}. */
    AFTER_RESET("after-reset", true, "the firewall has ended this flow"),
    /** Seen where a machine captures what it sends itself, observing; see {@link Engine#checksumToCome}. */
    UNFINISHED_CHECKSUM("unfinished-checksum", false, "the checksum was still to be filled in by the sending card"),
    /** RFC 8684, 7413, 2385, 5925 and what nobody knows; see {@link SynOptions}. */
    TCP_OPTION("tcp-option", false, "a TCP option that is not understood on the way was taken out of a SYN"),
    /** See {@link EngineListener#gap}. */
    GAP_SKIPPED("gap-skipped", false, "bytes that the capture does not hold were skipped"),
    /** See {@link Profile#OBSERVE}. */
    TAKEN_UP_MIDSTREAM("taken-up-midstream", false, "a connection taken up at a message boundary");

    private final String word;
    private final boolean blocks;
    private final String sentence;

    Anomaly(String word, boolean blocks, String sentence) {
        this.word = word;
        this.blocks = blocks;
        this.sentence = sentence;
    }

    public String word() {
        return word;
    }

    /** Whether the dataplane drops the packet for it. */
    public boolean blocks() {
        return blocks;
    }

    public String sentence() {
        return sentence;
    }
}
