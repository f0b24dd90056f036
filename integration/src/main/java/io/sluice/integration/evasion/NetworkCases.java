package io.sluice.integration.evasion;

import static io.sluice.integration.evasion.EvasionCase.Expected.ARRIVES;
import static io.sluice.integration.evasion.EvasionCase.Expected.EITHER;
import static io.sluice.integration.evasion.EvasionCase.Expected.NEVER;
import static io.sluice.integration.evasion.Material.SIZE;

import io.sluice.integration.evasion.EvasionCase.Expected;
import io.sluice.integration.evasion.EvasionCase.Kind;
import io.sluice.integration.evasion.EvasionCase.Script;
import io.sluice.testdata.PacketBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The ways below TCP: fragments, tags, and headers of IP that hosts read in more than one way. RFC 1858, 5722, 6946, 7126. */
final class NetworkCases {
    private static final int HALF = 6, HEADER = 24, FIRST = 24, OVERLAP = 16, INNER = 20 + SIZE;

    /** IANA protocol numbers of IPv6 extension headers. */
    private static final int HOP_BY_HOP = 0, ROUTING = 43, DESTINATION = 60;

    /** Eight bytes, of which the builder sets the first: options that only fill up (RFC 8200 §4.2); a route of type 0 that is done. */
    private static final byte[] PADDING = {0, 0, 1, 4, 0, 0, 0, 0}, ROUTE = new byte[8];

    private static final byte[] NO_OPERATION = {1, 1, 1, 1}, LOOSE_ROUTE = {(byte) 131, 7, 4, 10, 3, 1, 10, 0};

    private final List<EvasionCase> cases = new ArrayList<>();

    private NetworkCases() {
        fragments();
        headers();
        link();
        ipv6();
    }

    static List<EvasionCase> list() {
        return new NetworkCases().cases;
    }

    private void add(String name, String says, Expected permitted, Kind kind, Script script) {
        cases.add(new EvasionCase(name, says, permitted, kind, script));
    }

    private void add(String name, String says, Expected permitted, Script script) {
        add(name, says, permitted, Kind.OPEN, script);
    }

    /** The message in one packet that is changed. */
    private void changed(String name, String says, Expected permitted, Kind kind, UnaryOperator<PacketBuilder> change) {
        add(name, says, permitted, kind, play -> play.piece(play.subject(), 0, SIZE, change));
    }

    /** The message whole, after a permitted one at the same place in a packet that no host takes. */
    private void decoyed(String name, String says, UnaryOperator<PacketBuilder> change) {
        add(name, "after a permitted write " + says, ARRIVES, play -> {
            play.piece(play.decoy(), 0, SIZE, change);
            play.pause();
            play.whole(play.subject());
        });
    }

    private void fragments() {
        add("fragments", "in IP fragments of 8 bytes, in order", ARRIVES,
                play -> play.frames(play.fragments(play.subject(), 8)));
        add("fragments-backwards", "in IP fragments of 8 bytes, the last first", ARRIVES,
                play -> play.frames(play.fragments(play.subject(), 8).reversed()));
        add("fragments-header", "in two IP fragments, cut behind the TCP header", ARRIVES,
                play -> play.frames(play.fragments(play.subject(), HEADER)));
        add("fragments-twice", "in IP fragments, the last once more with other bytes", EITHER, play -> {
            List<byte[]> frames = play.fragments(play.subject(), HEADER);
            List<byte[]> others = play.fragments(play.decoy(), HEADER);
            System.arraycopy(frames.get(1), 18, others.get(1), 18, 2); // the same identification
            play.frames(List.of(frames.get(1), others.get(1), frames.get(0)));
        });
        add("fragments-overlap", "in two IP fragments that overlap, the second of another message", EITHER,
                NetworkCases::overlapping);
        add("fragments-same-twice", "in IP fragments, each of them twice", EITHER, play -> {
            List<byte[]> frames = play.fragments(play.subject(), HEADER);
            play.frames(List.of(frames.get(0), frames.get(0), frames.get(1), frames.get(1)));
        });
        add("fragments-then-whole", "in one IP fragment that is never completed, then whole", ARRIVES, play -> {
            play.frames(List.of(play.fragments(play.subject(), HEADER).getFirst()));
            play.whole(play.subject());
        });
    }

