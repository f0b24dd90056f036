package io.sluice.broker.opcua;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;

/**
 * The device at the end of the tunnel, and which URLs are its own.
 *
 * @param device where it really is
 * @param name by which the session calls it, in lower case
 */
record Target(InetSocketAddress device, String name) {
    static Target of(InetSocketAddress device, String name) {
        return new Target(device, name.toLowerCase(Locale.ROOT));
    }

    /**
     * Whether a URL names this device.
     *
     * @param ofItself the server speaks of itself only: then the port decides, because what it calls itself within the plant is
     *     its own affair (a name that only the plant knows, another of its addresses, one before a translation)
     */
    boolean named(Authority url, boolean ofItself) {
        return url.port() == device.getPort() && (ofItself || known(url.host()));
    }

    private boolean known(String host) {
        if (host.equals(name) || host.equals("localhost")) {
            return true;
        }
        try {
            InetAddress address = InetAddress.ofLiteral(host);
            return address.equals(device.getAddress()) || address.isLoopbackAddress() || address.isAnyLocalAddress();
        } catch (IllegalArgumentException e) {
            return false; // a name: nobody is asked whose it is
        }
    }
}
