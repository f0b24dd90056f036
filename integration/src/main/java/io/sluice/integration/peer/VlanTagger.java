package io.sluice.integration.peer;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What a VLAN link of the kernel does, for kernels without them: frames from the wire with a tag lose it and go to a link of
 * the host, frames from that link get it. Arguments: the link to the wire, the link to the host, the VLAN identifier.
 */
public final class VlanTagger {
    private static final int ADDRESSES = 12, TAG = 4, TPID = 0x8100, IDENTIFIER = 0xFFF;

    private VlanTagger() {}

    public static void main(String[] arguments) throws Exception {
        int identifier = Integer.parseInt(arguments[2]);
        FrameSocket wire = new FrameSocket(arguments[0]);
        FrameSocket host = new FrameSocket(arguments[1]);
        Thread.ofPlatform().daemon().start(() -> untag(wire, host, identifier));
        Thread.ofPlatform().daemon().start(() -> tag(host, wire, identifier));
        Asked.serve(words -> List.of());
    }

    private static void untag(FrameSocket from, FrameSocket to, int identifier) {
        while (true) {
            byte[] frame = from.receive();
            if (frame != null && frame.length > ADDRESSES + TAG && u16(frame, ADDRESSES) == TPID
                    && (u16(frame, ADDRESSES + 2) & IDENTIFIER) == identifier) {
                to.send(ByteBuffer.allocate(frame.length - TAG).put(frame, 0, ADDRESSES)
                        .put(frame, ADDRESSES + TAG, frame.length - ADDRESSES - TAG).array());
            }
        }
    }

    private static void tag(FrameSocket from, FrameSocket to, int identifier) {
        while (true) {
            byte[] frame = from.receive();
            if (frame != null) {
                to.send(ByteBuffer.allocate(frame.length + TAG).put(frame, 0, ADDRESSES).putShort((short) TPID)
                        .putShort((short) identifier).put(frame, ADDRESSES, frame.length - ADDRESSES).array());
            }
        }
    }

    private static int u16(byte[] frame, int at) {
        return Byte.toUnsignedInt(frame[at]) << 8 | Byte.toUnsignedInt(frame[at + 1]);
    }
}
