package io.sluice.inline.pipeline;

import io.sluice.capture.port.HostShield;
import io.sluice.capture.port.Port;
import io.sluice.capture.port.PortCounters;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    private @Nullable HostShield shield;
    private PortCounters earlier = new PortCounters(0, 0, 0, 0);

    public LivePort(int number, String name, Role role, Port port) {
        this.number = number;
        this.name = name;
        this.role = role;
        this.port = port;
        shield = shield(port);
    }

    /** The host itself is the other end of a jump port; it has no business with what the switch carries. */
    private @Nullable HostShield shield(Port fresh) {
        return role == Role.JUMP ? null : HostShield.over(fresh.name());
    }

    /** Why the host's network stack also sees the frames; empty where it does not. */
    Optional<String> unshielded() {
        HostShield held = shield;
        return held == null ? Optional.empty() : held.missing();
    }

    /** Nothing is received or sent any more. */
    void close() {
        port.close();
        if (shield != null) {
            shield.close();
        }
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
        if (shield != null) {
            shield.close();
        }
        port = fresh;
        shield = shield(fresh);
    }

    /** What its interfaces have received and lost, those that are gone included. Any thread. */
    synchronized PortCounters counters() {
        PortCounters now = port.counters();
        return new PortCounters(earlier.received() + now.received(), earlier.ringFull() + now.ringFull(),
                earlier.truncated() + now.truncated(), earlier.unfinished() + now.unfinished());
    }
}
