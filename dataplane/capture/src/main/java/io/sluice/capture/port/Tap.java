package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A network interface of the host whose cable ends in this process: TAP, Documentation/networking/tuntap.rst. What the host
 * sends there is received here, and the other way round. It vanishes with the port, or with the process.
 */
public final class Tap {
    private static final String DEVICE = "/dev/net/tun";
    /** linux/if_tun.h */
    private static final int TUNSETIFF = 0x400454ca;
    private static final int IFF_TAP = 0x2;
    private static final int IFF_NO_PI = 0x1000;
    /** A {@link VirtioHeader} in front of each frame, in both directions. The host itself leaves nothing unfinished. */
    private static final int IFF_VNET_HDR = 0x4000;

    private Tap() {}

    /**
     * Creates an interface, gives it addresses and sets it up.
     *
     * @param name at most 15 characters, of no other interface
     * @param addresses IPv4 and IPv6 with prefix lengths, as in {@code 10.3.1.250/24}
     */
    public static Port create(String name, List<String> addresses) throws PortException {
        List<InterfaceAddress> parsed = new ArrayList<>();
        for (String address : addresses) {
            parsed.add(InterfaceAddress.parse(address));
        }
        if (name.isEmpty() || name.length() >= Interfaces.NAME_BYTES || name.contains("%")) {
            throw new PortException("`%s` cannot be the name of an interface; take 1 to 15 characters".formatted(name));
        }
        if (Libc.interfaceIndex(name) != 0) {
            throw new PortException(
                    "there is already an interface `%s`; take another name for the new one".formatted(name));
        }
        try {
            return create(name, attach(name), parsed);
        } catch (NativeException e) {
            throw new PortException("the interface `%s` cannot be created: %s%s".formatted(name, e.getMessage(),
                    e.isRefused() ? "; run as root, or with CAP_NET_ADMIN" : ""));
        }
    }

    private static Port create(String name, int descriptor, List<InterfaceAddress> addresses) throws NativeException {
        try {
            int index = Libc.interfaceIndex(name);
            Interfaces.up(name);
            for (InterfaceAddress address : addresses) {
                Netlink.addAddress(index, address);
            }
            return new TapPort(name, index, descriptor);
        } catch (NativeException e) {
            Libc.close(descriptor);
            throw e;
        }
    }

    private static int attach(String name) throws NativeException {
        int descriptor = NativeException.check(DEVICE,
                Libc.open(DEVICE, Libc.O_RDWR | Libc.O_NONBLOCK | Libc.O_CLOEXEC));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = Interfaces.request(arena, name);
            request.set(JAVA_SHORT, Interfaces.REQUEST_VALUE, (short) (IFF_TAP | IFF_NO_PI | IFF_VNET_HDR));
            NativeException.check("TUNSETIFF", Libc.ioctl(descriptor, TUNSETIFF, request));
            return descriptor;
        } catch (NativeException e) {
            Libc.close(descriptor);
            throw e;
        }
    }
}
