package io.sluice.capture.port;

/** Sends frames on one port, for one thread. */
public interface Sender {
    /**
     * Queues a frame; its memory must stay as it is until {@link #flush}. A frame whose checksum is unfinished, or that is
     * longer than the interface takes, is sent as it is where the port can say so to the kernel, else finished here or
     * dropped and counted.
     *
     * @param at offset in {@link Memory#ALL}, with {@link Port#HEADROOM} bytes in front that say what
     *     {@link VirtioHeader} says
     * @return false when the queue is full: flush first
     */
    boolean send(long at, int length);

    /** Gives what is queued to the kernel. What it does not take is lost and counted. */
    void flush();

    /** Frames given to the kernel. */
    long sent();

    /** Frames that the kernel or the port did not take. */
    long lost();
}
