package io.sluice.broker;

import java.time.Duration;

/**
 * Everything that bounds the gateway, in one place. A bound that is reached is an outcome with a counter.
 *
 * @param unauthenticated connections that have not proved anything yet
 * @param unauthenticatedPerAddress the same from one address
 * @param connections clients in sessions at once
 * @param attemptsPerMinute connections from one address in a minute
 * @param authentication time to prove who one is
 * @param attempts passwords and keys tried on one connection
 * @param passages connections to devices on one SSH connection
 * @param window bytes that a side may send before the other has taken them, each direction of each passage
 * @param connect time for a device to answer
 * @param stall how long a side may refuse to take what is for it
 */
public record GatewayLimits(int unauthenticated, int unauthenticatedPerAddress, int connections, int attemptsPerMinute,
        Duration authentication, int attempts, int passages, int window, Duration connect, Duration stall) {
    public static final GatewayLimits DEFAULT = new GatewayLimits(64, 8, 256, 30, Duration.ofSeconds(30), 6, 32, 65_536,
            Duration.ofSeconds(5), Duration.ofSeconds(30));
}
