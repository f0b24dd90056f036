package io.sluice.testdata.net;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A network namespace, as good as a computer of its own. Made by {@link Network#namespace}. */
public final class Namespace {
    private final Network network;
    private final String name;
    private final String fullName;

    Namespace(Network network, String name, String fullName) {
        this.network = network;
        this.name = name;
        this.fullName = fullName;
    }

    /** Its short name, which is unique in the network. */
    public String name() {
        return name;
    }

    /** Its name for {@code ip netns}. */
    public String fullName() {
        return fullName;
    }

    /** Runs {@code ip} for it, which must succeed: {@code ip("link", "set", "eth0", "down")}. */
    public List<String> ip(String... words) {
        return Command.demand(with(List.of("ip", "-n", fullName), words));
    }

    /** Runs a program in it that must succeed within ten seconds. */
    public List<String> demand(String... words) {
        return Command.demand(inside(words));
    }

    /** Runs a program in it, whatever comes of it. */
    public Command.Result run(Duration most, String... words) {
        return Command.run(most, inside(words));
    }

    /** Starts a program in it that is ended with the network at the latest. */
    public Peer start(String... words) {
        return network.keep(new Peer(name + ": " + words[0], inside(words)));
    }

    /** Sets kernel parameters: {@code sysctl("net.ipv4.ip_forward=0")}. */
    public void sysctl(String... settings) {
        demand(with(List.of("sysctl", "-qw"), settings).toArray(String[]::new));
    }

    public void address(String link, String addressAndPrefix) {
        String[] words = {"address", "add", addressAndPrefix, "dev", link};
        // Duplicate address detection would keep an IPv6 address useless for a second.
        ip(addressAndPrefix.indexOf(':') < 0 ? words : with(List.of(words), "nodad").toArray(String[]::new));
    }

    /** Knows an address without asking for it. */
    public void neighbour(String address, String mac, String link) {
        ip("neighbour", "replace", address, "lladdr", mac, "dev", link, "nud", "permanent");
    }

    public void up(String link) {
        ip("link", "set", link, "up");
    }

    public void down(String link) {
        ip("link", "set", link, "down");
    }

    public void mac(String link, String mac) {
        ip("link", "set", link, "address", mac);
    }

    /** Adds a pair of links that are joined, both up. */
    public void pair(String one, String other) {
        ip("link", "add", one, "type", "veth", "peer", "name", other);
        up(one);
        up(other);
    }

    public String macOf(String link) {
        return demand("cat", "/sys/class/net/" + link + "/address").getFirst();
    }

    /** Makes a bridge of links; it looks at nothing but Ethernet. */
    public void bridge(String bridge, String... links) {
        ip("link", "add", bridge, "type", "bridge", "mcast_snooping", "0");
        for (String link : links) {
            ip("link", "set", link, "master", bridge);
        }
        up(bridge);
    }

    /** Leaves nothing to a card that does not exist: checksums are finished and segments cut before they are sent. */
    public void offloadsOff(String link) {
        demand("ethtool", "-K", link, "tx", "off", "rx", "off", "sg", "off", "tso", "off", "gso", "off", "gro", "off");
    }

    /** Frames that arrived on a link so far. */
    public long received(String link) {
        return counter(link, "rx_packets");
    }

    /** Frames that a link has sent so far. */
    public long sent(String link) {
        return counter(link, "tx_packets");
    }

    /** TCP segments that its hosts have sent more than once so far. */
    public long retransmitted() {
        List<String> lines = demand("cat", "/proc/net/snmp").stream().filter(line -> line.startsWith("Tcp:")).toList();
        int column = List.of(lines.get(0).split(" ", -1)).indexOf("RetransSegs");
        return Long.parseLong(lines.get(1).split(" ", -1)[column]);
    }

    private long counter(String link, String counter) {
        return Long.parseLong(demand("cat", "/sys/class/net/" + link + "/statistics/" + counter).getFirst());
    }

    private List<String> inside(String... words) {
        return with(List.of("ip", "netns", "exec", fullName), words);
    }

    private static List<String> with(List<String> first, String... more) {
        List<String> words = new ArrayList<>(first);
        words.addAll(Arrays.asList(more));
        return words;
    }
}
