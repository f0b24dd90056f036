package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A socket of the family AF_PACKET: packet(7), linux/if_packet.h. */
final class PacketSocket {
    private static final int AF_PACKET = 17;
    private static final int SOL_PACKET = 263;
    private static final int PACKET_ADD_MEMBERSHIP = 1;
    private static final int PACKET_RX_RING = 5;
    private static final int PACKET_STATISTICS = 6;
    private static final int PACKET_VERSION = 10;
    private static final int PACKET_RESERVE = 12;
    private static final int PACKET_VNET_HDR = 15;
    private static final int PACKET_QDISC_BYPASS = 20;
    private static final int PACKET_IGNORE_OUTGOING = 23;
    private static final int TPACKET_V2 = 1;
    /** All protocols, in network order: ETH_P_ALL of linux/if_ether.h. */
    private static final short ETH_P_ALL = 0x0300;
    /** struct packet_mreq: index, type, then what promiscuity has no use for. */
    private static final int MEMBERSHIP_BYTES = 16;
    private static final int MEMBERSHIP_TYPE = 4;
    private static final short PACKET_MR_PROMISC = 1;
    /** struct sockaddr_ll: family, protocol, index, then what only unbound sockets need. */
    private static final int ADDRESS_BYTES = 20;
    private static final int ADDRESS_PROTOCOL = 2;
    private static final int ADDRESS_INDEX = 4;
    /** What waits in a sending queue of a card is counted here; the usual limit is a few hundred frames. */
    private static final int SEND_BUFFER_BYTES = 8 << 20;
    /** struct tpacket_stats: packets, drops. */
    private static final int STATISTICS_BYTES = 8;
    private static final int STATISTICS_DROPS = 4;

    private final int descriptor;

    private PacketSocket() throws NativeException {
        // No protocol yet: the socket would collect frames of all interfaces until it is bound to one.
        descriptor = NativeException.check("socket(AF_PACKET)",
                Libc.socket(AF_PACKET, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, 0));
    }

    /** A socket that receives into a ring; frames begin to arrive with {@link #listen}. */
    static PacketSocket forReceiving(RingShape shape, boolean virtioHeader) throws NativeException {
        PacketSocket socket = new PacketSocket();
        try {
            socket.set("PACKET_VERSION", PACKET_VERSION, TPACKET_V2);
            socket.set("PACKET_RESERVE", PACKET_RESERVE, shape.reserve());
            socket.set("PACKET_IGNORE_OUTGOING", PACKET_IGNORE_OUTGOING, 1);
            if (virtioHeader) {
                socket.set("PACKET_VNET_HDR", PACKET_VNET_HDR, 1);
            }
            try (Arena arena = Arena.ofConfined()) {
                socket.set("PACKET_RX_RING", PACKET_RX_RING, shape.request(arena));
            }
            return socket;
        } catch (NativeException e) {
            socket.close();
            throw e;
        }
    }

    /** A socket that sends on an interface, past its queueing discipline. */
    static PacketSocket forSending(int index, boolean virtioHeader) throws NativeException {
        PacketSocket socket = new PacketSocket();
        try {
            if (virtioHeader) {
                socket.set("PACKET_VNET_HDR", PACKET_VNET_HDR, 1);
            }
            socket.set("PACKET_QDISC_BYPASS", PACKET_QDISC_BYPASS, 1);
            try (Arena arena = Arena.ofConfined()) {
                // Refused without CAP_NET_ADMIN: then the system's limit holds.
                Libc.setsockopt(socket.descriptor, Libc.SOL_SOCKET, Libc.SO_SNDBUFFORCE,
                        arena.allocateFrom(JAVA_INT, SEND_BUFFER_BYTES));
            }
            socket.bind(index, (short) 0);
            return socket;
        } catch (NativeException e) {
            socket.close();
            throw e;
        }
    }

    /** A socket that only asks the interface to receive what is for others, too, until it is closed. */
    static PacketSocket forPromiscuity(int index) throws NativeException {
        PacketSocket socket = new PacketSocket();
        try {
            socket.bePromiscuous(index);
            return socket;
        } catch (NativeException e) {
            socket.close();
            throw e;
        }
    }

    /** Lets every frame of the interface come, whomever it is for. */
    void listen(int index) throws NativeException {
        bind(index, ETH_P_ALL);
        bePromiscuous(index);
    }

    /** The kernel counts who asks for that; the socket's share goes with it. */
    private void bePromiscuous(int index) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment membership = arena.allocate(MEMBERSHIP_BYTES, 4);
            membership.set(JAVA_INT, 0, index);
            membership.set(JAVA_SHORT, MEMBERSHIP_TYPE, PACKET_MR_PROMISC);
            set("PACKET_ADD_MEMBERSHIP", PACKET_ADD_MEMBERSHIP, membership);
        }
    }

    private void bind(int index, short protocol) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(ADDRESS_BYTES, 4);
            address.set(JAVA_SHORT, 0, (short) AF_PACKET);
            address.set(JAVA_SHORT, ADDRESS_PROTOCOL, protocol);
            address.set(JAVA_INT, ADDRESS_INDEX, index);
            NativeException.check("bind(AF_PACKET)", Libc.bind(descriptor, address));
        }
    }

    /** Frames that found the ring full since this was last asked. */
    long drops() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment statistics = arena.allocate(STATISTICS_BYTES, 4);
            Libc.getsockopt(descriptor, SOL_PACKET, PACKET_STATISTICS, statistics);
            return Integer.toUnsignedLong(statistics.get(JAVA_INT, STATISTICS_DROPS));
        }
    }

    int descriptor() {
        return descriptor;
    }

    void close() {
        Libc.close(descriptor);
    }

    private void set(String word, int option, int value) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            set(word, option, arena.allocateFrom(JAVA_INT, value));
        }
    }

    private void set(String word, int option, MemorySegment value) throws NativeException {
        NativeException.check(word, Libc.setsockopt(descriptor, SOL_PACKET, option, value));
    }
}
