package io.sluice.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Network namespaces and the virtual cables between them. Their names carry the process that made them, so that several demos
 * do not meet, and what a killed one left behind is told from what is in use.
 */
final class Network {
    static final String PREFIX = "sluice-demo-";

    private static final Path NAMESPACES = Path.of("/run/netns");

    private final String prefix = PREFIX + ProcessHandle.current().pid() + "-";
    private final List<String> made = new ArrayList<>();

    /** Why there can be none here; empty where there can. */
    static Optional<String> unavailable() throws InterruptedException {
        String probe = PREFIX + ProcessHandle.current().pid() + "-probe";
        Command.Result result = Command.run("ip", "netns", "add", probe);
        if (result.code() == 0) {
            Command.run("ip", "netns", "delete", probe);
            return Optional.empty();
        }
        return Optional.of(Files.exists(Path.of("/proc/self/ns/net"))
                ? "`ip netns add` says: " + result.text().lines().findFirst().orElse("nothing")
                : "this system has no network namespaces");
    }

    /** Makes a namespace and returns its full name. */
    String namespace(String name) throws DemoException, InterruptedException {
        String full = prefix + name;
        made.add(full);
        Command.demand("ip", "netns", "add", full);
        ip(full, "link", "set", "lo", "up");
        return full;
    }

    /** Puts a cable between two namespaces; both ends are up. */
    void cable(String one, String oneEnd, String other, String otherEnd) throws DemoException, InterruptedException {
        ip(one, "link", "add", oneEnd, "type", "veth", "peer", "name", otherEnd, "netns", other);
        // Without an IPv6 address of their own the ends send nothing that nobody asked for.
        ip(one, "link", "set", oneEnd, "addrgenmode", "none", "up");
        ip(other, "link", "set", otherEnd, "addrgenmode", "none", "up");
    }

    void address(String namespace, String end, String address) throws DemoException, InterruptedException {
        ip(namespace, "address", "add", address + "/24", "dev", end);
    }

    private static void ip(String namespace, String... words) throws DemoException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("ip", "-n", namespace));
        all.addAll(List.of(words));
        Command.demand(all.toArray(String[]::new));
    }

    /** Removes every namespace, and its cables with it. Returns the names of those that could not be removed. */
    List<String> remove() throws InterruptedException {
        List<String> left = new ArrayList<>();
        for (String namespace : made) {
            remove(namespace);
            if (Files.exists(NAMESPACES.resolve(namespace))) {
                left.add(namespace);
            }
        }
        return left;
    }

    /** Ends what still runs in a namespace, one by one, and removes it. */
    static void remove(String namespace) throws InterruptedException {
        Command.run("ip", "netns", "pids", namespace).text().lines().map(String::strip)
                .filter(line -> line.matches("[0-9]{1,9}"))
                .forEach(pid -> ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly));
        Command.run("ip", "netns", "delete", namespace);
    }
}
