package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** What the kernel tells of network interfaces: netdevice(7). */
final class Interfaces {
    /** Room for a name and its final zero: IFNAMSIZ of linux/if.h. */
    static final int NAME_BYTES = 16;
    /** struct ifreq of linux/if.h: a name, then a union that begins here and ends at 40 bytes. */
    static final int REQUEST_BYTES = 40;
    static final int REQUEST_VALUE = 16;

    /** linux/sockios.h */
    private static final int SIOCGIFFLAGS = 0x8913;
    private static final int SIOCSIFFLAGS = 0x8914;
    private static final int SIOCGIFMTU = 0x8921;
    private static final int SIOCGIFHWADDR = 0x8927;
    /** linux/if.h */
    private static final int IFF_UP = 1;
    private static final int IFF_RUNNING = 0x40;
    /** In the union, the address lies behind the two bytes of its family. */
    private static final int HARDWARE_ADDRESS = REQUEST_VALUE + 2;
    private static final int AF_INET = 2;
    /** struct if_nameindex of net/if.h: an int, a pointer to the name. */
    private static final int NAME_INDEX_BYTES = 16;
    private static final int NAME_INDEX_NAME = 8;

    private Interfaces() {}

    /** Names of all that there are. */
    static List<String> names() {
        List<String> names = new ArrayList<>();
        MemorySegment list = Libc.interfaceNames();
        if (list.address() == 0) {
            return names;
        }
        for (long entry = list.address(); Memory.ALL.get(JAVA_INT, entry) != 0; entry += NAME_INDEX_BYTES) {
            names.add(Memory.ALL.getString(Memory.ALL.get(JAVA_LONG, entry + NAME_INDEX_NAME)));
        }
        Libc.freeInterfaceNames(list);
        return names;
    }

    /** Ethernet address in the lower 48 bits. */
    static long mac(String name) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = request(arena, name);
            ask(SIOCGIFHWADDR, "SIOCGIFHWADDR", request);
            long mac = 0;
            for (int i = 0; i < 6; i++) {
                mac = mac << 8 | Byte.toUnsignedLong(request.get(JAVA_BYTE, HARDWARE_ADDRESS + i));
            }
            return mac;
        }
    }

    /** Most bytes of a packet, without Ethernet header. */
    static int mtu(String name) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = request(arena, name);
            ask(SIOCGIFMTU, "SIOCGIFMTU", request);
            return request.get(JAVA_INT, REQUEST_VALUE);
        }
    }

    /** The name that an interface has now; empty where it is no more. */
    static String name(int index) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocate(NAME_BYTES);
            return Libc.interfaceName(index, name) ? name.getString(0) : "";
        }
    }

    /** By index, since the name may have been given to another interface meanwhile. */
    static LinkState state(int index) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = arena.allocate(REQUEST_BYTES, 8);
            if (!Libc.interfaceName(index, request)) {
                return LinkState.GONE;
            }
            ask(SIOCGIFFLAGS, "SIOCGIFFLAGS", request);
            int flags = request.get(JAVA_SHORT, REQUEST_VALUE);
            return (flags & IFF_UP) != 0 && (flags & IFF_RUNNING) != 0 ? LinkState.UP : LinkState.DOWN;
        } catch (NativeException e) {
            return LinkState.GONE; // between the two questions
        }
    }

    static void up(String name) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = request(arena, name);
            ask(SIOCGIFFLAGS, "SIOCGIFFLAGS", request);
            request.set(JAVA_SHORT, REQUEST_VALUE, (short) (request.get(JAVA_SHORT, REQUEST_VALUE) | IFF_UP));
            ask(SIOCSIFFLAGS, "SIOCSIFFLAGS", request);
        }
    }

    /** A struct ifreq with a name and, behind it, zeros. */
    static MemorySegment request(Arena arena, String name) {
        MemorySegment request = arena.allocate(REQUEST_BYTES, 8);
        request.setString(0, name.length() < NAME_BYTES ? name : name.substring(0, NAME_BYTES - 1));
        return request;
    }

    static void ask(int ioctl, String word, MemorySegment request) throws NativeException {
        int socket = NativeException.check("socket", Libc.socket(AF_INET, Libc.SOCK_DGRAM | Libc.SOCK_CLOEXEC, 0));
        try {
            NativeException.check(word, Libc.ioctl(socket, ioctl, request));
        } finally {
            Libc.close(socket);
        }
    }
}
