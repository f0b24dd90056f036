package io.sluice.integration.device;

import io.sluice.integration.peer.VlanTagger;
import io.sluice.testdata.net.Namespace;
import io.sluice.testdata.net.Network;
import io.sluice.testdata.net.Peer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A plant in small: hosts behind the ports of one device. First {@link #host hosts} and {@link #segment segments} are placed,
 * then {@link #sluice} or {@link #bridge} puts the device between them.
 */
public final class Plant implements AutoCloseable {
    /** The link of each host. */
    public static final String LINK = "eth0";

    private static final Duration PEER_START = Duration.ofMinutes(3);

    private final Network network = Network.open();
    private final Namespace middle = network.namespace("fw");
    private final Map<String, String> ports = new LinkedHashMap<>();
    private final Set<String> mirrors = new HashSet<>();
    private final List<String> settings = new ArrayList<>();
    private final Path folder;
    private boolean offloads = true;

    public Plant() {
        onlyEthernet(middle);
        try {
            folder = Files.createTempDirectory("rig");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves no checksum and no segmentation to the cards of the hosts placed after it. */
    public Plant offloadsOff() {
        offloads = false;
        return this;
    }

    /** Nothing of the kernel's own above Ethernet: no neighbour discovery, and no filter that looks into what a bridge carries. */
    private static void onlyEthernet(Namespace namespace) {
        namespace.sysctl("net.ipv6.conf.all.disable_ipv6=1", "net.ipv6.conf.default.disable_ipv6=1");
        namespace.run(Duration.ofSeconds(5), "sysctl", "-qw", "net.bridge.bridge-nf-call-iptables=0",
                "net.bridge.bridge-nf-call-ip6tables=0", "net.bridge.bridge-nf-call-arptables=0");
    }

    /** A host alone behind a port, with its Ethernet address and its IP addresses with their prefix lengths. */
    public Namespace host(String name, String port, String mac, String... addresses) {
        Namespace host = network.namespace(name);
        plug(host, port, mac, addresses);
        ports.put(port, port);
        return host;
    }

    /** Takes away the interface of a port behind which a {@link #host} is alone, with its cable. */
    public void unplug(String port) {
        middle.ip("link", "delete", port);
    }

    /** Puts another in its place, of the same name, with the host at its other end. */
    public void plug(Namespace host, String port, String mac, String... addresses) {
        network.link(middle, port, host, LINK);
        settle(host, mac, addresses);
        if (!offloads) {
            middle.offloadsOff(port);
        }
    }

    /** A host at the appliance's management interface, which is no port of the firewall: both ends with prefix lengths. */
    public Namespace office(String name, String address, String middleAddress) {
        Namespace host = network.namespace(name);
        network.link(middle, name, host, LINK);
        middle.address(name, middleAddress);
        host.address(LINK, address);
        host.up("lo");
        return host;
    }

    /** A port of the settings whose interface nobody makes. */
    public void port(String name, String link) {
        ports.put(name, link);
    }

    /** Makes a port one that only listens. */
    public void mirror(String port) {
        mirrors.add(port);
    }

    /** A switch behind a port, for several hosts. */
    public Namespace segment(String name, String port) {
        Namespace segment = network.namespace(name);
        onlyEthernet(segment);
        network.link(middle, port, segment, "uplink");
        ports.put(port, port);
        segment.bridge("switch", "uplink");
        return segment;
    }

    /** A host at a switch. */
    public Namespace hostAt(Namespace segment, String name, String mac, String... addresses) {
        Namespace host = network.namespace(name);
        network.link(segment, name, host, LINK);
        segment.ip("link", "set", name, "master", "switch");
        settle(host, mac, addresses);
        return host;
    }

    /** Puts a host in a VLAN as well, under further addresses: its link {@code eth0.10}. */
    public void vlan(Namespace host, int identifier, String... addresses) {
        String inside = LINK + "." + identifier;
        String tagged = "tag" + identifier;
        host.pair(inside, tagged);
        host.mac(inside, host.macOf(LINK));
        host.offloadsOff(inside);
        host.offloadsOff(tagged);
        for (String address : addresses) {
            host.address(inside, address);
        }
        peer(host, VlanTagger.class, LINK, tagged, Integer.toString(identifier));
    }

    private void settle(Namespace host, String mac, String... addresses) {
        if (!offloads) {
            host.offloadsOff(LINK);
        }
        host.mac(LINK, mac);
        for (String address : addresses) {
            host.address(LINK, address);
        }
    }

    /** A line of the firewall's settings beside ports, policy and folders, such as {@code idle: spin}. */
    public Plant setting(String line) {
        settings.add(line);
        return this;
    }

    /** A kernel bridge between the ports, not yet started. */
    public DeviceUnderTest bridge() {
        return new KernelBridge(middle, ports.values());
    }

    /** What is to be tested: the firewall, or by {@code -Dsluice.dut=bridge} a bridge, which shows what a test can see. */
    public DeviceUnderTest device(Path policy) {
        return System.getProperty("sluice.dut", "sluice").equals("bridge") ? bridge() : sluice(policy);
    }

    /** The firewall between the ports under a policy, not yet started. */
    public SluiceInline sluice(Path policy) {
        StringBuilder text = new StringBuilder("ports:\n");
        ports.forEach((port, link) -> text.append("  %s: {interface: %s, mirror: %s}%n".formatted(port, link,
                mirrors.contains(port))));
        text.append("policy: %s/policy.yaml%n".formatted(folder)).append("data: %s/data%n".formatted(folder))
                .append("control: {socket: %s/%s}%n".formatted(folder, SluiceInline.SOCKET));
        if (settings.stream().noneMatch(line -> line.startsWith("clock:"))) {
            text.append("clock: {require_sync: false}\n");
        }
        settings.forEach(line -> text.append(line).append('\n'));
        try {
            Files.copy(policy, folder.resolve("policy.yaml"), StandardCopyOption.REPLACE_EXISTING);
            return new SluiceInline(middle, Files.writeString(folder.resolve("sluice.yaml"), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The management server of the firewall, not yet started; lines of its settings beside address, folders and socket. */
    public SluiceManage manage(String... lines) {
        return new SluiceManage(folder, List.of(lines));
    }

    /** The same in the namespace of the firewall, at an address and port there, so that jump sessions can leave from it. */
    public SluiceManage manageAt(String listen, String... lines) {
        return new SluiceManage(folder, listen, List.of(lines));
    }

    /** Starts a program where the tests run, outside of all namespaces; it is ended with the plant at the latest. */
    Peer outside(String... words) {
        return network.start(words);
    }

    /** Starts a peer of this module in a host, and waits until it can be asked. */
    public Peer peer(Namespace host, Class<?> type, String... arguments) {
        return host.start(Programs.peer(type, arguments)).awaitReady(PEER_START);
    }

    /** The namespace of the device. */
    public Namespace middle() {
        return middle;
    }

    /** A folder of its own for files, removed in the end. */
    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        network.close();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
