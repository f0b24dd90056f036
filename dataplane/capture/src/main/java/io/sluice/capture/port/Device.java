package io.sluice.capture.port;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A network interface on whatever system this is. Java's own view is enough elsewhere; on Linux it lacks those without
 * addresses, which are the ones that a firewall has.
 */
final class Device {
    static final boolean LINUX = System.getProperty("os.name").equals("Linux");

    private Device() {}

    /** 0 where there is none of that name. */
    static int index(String name) {
        if (LINUX) {
            return Libc.interfaceIndex(name);
        }
        try {
            NetworkInterface device = NetworkInterface.getByName(name);
            return device == null ? 0 : device.getIndex();
        } catch (SocketException e) {
            return 0;
        }
    }

    static List<String> names() {
        try {
            return LINUX
                    ? Interfaces.names()
                    : NetworkInterface.networkInterfaces().map(NetworkInterface::getName).toList();
        } catch (SocketException e) {
            return List.of();
        }
    }

    /** Ethernet address in the lower 48 bits. */
    static long mac(String name) throws NativeException {
        if (LINUX) {
            return Interfaces.mac(name);
        }
        try {
            NetworkInterface device = NetworkInterface.getByName(name);
            return device == null ? 0 : mac(device.getHardwareAddress());
        } catch (SocketException e) {
            throw new NativeException(String.valueOf(e.getMessage()));
        }
    }

    private static long mac(byte @Nullable [] address) {
        long mac = 0;
        for (int i = 0; address != null && i < address.length; i++) {
            mac = mac << Byte.SIZE | Byte.toUnsignedLong(address[i]);
        }
        return mac;
    }

    static LinkState state(int index) {
        if (LINUX) {
            return Interfaces.state(index);
        }
        try {
            NetworkInterface device = NetworkInterface.getByIndex(index);
            if (device == null) {
                return LinkState.GONE;
            }
            return device.isUp() ? LinkState.UP : LinkState.DOWN;
        } catch (SocketException e) {
            return LinkState.GONE;
        }
    }
}
