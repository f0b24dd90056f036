package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Sleeps until one of several ports has frames: poll(2). For one thread; allocates nothing while all is well. */
public final class Poller {
    /** struct pollfd of poll.h: descriptor, what to wait for, what there is. */
    private static final int ENTRY_BYTES = 8;
    private static final int EVENTS = 4;
    private static final int RETURNED = 6;
    private static final short POLLIN = 1;
    private static final int POLLERR = 8;
    private static final int POLLHUP = 0x10;
    private static final int POLLNVAL = 0x20;
    private static final long BLIND_NANOS = 1_000_000;

    private final MemorySegment entries;
    private final List<Port> ports;
    private final boolean hasBlindPort;

    public Poller(List<Port> ports) {
        this.ports = List.copyOf(ports);
        hasBlindPort = ports.stream().anyMatch(port -> port.descriptor() < 0);
        entries = Arena.ofAuto().allocate((long) ports.size() * ENTRY_BYTES, ENTRY_BYTES);
        for (int i = 0; i < ports.size(); i++) {
            entries.set(JAVA_INT, (long) i * ENTRY_BYTES, ports.get(i).descriptor());
            entries.set(JAVA_SHORT, (long) i * ENTRY_BYTES + EVENTS, POLLIN);
        }
    }

    /**
     * Sleeps until frames wait, or the time is up. Returns at once where a port says that sleeping could miss frames, and as
     * long as a frame that was received last is not yet released; after a millisecond at most where a port has no descriptor.
     *
     * @return whether there is something to receive
     */
    public boolean await(int milliseconds) {
        for (int i = 0; i < ports.size(); i++) {
            if (!ports.get(i).maySleep()) {
                return true;
            }
        }
        if (hasBlindPort) {
            LockSupport.parkNanos(BLIND_NANOS);
            return true;
        }
        int ready = Libc.poll(entries.address(), ports.size(), milliseconds);
        return ready > 0 && !clearErrors();
    }

    /**
     * An interface that goes down leaves an error on its socket, which would wake us at once for ever; asking for it takes it
     * away. Where that does not help, as with a TAP device that is no more, nothing will come either, and it is not waited
     * for any longer.
     */
    private boolean clearErrors() {
        boolean any = false;
        for (int i = 0; i < ports.size(); i++) {
            long entry = (long) i * ENTRY_BYTES;
            int returned = entries.get(JAVA_SHORT, entry + RETURNED);
            if ((returned & (POLLERR | POLLHUP | POLLNVAL)) != 0) {
                any = true;
                if (!clearError(entries.get(JAVA_INT, entry))) {
                    entries.set(JAVA_INT, entry, -1);
                }
            }
        }
        return any;
    }

    private static boolean clearError(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            return Libc.getsockopt(descriptor, Libc.SOL_SOCKET, Libc.SO_ERROR, arena.allocate(JAVA_INT)) >= 0;
        }
    }
}
