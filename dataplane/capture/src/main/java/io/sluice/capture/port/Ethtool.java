package io.sluice.capture.port;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Asks drivers: linux/ethtool.h, each question a structure that begins with its command. */
final class Ethtool {
    private static final int SIOCETHTOOL = 0x8946;
    private static final int GDRVINFO = 3;
    private static final int GSTRINGS = 0x1b;
    private static final int GSSET_INFO = 0x37;
    private static final int GFEATURES = 0x3a;
    private static final int SFEATURES = 0x3b;
    /** The set of strings that names features: ETH_SS_FEATURES. */
    private static final int FEATURE_NAMES = 4;
    private static final int NAME_BYTES = 32;

    /** struct ethtool_drvinfo: command, driver, and more. */
    private static final int DRIVER_INFO_BYTES = 196;
    private static final int DRIVER = 4;
    /** struct ethtool_sset_info: command, reserved, mask, a length for each set of the mask. */
    private static final int SET_MASK = 8;
    private static final int SET_LENGTH = 16;
    private static final int SET_BYTES = 24;
    /** struct ethtool_gstrings: command, set, length, names. */
    private static final int STRINGS_SET = 4;
    private static final int STRINGS_LENGTH = 8;
    private static final int STRINGS = 12;
    /** struct ethtool_gfeatures and _sfeatures: command, count, then a block for 32 features each. */
    private static final int BLOCK_COUNT = 4;
    private static final int BLOCKS = 8;
    private static final int GET_BLOCK_BYTES = 16;
    private static final int ACTIVE = 8;
    private static final int SET_BLOCK_BYTES = 8;
    private static final int REQUESTED = 4;

    /**
     * Drivers that hand over frames as another system's network stack made them, before any card has finished them:
     * virtual cables, and cards of virtual machines.
     */
    private static final Set<String> UNFINISHED = Set.of("veth", "virtio_net", "tun", "bridge", "macvlan", "ipvlan",
            "dummy", "vmxnet3", "hv_netvsc", "vif");

    private Ethtool() {}

    /** Name of the driver; empty where it does not say. */
    static String driver(String name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(DRIVER_INFO_BYTES, 8);
            info.set(JAVA_INT, 0, GDRVINFO);
            ask(name, info);
            return info.getString(DRIVER);
        } catch (NativeException e) {
            return "";
        }
    }

    static boolean handsOverUnfinished(String driver) {
        return UNFINISHED.contains(driver);
    }

    /** Names of all features of the kernel, in the order of their bits. */
    static List<String> features(String name) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment set = arena.allocate(SET_BYTES, 8);
            set.set(JAVA_INT, 0, GSSET_INFO);
            set.set(JAVA_LONG, SET_MASK, 1L << FEATURE_NAMES);
            ask(name, set);
            int count = set.get(JAVA_INT, SET_LENGTH);
            MemorySegment strings = arena.allocate(STRINGS + (long) count * NAME_BYTES, 8);
            strings.set(JAVA_INT, 0, GSTRINGS);
            strings.set(JAVA_INT, STRINGS_SET, FEATURE_NAMES);
            strings.set(JAVA_INT, STRINGS_LENGTH, count);
            ask(name, strings);
            List<String> names = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                names.add(strings.getString(STRINGS + (long) i * NAME_BYTES));
            }
            return names;
        }
    }

    /** For each of {@code count} features whether it is on. */
    static boolean[] active(String name, int count) throws NativeException {
        int blocks = blocks(count);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment features = arena.allocate(BLOCKS + (long) blocks * GET_BLOCK_BYTES, 8);
            features.set(JAVA_INT, 0, GFEATURES);
            features.set(JAVA_INT, BLOCK_COUNT, blocks);
            ask(name, features);
            boolean[] active = new boolean[count];
            for (int i = 0; i < count; i++) {
                long block = BLOCKS + (long) (i / Integer.SIZE) * GET_BLOCK_BYTES;
                active[i] = (features.get(JAVA_INT, block + ACTIVE) >>> i % Integer.SIZE & 1) != 0;
            }
            return active;
        }
    }

    /** Switches those of the features that are {@code chosen}; what cannot be switched stays as it is. */
    static void set(String name, boolean[] chosen, boolean on) throws NativeException {
        int blocks = blocks(chosen.length);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment features = arena.allocate(BLOCKS + (long) blocks * SET_BLOCK_BYTES, 8);
            features.set(JAVA_INT, 0, SFEATURES);
            features.set(JAVA_INT, BLOCK_COUNT, blocks);
            for (int i = 0; i < chosen.length; i++) {
                if (chosen[i]) {
                    long block = BLOCKS + (long) (i / Integer.SIZE) * SET_BLOCK_BYTES;
                    int bit = 1 << i % Integer.SIZE;
                    features.set(JAVA_INT, block, features.get(JAVA_INT, block) | bit);
                    features.set(JAVA_INT, block + REQUESTED,
                            on ? features.get(JAVA_INT, block + REQUESTED) | bit : 0);
                }
            }
            ask(name, features);
        }
    }

    private static int blocks(int features) {
        return (features + Integer.SIZE - 1) / Integer.SIZE;
    }

    /** Asks a question that begins with its command; the answer replaces it. */
    static void ask(String name, MemorySegment question) throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment request = Interfaces.request(arena, name);
            request.set(JAVA_LONG_UNALIGNED, Interfaces.REQUEST_VALUE, question.address());
            Interfaces.ask(SIOCETHTOOL, "SIOCETHTOOL", request);
        }
    }
}
