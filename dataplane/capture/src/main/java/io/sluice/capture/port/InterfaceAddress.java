package io.sluice.capture.port;

import java.net.InetAddress;
import java.util.Locale;

/** An address of an interface, and how many of its bits name the network: RFC 4632 §3.1, RFC 4291 §2.3. */
record InterfaceAddress(InetAddress address, int prefixLength) {
    /** As people write it: {@code 10.3.1.250/24}, {@code fd00:3::250/64}. */
    static InterfaceAddress parse(String text) throws PortException {
        int slash = text.indexOf('/');
        try {
            InetAddress address = InetAddress.ofLiteral(text.substring(0, slash));
            int prefixLength = Integer.parseInt(text.substring(slash + 1));
            if (prefixLength >= 0 && prefixLength <= address.getAddress().length * Byte.SIZE) {
                return new InterfaceAddress(address, prefixLength);
            }
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            // told below
        }
        throw new PortException(String.format(Locale.ROOT,
                "`%s` is no address of an interface; write address and prefix length, as in `10.3.1.250/24`", text));
    }
}
