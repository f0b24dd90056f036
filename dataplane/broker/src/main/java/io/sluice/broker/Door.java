package io.sluice.broker;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A device that a session leads to. The client knows it by name only.
 *
 * @param name of the asset, as the client has to write it
 * @param device where it really is
 * @param conduit by which it is reached
 * @param zone from which the conduit comes: one with {@code broker: true}
 * @param source the jump address from which connections to it leave
 * @param grant as the firewall calls what permits it
 */
public record Door(String name, InetSocketAddress device, String conduit, String zone, InetAddress source,
        String grant) {}
