package io.sluice.inline.pipeline;

import io.sluice.capture.port.Port;

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
    void port(Port fresh) {
        port = fresh;
    }
}
