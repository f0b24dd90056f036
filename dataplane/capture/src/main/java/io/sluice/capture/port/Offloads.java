package io.sluice.capture.port;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What card and kernel do to frames on their way, switched off so that they come as they were on the wire, and switched on
 * again when the port closes. Whoever is killed leaves them off.
 */
final class Offloads {
    private final int index;
    private final boolean[] switched;
    private final List<String> names;

    private Offloads(int index, boolean[] switched, List<String> names) {
        this.index = index;
        this.switched = switched;
        this.names = names;
    }

    /** Whatever joins several frames to one (GRO, LRO, and their like), or lets longer ones be sent (TSO, GSO). */
    static boolean makesSuperFrames(String feature) {
        return feature.startsWith("rx-gro") || feature.equals("rx-lro") || feature.contains("-gro-")
                || feature.contains("segmentation");
    }

    /** Whatever takes VLAN tags out of received frames; only the kernel's own network stack is told where they went. */
    static boolean takesTags(String feature) {
        return feature.startsWith("rx-vlan") && feature.endsWith("hw-parse");
    }

    /** The interface's. */
    int index() {
        return index;
    }

    /** Switches off what of {@code unwanted} is on; nothing where the driver cannot be asked. */
    static Offloads switchOff(String name, int index, Predicate<String> unwanted) {
        try {
            List<String> features = Ethtool.features(name);
            boolean[] before = Ethtool.active(name, features.size());
            boolean[] chosen = new boolean[before.length];
            for (int i = 0; i < chosen.length; i++) {
                chosen[i] = before[i] && unwanted.test(features.get(i));
            }
            Ethtool.set(name, chosen, false);
            boolean[] after = Ethtool.active(name, features.size());
            List<String> names = new ArrayList<>();
            for (int i = 0; i < chosen.length; i++) {
                chosen[i] &= !after[i];
                if (chosen[i]) {
                    names.add(features.get(i));
                }
            }
            return new Offloads(index, chosen, names);
        } catch (NativeException e) {
            return new Offloads(index, new boolean[0], List.of());
        }
    }

    /** What is off now and was on. */
    List<String> names() {
        return names;
    }

    void restore() {
        String name = Interfaces.name(index);
        if (!names.isEmpty() && !name.isEmpty()) {
            try {
                Ethtool.set(name, switched, true);
            } catch (NativeException e) {
                return; // an interface that is no more has nothing to restore
            }
        }
    }
}
