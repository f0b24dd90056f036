package io.sluice.inline.pipeline;

import io.sluice.capture.port.Port;
import io.sluice.capture.port.PortCounters;

/** A port of the switch: a name that policies use, and the interface behind it. */
public final class LivePort {
    /** What it is for. */
    public enum Role {
        /** Frames come and go. */
        SWITCHED,
        /** Frames are judged and reported; nothing is ever sent. */
        MIRROR,
        /** Where the broker's sessions come from: a TAP device of our own. */
        JUMP
    }

    private final int number;
    private final String name;
    private final Role role;
    private volatile Port port;
    private PortCounters earlier = new PortCounters(0, 0, 0, 0);

    public LivePort(int number, String name, Role role, Port port) {
        this.number = number;
        this.name = name;
        this.role = role;
        this.port = port;
    }

    /** Its place in the list of ports. */
    public int number() {
        return number;
    }

    /** The name that policies use. */
    public String name() {
        return name;
    }

    public Role role() {
        return role;
    }

    public boolean forwards() {
        return role != Role.MIRROR;
    }

    public Port port() {
        return port;
    }

    /** The interface was opened anew. Receiving thread. */
    synchronized void port(Port fresh) {
        earlier = counters();
        port = fresh;
    }

    /** What its interfaces have received and lost, those that are gone included. Any thread. */
    synchronized PortCounters counters() {
        PortCounters now = port.counters();
        return new PortCounters(earlier.received() + now.received(), earlier.ringFull() + now.ringFull(),
                earlier.truncated() + now.truncated(), earlier.unfinished() + now.unfinished());
    }
}
