package io.sluice.rules.compile;

import io.sluice.dissect.Names;
import io.sluice.dissect.Protocol;
import io.sluice.dissect.Vocabulary.Demand;
import io.sluice.dissect.Vocabulary.Name;
import io.sluice.dissect.Vocabulary.Naming;
import io.sluice.dissect.Vocabulary.Understood;
import io.sluice.rules.policy.Asset;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Matcher;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Requirement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All names that a policy uses in one protocol, numbered in the order of their texts, so that the order of the file
 * does not show.
 */
final class Dictionary {
    static final Dictionary EMPTY = new Dictionary(List.of());

    private final List<String> texts;
    private final Names names;
    private final Map<Names.Key, Integer> numbers = new HashMap<>();
    private int[] certificates = {};

    private Dictionary(List<Name> all) {
        List<Name> sorted = all.stream().distinct()
                .sorted(Comparator.comparing(Name::text).thenComparingLong(n -> n.key().head())).toList();
        texts = sorted.stream().map(Name::text).toList();
        names = new Names(sorted.stream().map(Name::key).toList());
        sorted.forEach(n -> numbers.put(n.key(), numbers.size()));
    }

    /** One for each protocol that conduits speak. */
    static Map<Protocol, Dictionary> all(Policy policy, Places places) {
        Map<Protocol, List<Name>> used = new HashMap<>();
        for (Conduit conduit : policy.conduits().values()) {
            conduit.service().ifPresent(s -> collect(conduit,
                    used.computeIfAbsent(s.protocol(), p -> new ArrayList<>())));
        }
        Map<Protocol, Dictionary> made = new HashMap<>();
        used.forEach((protocol, names) -> made.put(protocol, of(protocol, names, policy, places)));
        return made;
    }

    private static void collect(Conduit conduit, List<Name> names) {
        conduit.channel().stream().map(Requirement::names).forEach(names::addAll);
        conduit.rules().stream().flatMap(r -> r.fields().values().stream()).forEach(matcher -> {
            if (matcher instanceof Matcher.Names stated) {
                names.addAll(stated.names());
            }
        });
    }

    private static Dictionary of(Protocol protocol, List<Name> names, Policy policy, Places places) {
        Map<Integer, Name> certificates = new HashMap<>();
        protocol.vocabulary().traits().stream()
                .filter(t -> t.how() == Demand.PINNED_CLIENT || t.how() == Demand.PINNED_SERVER)
                .flatMap(t -> t.naming().stream()).findFirst()
                .ifPresent(naming -> policy.assets().values().forEach(asset -> certificate(asset, naming)
                        .ifPresent(name -> certificates.put(places.named(asset.name()), name))));
        List<Name> all = new ArrayList<>(names);
        all.addAll(certificates.values());
        Dictionary dictionary = new Dictionary(all);
        dictionary.certificates = new int[places.size()];
        Arrays.setAll(dictionary.certificates, place -> Optional.ofNullable(certificates.get(place))
                .map(dictionary::number).orElse(Names.UNKNOWN));
        return dictionary;
    }

    private static Optional<Name> certificate(Asset asset, Naming naming) {
        return asset.certificate().flatMap(digits -> switch (naming.name("sha256:" + digits)) {
            case Understood.Yes<Name> yes -> Optional.of(yes.meaning());
            case Understood.No<Name> _ -> Optional.empty();
        });
    }

    Names names() {
        return names;
    }

    /** The number of a name that the policy uses. */
    int number(Name name) {
        return numbers.getOrDefault(name.key(), Names.UNKNOWN);
    }

    /** A name by its number; {@code "?"} for a number that has none. */
    String text(int number) {
        return number >= 0 && number < texts.size() ? texts.get(number) : "?";
    }

    /** The number of the certificate of an asset, or {@link Names#UNKNOWN}. */
    int certificate(int place) {
        return place >= 0 && place < certificates.length ? certificates[place] : Names.UNKNOWN;
    }
}
