package io.sluice.manage.assets;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A device: seen, or named in the policy, or both. Texts that it does not have are empty.
 *
 * @param id its name in the policy, else its address
 * @param name in the policy
 * @param macs Ethernet addresses, lower case with colons; of a device behind a router the router's
 * @param protocols {@code modbus}, {@code opcua}, {@code tcp port 443} …
 * @param uses functions and addresses, the most used first
 * @param firstSeen null: never
 * @param known the policy names it, or somebody said that it belongs here
 */
public record Asset(String id, String name, String zone, List<String> addresses, List<String> macs,
        List<String> protocols, List<Role> roles, List<Used> uses, Identification identification,
        @Nullable Instant firstSeen, @Nullable Instant lastSeen, boolean known, String group, String note) {

    /** What it was in a flow. */
    public enum Role {
        CLIENT,
        SERVER
    }

    /**
     * Something that it did, or that was done at it.
     *
     * @param does a function, or an operation with what it is about: {@code write unit 1 holding 158}
     */
    public record Used(String protocol, String does, Role role, long count, long denied, Instant lastSeen) {}
}
