package io.sluice.rules.compile;

import io.sluice.rules.DecisionTable;
import io.sluice.rules.ModeTimes;
import io.sluice.rules.Relation;
import io.sluice.rules.policy.Mode;
import io.sluice.rules.policy.OnDeny;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The relations of a policy by pairs of places. Places that the same conduits match form one class, so that a thousand
 * assets of a zone cost what one costs; where no conduit matches, the zones may still share an {@code ethertype} rule.
 */
final class Relations {
    private final Places places;
    private final int[] fromClass;
    private final int[] toClass;
    private final Table byClass;
    private final Table byZone;
    private final Relation none;
    private final Relation noneFromBroker = none(Mode.ENFORCE);

    /** @param byClass keyed by {@link #key} of classes, {@code byZone} by that of zones */
    Relations(Places places, List<Integer> fromClass, List<Integer> toClass, Map<Long, Relation> byClass,
            Map<Long, Relation> byZone, Mode mode) {
        this.places = places;
        this.fromClass = fromClass.stream().mapToInt(c -> c).toArray();
        this.toClass = toClass.stream().mapToInt(c -> c).toArray();
        this.byClass = new Table(byClass);
        this.byZone = new Table(byZone);
        none = none(mode);
    }

    static long key(int from, int to) {
        return (long) from << 32 | to;
    }

    /** Where no conduit matches nothing is told to the sender either. */
    private static Relation none(Mode mode) {
        return new Relation(List.of(), DecisionTable.NOTHING, OnDeny.DROP, ModeTimes.always(mode), List.of());
    }

    Relation of(int from, int to) {
        if (from < 0 || to < 0 || from >= fromClass.length || to >= toClass.length) {
            return none;
        }
        int found = byClass.find(key(fromClass[from], toClass[to]));
        if (found >= 0) {
            return byClass.relations[found];
        }
        found = byZone.find(key(places.zone(from), places.zone(to)));
        if (found >= 0) {
            return byZone.relations[found];
        }
        return places.isBroker(from) ? noneFromBroker : none;
    }

    /** Relations by key, found without allocation. */
    private static final class Table {
        private final long[] keys;
        private final Relation[] relations;

        Table(Map<Long, Relation> map) {
            TreeMap<Long, Relation> sorted = new TreeMap<>(map);
            keys = sorted.keySet().stream().mapToLong(k -> k).toArray();
            relations = sorted.values().toArray(new Relation[0]);
        }

        int find(long key) {
            return Arrays.binarySearch(keys, key);
        }
    }
}
