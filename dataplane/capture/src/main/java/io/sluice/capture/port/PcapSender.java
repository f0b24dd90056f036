package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;

/** Sends frames through libpcap, one by one. */
final class PcapSender implements Sender {
    private final PcapHandle handle;
    private final byte[] frame = new byte[1 << 16];
    private final Count sent = new Count();
    private final Count lost = new Count();

    PcapSender(PcapHandle handle) {
        this.handle = handle;
    }

    @Override
    public boolean send(long at, int length) {
        (give(at, length) ? sent : lost).add(1);
        return true;
    }

    private boolean give(long at, int length) {
        if (length > frame.length || (VirtioHeader.isUnfinished(at) && !finish(at, length))) {
            return false;
        }
        MemorySegment.copy(Memory.ALL, JAVA_BYTE, at, frame, 0, length);
        try {
            handle.sendPacket(frame, length);
            return true;
        } catch (PcapNativeException | NotOpenException e) {
            return false;
        }
    }

    private static boolean finish(long at, int length) {
        return !VirtioHeader.isSuperFrame(at) && Checksum.finish(at, length);
    }

    @Override
    public void flush() {
        // nothing is ever queued
    }

    @Override
    public long sent() {
        return sent.get();
    }

    @Override
    public long lost() {
        return lost.get();
    }
}
