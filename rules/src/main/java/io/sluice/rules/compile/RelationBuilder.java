package io.sluice.rules.compile;

import io.sluice.dissect.Protocol;
import io.sluice.rules.Relation;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Problem;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Finds which pairs of places which conduits match, and compiles each distinct set of conduits once. */
final class RelationBuilder {
    private final Policy policy;
    private final Places places;
    private final ServiceBuilder services;
    private final List<Conduit> conduits;
    private final Comparator<Conduit> mostSpecificFirst;
    private final Map<List<String>, Relation> known = new HashMap<>();

    RelationBuilder(Policy policy, Places places, Map<Protocol, Dictionary> dictionaries, RuleBook rules) {
        this.policy = policy;
        this.places = places;
        mostSpecificFirst = Comparator.comparingInt(places::specificity).reversed().thenComparing(Conduit::name);
        services = new ServiceBuilder(policy, places, dictionaries, rules);
        conduits = policy.conduits().values().stream().sorted(mostSpecificFirst).toList();
    }

    /** What stands in the way of enforcing it; to be asked after {@link #build}. */
    List<Problem> problems() {
        return services.problems();
    }

    Relations build() {
        Classes from = new Classes(Conduit::from);
        Classes to = new Classes(Conduit::to);
        Map<Long, BitSet> matching = new TreeMap<>();
        Map<Long, BitSet> ethertypes = new TreeMap<>();
        for (int c = 0; c < conduits.size(); c++) {
            Conduit conduit = conduits.get(c);
            int fromZone = places.zone(places.named(conduit.from()));
            int toZone = places.zone(places.named(conduit.to()));
            if (ServiceBuilder.speaksOfEthertypes(conduit)) {
                ethertypes.computeIfAbsent(Relations.key(fromZone, toZone), k -> new BitSet()).set(c);
                ethertypes.computeIfAbsent(Relations.key(toZone, fromZone), k -> new BitSet()).set(c);
            }
            for (int f : from.of(c)) {
                for (int t : to.of(c)) {
                    matching.computeIfAbsent(Relations.key(f, t), k -> new BitSet()).set(c);
                }
            }
        }
        Map<Long, Relation> byClass = new HashMap<>();
        matching.forEach((key, set) -> {
            int fromPlace = from.member((int) (key >> 32));
            int toPlace = to.member(key.intValue());
            BitSet between = ethertypes.getOrDefault(Relations.key(places.zone(fromPlace), places.zone(toPlace)),
                    new BitSet());
            byClass.put(key, relation(list(set), list(between)));
        });
        Map<Long, Relation> byZone = new HashMap<>();
        ethertypes.forEach((key, set) -> byZone.put(key, relation(List.of(), list(set))));
        return new Relations(places, from.ofPlace, to.ofPlace, byClass, byZone, policy.mode());
    }

    private List<Conduit> list(BitSet set) {
        return set.stream().mapToObj(conduits::get).toList();
    }

    /**
     * @param matching conduits that match the pair, most specific first
     * @param ethertypes conduits between the two zones, in either direction, that speak of EtherTypes
     */
    private Relation relation(List<Conduit> matching, List<Conduit> ethertypes) {
        List<String> key = new ArrayList<>(matching.stream().map(Conduit::name).toList());
        key.add("");
        ethertypes.forEach(c -> key.add(c.name()));
        Relation relation = known.get(key);
        if (relation == null) {
            TreeSet<Conduit> all = new TreeSet<>(mostSpecificFirst);
            all.addAll(matching);
            all.addAll(ethertypes);
            List<Conduit> counted = List.copyOf(all);
            boolean fromBroker = counted.stream().anyMatch(c -> places.isBroker(places.named(c.from())));
            relation = new Relation(services.services(matching), services.plain(matching, ethertypes),
                    services.onDeny(counted), Modes.of(policy, counted, fromBroker),
                    counted.stream().map(Conduit::name).toList());
            known.put(key, relation);
        }
        return relation;
    }

    /** Places in one zone that the same conduits match on one side. */
    private final class Classes {
        private final List<Integer> ofPlace = new ArrayList<>();
        private final List<Integer> members = new ArrayList<>();
        private final Map<Integer, TreeSet<Integer>> ofConduit = new HashMap<>();

        private record Key(int zone, BitSet conduits) {}

        Classes(Function<Conduit, String> side) {
            Map<Integer, BitSet> naming = new HashMap<>();
            for (int c = 0; c < conduits.size(); c++) {
                naming.computeIfAbsent(places.named(side.apply(conduits.get(c))), p -> new BitSet()).set(c);
            }
            Map<Key, Integer> numbers = new HashMap<>();
            for (int place = 0; place < places.size(); place++) {
                BitSet matching = new BitSet();
                matching.or(naming.getOrDefault(place, matching));
                matching.or(naming.getOrDefault(places.zone(place), matching));
                Integer number = numbers.putIfAbsent(new Key(places.zone(place), matching), members.size());
                if (number == null) {
                    number = members.size();
                    members.add(place);
                    int made = number;
                    matching.stream()
                            .forEach(c -> ofConduit.computeIfAbsent(c, k -> new TreeSet<>()).add(made));
                }
                ofPlace.add(number);
            }
        }

        /** The classes that a conduit matches. */
        Iterable<Integer> of(int conduit) {
            return ofConduit.getOrDefault(conduit, new TreeSet<>());
        }

        /** Some place of a class. */
        int member(int number) {
            return members.get(number);
        }
    }
}
