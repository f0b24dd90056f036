package io.sluice.integration.evasion;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A TCP segment that was received.
 *
 * @param flags as {@code PacketBuilder} names them
 * @param timestamp the sender's, 0 where it tells none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record TcpFrame(int sourcePort, int destinationPort, int sequence, int acknowledgment, int flags, int timestamp,
        byte[] payload) {
    private static final int ETHERNET = 14, IPV6_HEADER = 40, TCP_HEADER = 20, TCP = 6;
    private static final int IPV4 = 0x0800, IPV6 = 0x86DD, VLAN = 0x8100, QINQ = 0x88A8, TIMESTAMPS = 8;

    /** Reads a frame with any number of VLAN tags; null where it is not TCP over IPv4 or IPv6 without extensions. */
    static @Nullable TcpFrame of(byte[] bytes) {
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        int at = ETHERNET;
        int type = u16(frame, at - 2);
        while (type == VLAN || type == QINQ) {
            at += 4;
            type = u16(frame, at - 2);
        }
        if (type == IPV4 && frame.get(at + 9) == TCP) {
            return tcp(frame, at + 4 * (frame.get(at) & 0xF), at + u16(frame, at + 2));
        }
        if (type == IPV6 && frame.get(at + 6) == TCP) {
            return tcp(frame, at + IPV6_HEADER, at + IPV6_HEADER + u16(frame, at + 4));
        }
        return null;
    }

    private static TcpFrame tcp(ByteBuffer frame, int at, int end) {
        int data = at + 4 * (frame.get(at + 12) >>> 4 & 0xF);
        byte[] payload = new byte[Math.max(0, end - data)];
        frame.get(data, payload);
        return new TcpFrame(u16(frame, at), u16(frame, at + 2), frame.getInt(at + 4), frame.getInt(at + 8),
                frame.get(at + 13), timestamp(frame, at + TCP_HEADER, data), payload);
    }

    private static int timestamp(ByteBuffer frame, int start, int end) {
        int at = start;
        while (at < end && frame.get(at) != 0) {
            if (frame.get(at) == TIMESTAMPS) {
                return frame.getInt(at + 2);
            }
            at += frame.get(at) == 1 ? 1 : frame.get(at + 1);
        }
        return 0;
    }

    private static int u16(ByteBuffer frame, int at) {
        return Short.toUnsignedInt(frame.getShort(at));
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
