package io.sluice.broker;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;

/**
 * Makes frames of what sockets gave: Ethernet II, IP (RFC 791, RFC 8200) and TCP (RFC 9293), with checksums that hold, as a
 * capture between gateway and device would show them. One frame at a time.
 */
final class RecordedFrames implements AutoCloseable {
    static final int FIN = 1, SYN = 2, RST = 4, PSH = 8, ACK = 16;
    /** Most payload of a frame: an Ethernet frame's, whatever the version of IP. */
    static final int MOST = 1440;
    private static final int ETHERNET = 14, IPV4 = 20, IPV6 = 40, TCP = 20;
    private static final int PROTOCOL_TCP = 6;
    /** Locally administered; nobody's. */
    private static final long GATEWAY = 0x0253_4C00_0001L, DEVICE = 0x0253_4C00_0002L;
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final Arena arena = Arena.ofShared();
    private final MemorySegment frame = arena.allocate(ETHERNET + IPV6 + TCP + MOST, 8);
    private int identification;

    MemorySegment frame() {
        return frame;
    }

    /**
     * Writes a frame.
     *
     * @param toDevice it goes from gateway to device
     * @return its length in bytes
     */
    int write(InetSocketAddress gateway, InetSocketAddress device, boolean toDevice, int sequence, int acknowledgement,
            int flags, MemorySegment payload, long at, int length) {
        InetSocketAddress from = toDevice ? gateway : device;
        InetSocketAddress to = toDevice ? device : gateway;
        byte[] source = from.getAddress().getAddress();
        byte[] destination = to.getAddress().getAddress();
        boolean four = source.length == 4;
        mac(0, toDevice ? DEVICE : GATEWAY);
        mac(6, toDevice ? GATEWAY : DEVICE);
        u16(12, four ? 0x0800 : 0x86DD);
        int tcp = four ? ipv4(source, destination, length) : ipv6(source, destination, length);
        u16(tcp, from.getPort());
        u16(tcp + 2, to.getPort());
        frame.set(U32, tcp + 4, sequence);
        frame.set(U32, tcp + 8, acknowledgement);
        u16(tcp + 12, (TCP / 4) << 12 | flags);
        u16(tcp + 14, 0xFFFF); // window
        u16(tcp + 16, 0);
        u16(tcp + 18, 0);
        MemorySegment.copy(payload, at, frame, tcp + TCP, length);
        long pseudo = PROTOCOL_TCP + TCP + length + sum(ETHERNET + (four ? 12 : 8), four ? 8 : 32);
        u16(tcp + 16, fold(pseudo + sum(tcp, TCP + length)));
        return tcp + TCP + length;
    }

    private int ipv4(byte[] source, byte[] destination, int length) {
        int ip = ETHERNET;
        u16(ip, 0x4500);
        u16(ip + 2, IPV4 + TCP + length);
        u16(ip + 4, ++identification);
        u16(ip + 6, 0x4000); // do not fragment
        u16(ip + 8, 64 << 8 | PROTOCOL_TCP);
        u16(ip + 10, 0);
        MemorySegment.copy(source, 0, frame, JAVA_BYTE, ip + 12, 4);
        MemorySegment.copy(destination, 0, frame, JAVA_BYTE, ip + 16, 4);
        u16(ip + 10, fold(sum(ip, IPV4)));
        return ip + IPV4;
    }

    private int ipv6(byte[] source, byte[] destination, int length) {
        int ip = ETHERNET;
        frame.set(U32, ip, 0x6000_0000);
        u16(ip + 4, TCP + length);
        u16(ip + 6, PROTOCOL_TCP << 8 | 64);
        MemorySegment.copy(source, 0, frame, JAVA_BYTE, ip + 8, 16);
        MemorySegment.copy(destination, 0, frame, JAVA_BYTE, ip + 24, 16);
        return ip + IPV6;
    }

    private void mac(int at, long address) {
        u16(at, (int) (address >>> 32));
        frame.set(U32, at + 2, (int) address);
    }

    private void u16(long at, int value) {
        frame.set(U16, at, (short) value);
    }

    private long sum(int at, int length) {
        long sum = 0;
        for (int i = 0; i + 1 < length; i += 2) {
            sum += Short.toUnsignedInt(frame.get(U16, at + i));
        }
        return (length & 1) == 0 ? sum : sum + (Byte.toUnsignedInt(frame.get(JAVA_BYTE, at + length - 1)) << 8);
    }

    /** The ones' complement of a sum, RFC 1071. */
    private static int fold(long sum) {
        long folded = sum;
        while (folded > 0xFFFF) {
            folded = (folded & 0xFFFF) + (folded >>> 16);
        }
        return (int) ~folded & 0xFFFF;
    }

    @Override
    public void close() {
        arena.close();
    }
}
