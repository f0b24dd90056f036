package io.sluice.inline.settings;

import io.sluice.rules.policy.Position;
import java.util.List;

/**
 * The port that Sluice makes for jump sessions.
 *
 * @param tap name of the TAP interface
 */
public record JumpSettings(String tap, List<Address> addresses, Position position) {
    public JumpSettings {
        addresses = List.copyOf(addresses);
    }

    /**
     * An address from which sessions reach devices.
     *
     * @param zone whose devices are reached from it
     * @param address without the prefix
     * @param prefix length in bits
     */
    public record Address(String zone, String address, int prefix, Position position) {}
}
