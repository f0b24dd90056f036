package io.sluice.testdata.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Network namespaces that are joined by virtual links, and what runs in them. Closed, it leaves nothing behind: no process,
 * namespace or link. What a run that was killed left behind is removed by the next one.
 *
 * <pre>{@code
 * try (Network network = Network.open()) {
 *     Namespace hmi = network.namespace("hmi"), plc = network.namespace("plc");
 *     network.link(hmi, "eth0", plc, "eth0");
 *     hmi.address("eth0", "10.3.1.105/24");
 *     …
 * }
 * }</pre>
 */
public final class Network implements AutoCloseable {
    private static final String PREFIX = "rig";
    private static final Path NAMESPACES = Path.of("/run/netns");

    /** A namespace's full name: the process that made it, a number and its short name. */
    private static final Pattern OURS = Pattern.compile(PREFIX + "([0-9]+)-([0-9]+)-.*");

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Optional<String> UNAVAILABLE = probe();

    private final String prefix = PREFIX + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet() + "-";
    private final List<Namespace> namespaces = new ArrayList<>();
    private final List<Peer> peers = new ArrayList<>();
    private final Thread atExit = new Thread(this::remove);

    private Network() {}

    /** Why there can be no network here; empty where there can. */
    public static Optional<String> unavailable() {
        return UNAVAILABLE;
    }

    public static Network open() {
        removeLeftovers();
        Network network = new Network();
        Runtime.getRuntime().addShutdownHook(network.atExit);
        return network;
    }

    /** Makes a namespace that sends nothing of its own accord. */
    public synchronized Namespace namespace(String name) {
        Namespace made = new Namespace(this, name, prefix + name);
        Command.demand(List.of("ip", "netns", "add", made.fullName()));
        namespaces.add(made);
        made.sysctl("net.ipv6.conf.all.accept_dad=0", "net.ipv6.conf.default.accept_dad=0",
                "net.ipv6.conf.all.router_solicitations=0", "net.ipv6.conf.default.router_solicitations=0");
        made.up("lo");
        return made;
    }

    /** Joins two namespaces by a cable whose ends are up. */
    public void link(Namespace one, String oneEnd, Namespace other, String otherEnd) {
        one.ip("link", "add", oneEnd, "type", "veth", "peer", "name", otherEnd, "netns", other.fullName());
        one.up(oneEnd);
        other.up(otherEnd);
    }

    /** Starts a program outside of all its namespaces that is ended with the network at the latest. */
    public Peer start(String... words) {
        return keep(new Peer(words[0], List.of(words)));
    }

    synchronized Peer keep(Peer peer) {
        peers.add(peer);
        return peer;
    }

    @Override
    public void close() {
        remove();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private synchronized void remove() {
        peers.forEach(Peer::kill);
        peers.clear();
        namespaces.forEach(namespace -> remove(namespace.fullName()));
        namespaces.clear();
    }

    /** Ends what runs in a namespace and removes it; its links go with it. */
    private static void remove(String fullName) {
        Duration most = Duration.ofSeconds(10);
        for (String pid : Command.run(most, List.of("ip", "netns", "pids", fullName)).lines()) {
            ProcessHandle.of(Long.parseLong(pid.strip())).ifPresent(ProcessHandle::destroyForcibly);
        }
        Command.run(most, List.of("ip", "netns", "delete", fullName));
    }

    /** Removes the namespaces of processes that are no more. */
    private static void removeLeftovers() {
        if (!Files.isDirectory(NAMESPACES)) {
            return;
        }
        try (Stream<Path> all = Files.list(NAMESPACES)) {
            all.map(path -> path.getFileName().toString()).filter(Network::isLeftover).forEach(Network::remove);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isLeftover(String fullName) {
        Matcher ours = OURS.matcher(fullName);
        return ours.matches() && ProcessHandle.of(Long.parseLong(ours.group(1))).isEmpty();
    }

    private static Optional<String> probe() {
        String name = PREFIX + ProcessHandle.current().pid() + "-0-probe";
        try {
            Command.Result made = Command.run(Duration.ofSeconds(10), List.of("ip", "netns", "add", name));
            if (made.code() != 0) {
                return Optional.of("network namespaces need root and a kernel that has them: " + made.text());
            }
            remove(name);
            return Optional.empty();
        } catch (UncheckedIOException e) {
            return Optional.of("network namespaces need the command `ip`: " + e.getMessage());
        }
    }
}
