package io.sluice.testdata;

import static io.sluice.testdata.PacketBuilder.FIN;
import static io.sluice.testdata.PacketBuilder.SYN;

/** One end of a generated TCP connection: what it has sent and seen. */
final class TcpEnd {
    private static final int TIMESTAMP_VALUE = 4, TIMESTAMP_ECHO = 8, ETHERNET_MINIMUM = 60, WINDOW_SHIFT = 7;
    private static final int SEGMENT = 1460;
    private static final long MILLISECOND = 1_000_000;
    private static final byte[] NONE = {};

    private final ModbusHost host;
    private final boolean timestamps;
    private final int window;
    private final PacketBuilder packet;
    private final byte[] options = new TcpOptions().timestamps(0, 0).bytes();
    private int next;
    private int lastTimestamp;
    private int payloadLength;

    TcpEnd(ModbusHost host, ModbusHost peer, int window) {
        this.host = host;
        this.window = window;
        // RFC 7323 §1.3: options of a SYN count only if the other end sends them too
        timestamps = !host.acknowledgesAtOnce() && !peer.acknowledgesAtOnce();
        packet = PacketBuilder.ethernet(host.mac(), peer.mac()).ipv4(host.address(), peer.address())
                .minimum(ETHERNET_MINIMUM);
    }

    void open(int port, int peerPort, int initialSequence) {
        packet.tcp(port, peerPort).acknowledgment(0);
        next = initialSequence;
        lastTimestamp = 0;
    }

    void payload(byte[] bytes, int length) {
        packet.payload(bytes, length);
        payloadLength = length;
    }

    /** Writes a frame with the payload given before, if any, and returns its size. */
    int write(byte[] frame, int flags, TcpEnd peer, long nanoseconds) {
        boolean opening = (flags & SYN) != 0;
        packet.identification(host.nextIdentification()).sequence(next).flags(flags);
        if ((flags & PacketBuilder.ACK) != 0) {
            packet.acknowledgment(peer.next);
        }
        packet.window(opening || !timestamps ? window : window >>> WINDOW_SHIFT);
        packet.options(options(opening, peer, (int) (nanoseconds / MILLISECOND)));
        int size = packet.write(frame, 0);
        next += payloadLength + (opening || (flags & FIN) != 0 ? 1 : 0);
        payload(frame, 0);
        return size;
    }

    private byte[] options(boolean opening, TcpEnd peer, int now) {
        lastTimestamp = now;
        if (opening && host.acknowledgesAtOnce()) {
            return new TcpOptions().maximumSegmentSize(SEGMENT).bytes();
        }
        if (opening) {
            return new TcpOptions().maximumSegmentSize(SEGMENT).sackPermitted()
                    .option(8, timestampBody(now, peer.lastTimestamp)).noOperation().windowScale(WINDOW_SHIFT).bytes();
        }
        if (!timestamps) {
            return NONE;
        }
        Wire.put32(options, TIMESTAMP_VALUE, now);
        Wire.put32(options, TIMESTAMP_ECHO, peer.lastTimestamp);
        return options;
    }

    private static byte[] timestampBody(int value, int echo) {
        byte[] body = new byte[8];
        Wire.put32(body, 0, value);
        Wire.put32(body, 4, echo);
        return body;
    }
}
