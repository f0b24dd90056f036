package io.sluice.manage.jump;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;

/** The appliance's own addresses in the zones that sessions lead to: those of the interface that the firewall made for them. */
final class JumpAddresses {
    private final String name;

    /** @param name of the interface, such as {@code sluice-jump} */
    JumpAddresses(String name) {
        this.name = name;
    }

    /** From which a device is reached: of its own network, else the first one of its kind. */
    Optional<InetAddress> source(InetAddress device) {
        List<InterfaceAddress> all;
        try {
            NetworkInterface found = NetworkInterface.getByName(name);
            all = found == null ? List.of() : found.getInterfaceAddresses();
        } catch (SocketException e) {
            return Optional.empty();
        }
        List<InterfaceAddress> same = all.stream()
                .filter(a -> a.getAddress().getClass().equals(device.getClass())
                        && !a.getAddress().isLinkLocalAddress())
                .toList();
        return same.stream().filter(a -> covers(a, device)).findFirst().or(() -> same.stream().findFirst())
                .map(InterfaceAddress::getAddress);
    }

    private static boolean covers(InterfaceAddress own, InetAddress device) {
        byte[] one = own.getAddress().getAddress();
        byte[] other = device.getAddress();
        for (int bit = 0; bit < own.getNetworkPrefixLength(); bit++) {
            int mask = 0x80 >>> (bit & 7);
            if ((one[bit >>> 3] & mask) != (other[bit >>> 3] & mask)) {
                return false;
            }
        }
        return true;
    }
}
