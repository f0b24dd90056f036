package io.sluice.rules.learn;

import java.io.IOException;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where a host sends from: names of ports (interfaces of a capture) and VLANs; of each, a few. */
final class Site implements Mergeable<Site> {
    /** More than one already means that it does not tell. */
    private static final int FEW = 4;

    private long count;
    private final TreeSet<String> ports = new TreeSet<>();
    private final TreeSet<Integer> vlans = new TreeSet<>();

    void add(String port, int vlan) {
        count++;
        ports.add(port);
        vlans.add(vlan);
        cut();
    }

    private void cut() {
        while (ports.size() > FEW) {
            ports.pollLast();
        }
        while (vlans.size() > FEW) {
            vlans.pollLast();
        }
    }

    @Override
    public void merge(Site other) {
        count += other.count;
        ports.addAll(other.ports);
        vlans.addAll(other.vlans);
        cut();
    }

    @Override
    public long count() {
        return count;
    }

    /** The one port that it sends from; empty where there are several, or none is known. */
    String port() {
        return ports.size() == 1 ? ports.first() : "";
    }

    /** The one VLAN that it sends in; negative where there are several, or none. */
    int vlan() {
        return vlans.size() == 1 ? vlans.first() : -1;
    }

    @Override
    public void write(Keep out) throws IOException {
        out.number(count).all(ports, Keep::text).all(vlans, (o, vlan) -> o.number(vlan));
    }

    @Override
    public void read(Kept in) throws IOException {
        count = in.sum();
        for (int i = in.size(FEW); i > 0; i--) {
            ports.add(in.text());
        }
        for (int i = in.size(FEW); i > 0; i--) {
            vlans.add(in.integer());
        }
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Site s && count == s.count && ports.equals(s.ports) && vlans.equals(s.vlans);
    }

    @Override
    public int hashCode() {
        return ports.hashCode() + vlans.hashCode();
    }
}
