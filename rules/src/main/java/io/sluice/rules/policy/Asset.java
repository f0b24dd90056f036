package io.sluice.rules.policy;

import java.util.List;
import java.util.Optional;

/**
 * A named device.
 *
 * @param mac six bytes as twelve lower-case hexadecimal digits
 * @param certificate SHA-256 of the DER certificate as 64 lower-case hexadecimal digits
 */
public record Asset(String name, String zone, List<Network> addresses, Optional<String> mac,
        Optional<String> certificate, Position position) {
    public Asset {
        addresses = List.copyOf(addresses);
    }
}