    /** The second fragment begins before the first ends and has the other message's bytes: RFC 1858 §4. */
    private static void overlapping(Play play) {
        PacketBuilder datagram = play.datagram(play.subject());
        byte[] first = datagram.fragment(0, FIRST, true);
        byte[] last = datagram.payload(play.decoy()).fragment(OVERLAP, INNER, false);
        play.frames(List.of(first, last));
    }

    private void headers() {
        changed("hops-1", "with a time to live of 1", ARRIVES, Kind.OPEN, packet -> packet.hops(1));
        changed("ip-options", "in a packet with IP options that do nothing", NEVER, Kind.OPEN,
                packet -> packet.ipOptions(NO_OPERATION));
        decoyed("source-route", "in a packet with a source route", packet -> packet.ipOptions(LOOSE_ROUTE));
        decoyed("ip-checksum", "with a wrong IPv4 header checksum", packet -> packet.wrongIpChecksum());
        decoyed("ip-length-long", "whose IP length is longer than its frame", packet -> packet.declaredIpLength(1400));
        decoyed("ip-length-short", "whose IP length ends within the TCP header", packet -> packet.declaredIpLength(36));
        add("icmp-unreachable", "after an ICMP error that says the client's port is closed", ARRIVES, play -> {
            play.send(play.connection().unreachable());
            play.pause();
            play.whole(play.subject());
        });
    }

    private void link() {
        changed("ethernet-trailer", "in a frame with bytes behind the packet", ARRIVES, Kind.OPEN,
                packet -> packet.trailer(Material.of(0, 0).decoy()));
        changed("priority-tag", "in a frame with a priority, which is VLAN 0", ARRIVES, Kind.OPEN,
                packet -> packet.tag(PacketBuilder.ETHERTYPE_VLAN, 5 << 13));
        changed("double-tag", "in VLAN 10 of service 20", NEVER, Kind.OPEN, packet -> packet.qinq(20, 10));
        add("vlan", "in VLAN 10", ARRIVES, Kind.VLAN, play -> play.whole(play.subject()));
        add("vlan-bytes", "in VLAN 10, in segments of one byte", ARRIVES, Kind.VLAN,
                play -> play.cut(play.subject(), IntStream.range(1, SIZE).toArray()));
    }

    private void ipv6() {
        add("ipv6", "over IPv6", ARRIVES, Kind.IPV6, play -> play.whole(play.subject()));
        add("ipv6-split", "over IPv6, in halves, the second first", ARRIVES, Kind.IPV6, play -> {
            play.piece(play.subject(), HALF, SIZE);
            play.piece(play.subject(), 0, HALF);
        });
        add("ipv6-fragments", "over IPv6, in two fragments, the second first", ARRIVES, Kind.IPV6,
                play -> play.frames(play.fragments(play.subject(), HEADER).reversed()));
        add("ipv6-atomic", "over IPv6, in a fragment that is all of it", ARRIVES, Kind.IPV6,
                play -> play.frames(play.fragments(play.subject(), 1024)));
        add("ipv6-overlap", "over IPv6, in two fragments that overlap, the second of another message", EITHER,
                Kind.IPV6, NetworkCases::overlapping);
        changed("ipv6-destination", "over IPv6, behind destination options that do nothing", ARRIVES, Kind.IPV6,
                packet -> packet.extension(DESTINATION, PADDING));
        changed("ipv6-hop-by-hop", "over IPv6, behind hop-by-hop options that do nothing", NEVER, Kind.IPV6,
                packet -> packet.extension(HOP_BY_HOP, PADDING));
        changed("ipv6-routing", "over IPv6, behind a routing header of type 0", NEVER, Kind.IPV6,
                packet -> packet.extension(ROUTING, ROUTE));
    }
}
