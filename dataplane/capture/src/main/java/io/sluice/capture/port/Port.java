package io.sluice.capture.port;

/**
 * One network interface. Frames come in batches to the one thread that receives; they are sent by {@link Sender}s, one for
 * each sending thread.
 *
 * <p>Frames lie where the whole process can address them: {@link Memory#ALL} with absolute offsets. In front of every frame
 * lie {@link #HEADROOM} bytes that may be written; the last ten of them are a {@link VirtioHeader}, zero where nothing is
 * left to be done for the frame. A frame is complete (one that was cut short is dropped here and counted) and carries its
 * VLAN tags. It stays where it is until {@link #release}.
 */
public interface Port extends AutoCloseable {
    /** Most frames of one {@link #receive}. */
    int BATCH = 64;
    /** Writable bytes in front of every frame, received or to be sent. */
    int HEADROOM = 16;

    /** The interface's name. */
    String name();

    Backend backend();

    /** Ethernet address of the interface, in the lower 48 bits. */
    long mac();

    /**
     * Whether the interface is there and works: a few system calls, any thread. While it does not, {@link #receive} returns
     * 0 and what is sent is lost; neither fails.
     */
    LinkState link();

    /** Takes the frames that have arrived, {@link #BATCH} at most; returns how many. Never waits. */
    int receive();

    /** Where frame {@code i} of the last batch begins: offset in {@link Memory#ALL}. */
    long at(int i);

    int length(int i);

    /** When the kernel saw it, nanoseconds since 1970-01-01T00:00Z; 0 where that is not told. */
    long stamp(int i);

    /** Names the frame for {@link #release}. */
    long handle(int i);

    /** The frame's memory may be used again. Any thread, any order; each frame once. */
    void release(long handle);

    /** A way to send from one thread; closed with the port. */
    Sender openSender() throws PortException;

    /** For poll(2): readable when frames wait; negative where there is none. */
    int descriptor();

    /** Whether the receiving thread may sleep in poll(2) without missing frames. */
    default boolean maySleep() {
        return true;
    }

    /** What was received and lost so far; any thread. */
    PortCounters counters();

    /** No other thread may use the port, its senders or its frames any more. */
    @Override
    void close();
}
