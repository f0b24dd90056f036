package io.sluice.manage.firewall;

import io.sluice.manage.Refused;
import io.sluice.manage.event.Event;
import io.sluice.rules.policy.Asset;
import io.sluice.rules.policy.Network;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Zone;
import java.util.Optional;

/**
 * Who asks or is asked, as a conduit would name it.
 *
 * @param name of an asset of the policy, or the one that an unnamed address would get
 * @param place under which the policy judges it today: the asset, or its zone
 * @param asset the entry that the policy lacks; empty where it has one
 */
record ConduitEnd(String name, String place, Optional<PolicyEdits.Addition> asset) {
    private static final int LONGEST = 64;

    static ConduitEnd of(PolicyText.Sound sound, Event.End end) throws Refused {
        Policy policy = sound.policy();
        Optional<Network> address = Network.parse(end.address());
        Optional<Asset> known = address.flatMap(a -> policy.assets().values().stream()
                .filter(asset -> asset.addresses().stream()
                        .anyMatch(own -> own.high() == a.high() && own.low() == a.low()))
                .findFirst()).or(() -> end.address().isEmpty()
                        ? Optional.ofNullable(policy.assets().get(end.place()))
                        : Optional.empty());
        String zone = known.map(Asset::zone).orElseGet(() -> zone(sound, end, address));
        if (Optional.ofNullable(policy.zones().get(zone)).filter(Zone::broker).isPresent()) {
            throw Refused.of(422, "jump-session", "this belongs to a jump session; what sessions may do at most is said"
                    + " in their conduit, by hand");
        }
        if (known.isPresent()) {
            return new ConduitEnd(known.get().name(), known.get().name(), Optional.empty());
        }
        if (address.isEmpty() || !policy.zones().containsKey(zone)) {
            throw Refused.of(422, "no-place", "`" + (end.address().isEmpty() ? end.place() : end.address())
                    + "` is in no zone of the policy that judges now, so nothing can be allowed to it; see first"
                    + " where it belongs, and why it is where it is");
        }
        String name = free(policy, end.address());
        String quoted = end.address().contains(":") ? Requested.quoted(end.address()) : end.address();
        return new ConduitEnd(name, zone, Optional.of(new PolicyEdits.Addition(name,
                "{zone: " + zone + ", address: " + quoted + "}", java.util.List.of())));
    }

    private static String zone(PolicyText.Sound sound, Event.End end, Optional<Network> address) {
        if (sound.policy().zones().containsKey(end.place())) {
            return end.place();
        }
        return address.map(a -> sound.compiled().nameOf(sound.compiled().place(a.high(), a.low()))).orElse("");
    }

    /** {@code host-10-3-1-77}. */
    private static String free(Policy policy, String address) {
        String wanted = "host-" + address.replaceAll("[^A-Za-z0-9]+", "-").replaceAll("-$", "");
        return free(wanted, n -> policy.assets().containsKey(n) || policy.zones().containsKey(n));
    }

    /** The name, or, where it is taken, with a number behind it. */
    static String free(String wanted, java.util.function.Predicate<String> taken) {
        String start = wanted.length() <= LONGEST - 4 ? wanted : wanted.substring(0, LONGEST - 4);
        String name = start;
        for (int n = 2; taken.test(name); n++) {
            name = start + "-" + n;
        }
        return name;
    }
}
