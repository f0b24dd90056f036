package io.sluice.rules.analyze;

import io.sluice.rules.space.Side;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Sets of endpoints for people: a zone where all of it is meant, assets by name, and what is nobody's address. */
final class EndpointWords {
    private static final String EVERYWHERE = "everywhere";

    private final List<Endpoint> endpoints;

    EndpointWords(List<Endpoint> endpoints) {
        this.endpoints = endpoints;
    }

    /** A zone's name stands for all that is in it. */
    List<String> texts(Side side) {
        if (IntStream.range(0, endpoints.size()).allMatch(side::contains) && zones().size() > 1) {
            return List.of(EVERYWHERE);
        }
        List<String> texts = new ArrayList<>();
        zones().forEach((zone, members) -> {
            List<Integer> in = members.stream().filter(side::contains).toList();
            if (in.size() == members.size()) {
                texts.add(zone);
            } else {
                in.stream().map(endpoints::get)
                        .forEach(e -> texts.add(e.isRest() ? "other addresses of " + zone : name(e)));
            }
        });
        return texts;
    }

    private Map<String, List<Integer>> zones() {
        Map<String, List<Integer>> zones = new LinkedHashMap<>();
        for (int e = 0; e < endpoints.size(); e++) {
            zones.computeIfAbsent(endpoints.get(e).zone(), z -> new ArrayList<>()).add(e);
        }
        return zones;
    }

    /** An asset that moved is named with the zone where it is meant. */
    private String name(Endpoint endpoint) {
        boolean twice = endpoints.stream().filter(e -> e.name().equals(endpoint.name())).count() > 1;
        return twice ? endpoint.name() + " in " + endpoint.zone() : endpoint.name();
    }

    /** One that both policies know, where there is one, and that has a name of its own. */
    Endpoint example(Side side) {
        List<Endpoint> in = IntStream.range(0, endpoints.size()).filter(side::contains).mapToObj(endpoints::get)
                .toList();
        return in.stream().filter(e -> !e.isRest() && e.before() > 0 && e.after() > 0).findFirst()
                .orElse(in.stream().filter(e -> e.before() > 0 && e.after() > 0).findFirst().orElse(in.getFirst()));
    }
}
