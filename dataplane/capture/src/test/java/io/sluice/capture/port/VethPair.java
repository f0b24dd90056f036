package io.sluice.capture.port;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A cable between two interfaces: ours, and the one of a peer. Silent but for what tests send. */
final class VethPair implements AutoCloseable {
    final String ours;
    final String theirs;

    /** @param name at most ten characters that no other test uses */
    VethPair(String name) throws IOException {
        Shell.needsNetworks();
        ours = name + "a";
        theirs = name + "b";
        Shell.attempt("ip", "link", "del", ours);
        Shell.run("ip link add " + ours + " type veth peer name " + theirs);
        silence(ours);
        silence(theirs);
        Shell.run("ip link set " + ours + " up");
        Shell.run("ip link set " + theirs + " up");
    }

    /** No neighbour discovery of the host's. */
    static void silence(String name) throws IOException {
        Path ipv6 = Path.of("/proc/sys/net/ipv6/conf", name, "disable_ipv6");
        if (Files.exists(ipv6)) {
            Files.writeString(ipv6, "1");
        }
    }

    @Override
    public void close() {
        Shell.attempt("ip", "link", "del", ours);
    }
}
