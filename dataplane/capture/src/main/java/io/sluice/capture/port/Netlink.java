package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.Inet4Address;

/** Gives addresses to interfaces: rtnetlink(7), linux/netlink.h, linux/if_addr.h. */
final class Netlink {
    private static final int AF_NETLINK = 16;
    private static final int NETLINK_ROUTE = 0;
    private static final short RTM_NEWADDR = 20;
    private static final short REQUEST_ACK_CREATE_EXCLUSIVE = 0x1 | 0x4 | 0x400 | 0x200;
    private static final byte AF_INET = 2;
    private static final byte AF_INET6 = 10;
    /** struct nlmsghdr: length, type, flags, sequence, sender. */
    private static final int HEADER_BYTES = 16;
    private static final int TYPE = 4;
    private static final int FLAGS = 6;
    /** struct ifaddrmsg: family, prefix length, flags, scope, index. */
    private static final int FAMILY = HEADER_BYTES;
    private static final int PREFIX_LENGTH = HEADER_BYTES + 1;
    private static final int ADDRESS_FLAGS = HEADER_BYTES + 2;
    private static final int INDEX = HEADER_BYTES + 4;
    private static final int ATTRIBUTES = HEADER_BYTES + 8;
    /** struct rtattr: length, type, value. */
    private static final int ATTRIBUTE_BYTES = 4;
    private static final short IFA_ADDRESS = 1;
    private static final short IFA_LOCAL = 2;
    /** The address is used at once; nobody else is asked whether it is theirs (RFC 4862 §5.4). */
    private static final byte IFA_F_NODAD = 2;
    /** struct nlmsgerr: a header, then a negated errno. */
    private static final int ERROR = HEADER_BYTES;
    private static final int ANSWER_BYTES = 512;

    private Netlink() {}

    static void addAddress(int index, InterfaceAddress address) throws NativeException {
        int socket = NativeException.check("socket(AF_NETLINK)",
                Libc.socket(AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, NETLINK_ROUTE));
        try (Arena arena = Arena.ofConfined()) {
            NativeException.check("RTM_NEWADDR", Libc.send(socket, request(arena, index, address)));
            MemorySegment answer = arena.allocate(ANSWER_BYTES, 4);
            NativeException.check("RTM_NEWADDR", Libc.receive(socket, answer));
            NativeException.check("RTM_NEWADDR", answer.get(JAVA_INT, ERROR));
        } finally {
            Libc.close(socket);
        }
    }

    private static MemorySegment request(Arena arena, int index, InterfaceAddress address) {
        byte[] bytes = address.address().getAddress();
        int attribute = ATTRIBUTE_BYTES + bytes.length;
        MemorySegment request = arena.allocate(ATTRIBUTES + 2L * attribute, 4);
        request.set(JAVA_INT, 0, (int) request.byteSize());
        request.set(JAVA_SHORT, TYPE, RTM_NEWADDR);
        request.set(JAVA_SHORT, FLAGS, REQUEST_ACK_CREATE_EXCLUSIVE);
        request.set(JAVA_BYTE, FAMILY, address.address() instanceof Inet4Address ? AF_INET : AF_INET6);
        request.set(JAVA_BYTE, PREFIX_LENGTH, (byte) address.prefixLength());
        request.set(JAVA_BYTE, ADDRESS_FLAGS, IFA_F_NODAD);
        request.set(JAVA_INT, INDEX, index);
        put(request, ATTRIBUTES, IFA_LOCAL, bytes);
        put(request, ATTRIBUTES + attribute, IFA_ADDRESS, bytes);
        return request;
    }

    private static void put(MemorySegment request, int at, short type, byte[] value) {
        request.set(JAVA_SHORT, at, (short) (ATTRIBUTE_BYTES + value.length));
        request.set(JAVA_SHORT, at + 2, type);
        MemorySegment.copy(value, 0, request, JAVA_BYTE, at + ATTRIBUTE_BYTES, value.length);
    }
}
