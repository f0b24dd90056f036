package io.sluice.broker;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a gateway has to know of its surroundings.
 *
 * @param listen where clients connect; port 0: one that is free
 * @param hostKey file of its private key, Ed25519, made at the first start and readable by its owner only
 * @param recordings folder for what crossed, one pcapng file for each connection; empty: nothing is kept
 */
public record GatewaySettings(InetSocketAddress listen, Path hostKey, Optional<Path> recordings,
        GatewayLimits limits) {}
