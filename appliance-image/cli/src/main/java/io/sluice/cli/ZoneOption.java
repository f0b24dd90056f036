package io.sluice.cli;

import io.sluice.replay.GivenZones;
import io.sluice.replay.Replay.Judge;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code --zone}: says where addresses of a capture lie, in addition to what the policy tells. */
final class ZoneOption {
    private final GivenZones zones;

    /** Networks as written, with commas between, by zone name, in the order given. */
    static Map<String, String> byName(List<String> options) throws WrongUsage {
        try {
            return GivenZones.byName(options);
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(String.valueOf(e.getMessage()));
        }
    }

    ZoneOption(Map<String, String> given) throws WrongUsage {
        try {
            zones = new GivenZones(given);
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(String.valueOf(e.getMessage()));
        }
    }

    /** See {@link GivenZones#requireKnown}. */
    void requireKnown(LoadedPolicy.Sound policy, Optional<LoadedPolicy.Sound> baseline) throws WrongUsage {
        try {
            zones.requireKnown(policy.policy(), baseline.map(LoadedPolicy.Sound::policy));
        } catch (IllegalArgumentException e) {
            throw new WrongUsage(String.valueOf(e.getMessage()));
        }
    }

    /** The policy with the given networks as the networks of those zones, which then count alone. */
    Judge apply(LoadedPolicy.Sound loaded) throws CouldNotRun {
        try {
            return zones.apply(loaded.policy(), loaded.compiled());
        } catch (IllegalArgumentException e) {
            throw new CouldNotRun(String.valueOf(e.getMessage()));
        }
    }
}
