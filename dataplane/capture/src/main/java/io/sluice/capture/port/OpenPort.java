package io.sluice.capture.port;

import java.util.ArrayList;
import java.util.List;

/**
 * What is the same by whatever means a port is opened: whose interface it is, where the frames of a batch lie, what was counted,
 * and that it is closed once. The means brings frames in, and makes senders.
 */
abstract sealed class OpenPort implements Port permits PacketPort, XdpPort, PooledPort {
    final String name;
    final int index;
    /** Where the frames of the last batch begin, and their lengths. */
    final long[] at = new long[BATCH];
    final int[] lengths = new int[BATCH];
    final Count received = new Count();
    final Count truncated = new Count();
    final Count unfinished = new Count();
    private final Backend backend;
    private final long mac;
    private final boolean receiveOnly;
    private final List<PacketSender> packetSenders = new ArrayList<>();
    private long ringFull;
    private boolean closed;

    OpenPort(Backend backend, String name, int index, boolean receiveOnly) throws NativeException {
        this.backend = backend;
        this.name = name;
        this.index = index;
        this.receiveOnly = receiveOnly;
        mac = Device.mac(name);
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Backend backend() {
        return backend;
    }

    @Override
    public final long mac() {
        return mac;
    }

    @Override
    public final LinkState link() {
        return Device.state(index);
    }

    @Override
    public final long at(int i) {
        return at[i];
    }

    @Override
    public final int length(int i) {
        return lengths[i];
    }

    @Override
    public final synchronized Sender openSender() throws PortException {
        if (receiveOnly) {
            throw new PortException("`%s` is opened for receiving only".formatted(name));
        }
        try {
            return newSender();
        } catch (NativeException e) {
            throw new PortException("cannot send on `%s`: %s".formatted(name, e.getMessage()));
        }
    }

    abstract Sender newSender() throws NativeException;

    /**
     * A sender through packet sockets of its own, closed with the port.
     *
     * @param unfinished frames that a card has to finish can be left to the kernel
     */
    final Sender packetSender(boolean unfinished) throws NativeException {
        PacketSender sender = new PacketSender(index, unfinished);
        packetSenders.add(sender);
        return sender;
    }

    @Override
    public final synchronized PortCounters counters() {
        if (!closed) {
            ringFull = framesWithoutRoom();
        }
        return new PortCounters(received.get(), ringFull, truncated.get(), unfinished.get());
    }

    /** Since the port was opened; not asked any more once it is closed. */
    abstract long framesWithoutRoom();

    @Override
    public final synchronized void close() {
        if (!closed) {
            counters(); // the last word of what is freed now
            closed = true;
            packetSenders.forEach(PacketSender::close);
            free();
        }
    }

    /** Gives back sockets and memory and leaves the interface as it was found. Called once. */
    abstract void free();
}
