package io.sluice.engine;

/**
 * What can be wrong with a frame, a packet or a segment, apart from the messages in it. {@link #blocks} says whether the
 * dataplane lets such a packet through; replay's observe profile goes on with it and reports what would have happened.
 */
public enum Anomaly {
    FRAME_TRUNCATED("frame-truncated", true, "the capture holds only part of the frame"), FRAME_SHORT("frame-short",
            true, "the frame ends inside a header"), LINK_TYPE("link-type", true,
                    "frames of this link type are not understood"), VLAN_DEPTH("vlan-depth", true,
                            "more than two VLAN tags"), TUNNEL("tunnel", true,
                                    "PPPoE, MPLS or an IP tunnel: the inner packets cannot be judged"), IP_HEADER(
                                            "ip-header", true,
                                            "version, header length or total length is wrong"), IP_CHECKSUM(
                                                    "ip-checksum", true,
                                                    "the IP header checksum is wrong"), IP_SOURCE_ROUTE(
                                                            "ip-source-route", true,
                                                            "the packet asks for a source route"), IP_OPTIONS(
                                                                    "ip-options", true,
                                                                    "the IP header carries options"), IP_EXTENSION(
                                                                            "ip-extension", true,
                                                                            "an IPv6 extension header chain that is not accepted"), FRAGMENT_OVERLAP(
                                                                                    "fragment-overlap", true,
                                                                                    "fragments overlap: the whole datagram is dropped"), FRAGMENT_SHAPE(
                                                                                            "fragment-shape", true,
                                                                                            "a fragment's offset or length is not possible"), FRAGMENT_TIMEOUT(
                                                                                                    "fragment-timeout",
                                                                                                    true,
                                                                                                    "the rest of a fragmented datagram did not come"), FRAGMENT_TABLE_FULL(
                                                                                                            "fragment-table-full",
                                                                                                            true,
                                                                                                            "too many unfinished datagrams"), UDP_LENGTH(
                                                                                                                    "udp-length",
                                                                                                                    true,
                                                                                                                    "the UDP length contradicts the packet"), TRANSPORT_CHECKSUM(
                                                                                                                            "transport-checksum",
                                                                                                                            true,
                                                                                                                            "the TCP, UDP or ICMP checksum is wrong"), TCP_HEADER(
                                                                                                                                    "tcp-header",
                                                                                                                                    true,
                                                                                                                                    "the TCP header length or an option is wrong"), TCP_FLAGS(
                                                                                                                                            "tcp-flags",
                                                                                                                                            true,
                                                                                                                                            "a combination of TCP flags that no stack sends"), TCP_URGENT(
                                                                                                                                                    "tcp-urgent",
                                                                                                                                                    true,
                                                                                                                                                    "urgent data: receivers disagree on where it belongs"), SYN_WITH_DATA(
                                                                                                                                                            "syn-with-data",
                                                                                                                                                            true,
                                                                                                                                                            "data on a SYN: receivers disagree on whether it counts"), HANDSHAKE(
                                                                                                                                                                    "handshake",
                                                                                                                                                                    true,
                                                                                                                                                                    "the segment does not fit the three-way handshake"), SYN_IN_CONNECTION(
                                                                                                                                                                            "syn-in-connection",
                                                                                                                                                                            true,
                                                                                                                                                                            "a SYN inside a live connection"), ACK_OF_UNSENT(
                                                                                                                                                                                    "ack-of-unsent",
                                                                                                                                                                                    true,
                                                                                                                                                                                    "the acknowledgement covers bytes that were never sent"), OUT_OF_WINDOW(
                                                                                                                                                                                            "out-of-window",
                                                                                                                                                                                            true,
                                                                                                                                                                                            "the segment lies outside what its receiver accepts"), STALE_TIMESTAMP(
                                                                                                                                                                                                    "stale-timestamp",
                                                                                                                                                                                                    true,
                                                                                                                                                                                                    "the TCP timestamp is older than the last one"), RST_OUT_OF_SEQUENCE(
                                                                                                                                                                                                            "rst-out-of-sequence",
                                                                                                                                                                                                            true,
                                                                                                                                                                                                            "a RST that its receiver would not believe"), DATA_AFTER_FIN(
                                                                                                                                                                                                                    "data-after-fin",
                                                                                                                                                                                                                    true,
                                                                                                                                                                                                                    "data beyond the end of the stream"), CONFLICTING_RETRANSMISSION(
                                                                                                                                                                                                                            "conflicting-retransmission",
                                                                                                                                                                                                                            true,
                                                                                                                                                                                                                            "bytes sent again with other content"), HOLD_FULL(
                                                                                                                                                                                                                                    "hold-full",
                                                                                                                                                                                                                                    true,
                                                                                                                                                                                                                                    "too many bytes out of order: the sender has to send them again"), MIDSTREAM(
                                                                                                                                                                                                                                            "midstream",
                                                                                                                                                                                                                                            true,
                                                                                                                                                                                                                                            "the connection began before it was seen"), FLOW_TABLE_FULL(
                                                                                                                                                                                                                                                    "flow-table-full",
                                                                                                                                                                                                                                                    true,
                                                                                                                                                                                                                                                    "the flow table is full"), BUFFER_FULL(
                                                                                                                                                                                                                                                            "buffer-full",
                                                                                                                                                                                                                                                            true,
                                                                                                                                                                                                                                                            "the stream buffers are full"), SPOOFED(
                                                                                                                                                                                                                                                                    "spoofed",
                                                                                                                                                                                                                                                                    true,
                                                                                                                                                                                                                                                                    "an asset's address at another zone's port"), ICMP_WITHOUT_FLOW(
                                                                                                                                                                                                                                                                            "icmp-without-flow",
                                                                                                                                                                                                                                                                            true,
                                                                                                                                                                                                                                                                            "an ICMP error for no live flow"), AFTER_RESET(
                                                                                                                                                                                                                                                                                    "after-reset",
                                                                                                                                                                                                                                                                                    true,
                                                                                                                                                                                                                                                                                    "the firewall has ended this flow"), UNFINISHED_CHECKSUM(
                                                                                                                                                                                                                                                                                            "unfinished-checksum",
                                                                                                                                                                                                                                                                                            false,
                                                                                                                                                                                                                                                                                            "the checksum was still to be filled in by the sending card"), GAP_SKIPPED(
                                                                                                                                                                                                                                                                                                    "gap-skipped",
                                                                                                                                                                                                                                                                                                    false,
                                                                                                                                                                                                                                                                                                    "bytes that the capture does not hold were skipped"), TAKEN_UP_MIDSTREAM(
                                                                                                                                                                                                                                                                                                            "taken-up-midstream",
                                                                                                                                                                                                                                                                                                            false,
                                                                                                                                                                                                                                                                                                            "a connection taken up at a message boundary");

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
