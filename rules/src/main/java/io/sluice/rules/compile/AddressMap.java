package io.sluice.rules.compile;

import io.sluice.rules.policy.Network;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Networks and what they stand for; the longest prefix wins, among equals the one that came first. */
final class AddressMap {
    private final List<Level> levels = new ArrayList<>();

    /** Networks of one prefix length, sorted. */
    private static final class Level {
        private final int prefix;
        private final long[] highs;
        private final long[] lows;
        private final int[] places;

        Level(int prefix, List<Entry> sorted) {
            this.prefix = prefix;
            highs = sorted.stream().mapToLong(e -> e.network().high()).toArray();
            lows = sorted.stream().mapToLong(e -> e.network().low()).toArray();
            places = sorted.stream().mapToInt(Entry::place).toArray();
        }
    }

    /** A network and its place. */
    record Entry(Network network, int place) {}

    AddressMap(List<Entry> entries) {
        TreeMap<Integer, List<Entry>> byPrefix = new TreeMap<>(Collections.reverseOrder());
        Set<List<Long>> seen = new HashSet<>();
        for (Entry entry : entries) {
            Network network = entry.network();
            if (seen.add(List.of((long) network.prefix(), network.high(), network.low()))) {
                byPrefix.computeIfAbsent(network.prefix(), p -> new ArrayList<>()).add(entry);
            }
        }
        byPrefix.forEach((prefix, level) -> {
            List<Entry> sorted = level.stream().sorted((a, b) -> compare(a.network().high(), a.network().low(),
                    b.network().high(), b.network().low())).toList();
            levels.add(new Level(prefix, sorted));
        });
    }

    /** The place of an address; -1 where no network holds it. */
    int find(long high, long low) {
        for (int i = 0; i < levels.size(); i++) {
            Level level = levels.get(i);
            int at = search(level, high & Network.mask(level.prefix), low & Network.mask(level.prefix - 64));
            if (at >= 0) {
                return level.places[at];
            }
        }
        return -1;
    }

    private static int search(Level level, long high, long low) {
        int from = 0;
        int to = level.places.length - 1;
        while (from <= to) {
            int middle = (from + to) >>> 1;
            int order = compare(level.highs[middle], level.lows[middle], high, low);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                from = middle + 1;
            } else {
                to = middle - 1;
            }
        }
        return -1;
    }

    private static int compare(long high, long low, long otherHigh, long otherLow) {
        int order = Long.compareUnsigned(high, otherHigh);
        return order != 0 ? order : Long.compareUnsigned(low, otherLow);
    }
}
