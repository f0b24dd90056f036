package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** How many queues a card divides what it receives into; made one for a socket that serves one, and restored. */
final class ReceiveQueues {
    private static final int ETHTOOL_GCHANNELS = 0x3c;
    private static final int ETHTOOL_SCHANNELS = 0x3d;
    /** struct ethtool_channels of linux/ethtool.h: command, four limits, four counts. */
    private static final int BYTES = 36;
    private static final int RECEIVE = 20;
    private static final int COMBINED = 32;

    private final int index;
    private final int receive;
    private final int combined;
    private final boolean changed;

    private ReceiveQueues(int index, int receive, int combined) {
        this.index = index;
        this.receive = receive;
        this.combined = combined;
        changed = receive + combined > 1;
    }

    static ReceiveQueues makeOne(String name, int index) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment channels = arena.allocate(BYTES, 4);
            channels.set(JAVA_INT, 0, ETHTOOL_GCHANNELS);
            try {
                Ethtool.ask(name, channels);
            } catch (NativeException e) {
                return new ReceiveQueues(index, 0, 0); // a card that knows no such thing has one
            }
            ReceiveQueues before = new ReceiveQueues(index, channels.get(JAVA_INT, RECEIVE),
                    channels.get(JAVA_INT, COMBINED));
            if (before.changed) {
                set(name, channels, before.combined > 0 ? 0 : 1, Math.min(before.combined, 1));
            }
            return before;
        }
    }

    private static void set(String name, MemorySegment channels, int receive, int combined) throws NativeException {
        channels.set(JAVA_INT, 0, ETHTOOL_SCHANNELS);
        channels.set(JAVA_INT, RECEIVE, receive);
        channels.set(JAVA_INT, COMBINED, combined);
        try {
            Ethtool.ask(name, channels);
        } catch (NativeException e) {
            throw new NativeException("its receive queues cannot be made one: " + e.getMessage());
        }
    }

    void restore() {
        String name = Interfaces.name(index);
        if (changed && !name.isEmpty()) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment channels = arena.allocate(BYTES, 4);
                channels.set(JAVA_INT, 0, ETHTOOL_GCHANNELS);
                Ethtool.ask(name, channels);
                set(name, channels, receive, combined);
            } catch (NativeException e) {
                return; // an interface that is no more has nothing to restore
            }
        }
    }
}
