package io.sluice.load.rig;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A network namespace, as good as a computer of its own. */
public final class Host {
    private static final List<String> NETFILTER_TABLES = List.of("iptables", "ip6tables", "arptables");

    private final Lab lab;
    private final String fullName;

    Host(Lab lab, String fullName) {
        this.lab = lab;
        this.fullName = fullName;
    }

    /** Its name for {@code ip netns}. */
    public String fullName() {
        return fullName;
    }

    /** A new folder for files, gone with the lab. */
    Path folder() throws RigException {
        return lab.folder();
    }

    void ip(String... words) throws RigException {
        Shell.demand(with(List.of("ip", "-n", fullName), words));
    }

    void demand(String... words) throws RigException {
        Shell.demand(with(List.of("ip", "netns", "exec", fullName), words));
    }

    void up(String link) throws RigException {
        ip("link", "set", link, "up");
    }

    /**
     * Starts a process of ours.
     *
     * @param processors those it may use, as taskset(1) writes them
     */
    public Asked start(String name, String processors, List<String> words) throws RigException {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", fullName, "taskset", "-c", processors));
        all.addAll(words);
        return lab.keep(new Asked(name, all));
    }

    public void address(String link, String addressAndPrefix) throws RigException {
        ip("address", "add", addressAndPrefix, "dev", link);
    }

    /** Nothing is left to a card that does not exist: checksums are finished and segments cut before they are sent. */
    public void offloadsOff(String link) throws RigException {
        demand("ethtool", "-K", link, "tx", "off", "rx", "off", "sg", "off", "tso", "off", "gso", "off", "gro", "off");
    }

    /**
     * The kernel's bridge between two links: what everything else is measured against. Where the bridge would hand frames
     * to netfilter, that is switched off.
     */
    void bridge(String name, String one, String other) throws RigException {
        ip("link", "add", name, "type", "bridge", "mcast_snooping", "0", "stp_state", "0");
        ip("link", "set", one, "master", name);
        ip("link", "set", other, "master", name);
        up(name);
        for (String table : NETFILTER_TABLES) {
            Shell.attempt(List.of("ip", "netns", "exec", fullName, "sysctl", "-qw",
                    "net.bridge.bridge-nf-call-" + table + "=0"));
        }
    }

    private static List<String> with(List<String> first, String... more) {
        List<String> words = new ArrayList<>(first);
        words.addAll(Arrays.asList(more));
        return words;
    }
}
