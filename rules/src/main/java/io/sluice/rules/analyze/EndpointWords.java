package io.sluice.rules.analyze;

import io.sluice.rules.space.Side;
import java.util.ArrayList;
import java.util.Comparator;
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

    /** A zone's name stands for all in it that both policies believe to be there. */
    List<String> texts(Side side) {
        Map<String, List<Integer>> zones = zones();
        if (zones.size() > 1 && zones.values().stream().allMatch(members -> isWhole(members, side))) {
            return List.of(EVERYWHERE);
        }
        List<String> texts = new ArrayList<>();
        zones.forEach((zone, members) -> {
            if (isWhole(members, side)) {
                texts.add(zone);
            } else {
                members.stream().filter(side::contains).map(endpoints::get)
                        .forEach(e -> texts.add(e.isRest() ? "other addresses of " + zone : name(e)));
            }
        });
        return texts;
    }

    private boolean isWhole(List<Integer> members, Side side) {
        List<Integer> real = members.stream().filter(e -> endpoints.get(e).isInBoth()).toList();
        return (real.isEmpty() ? members : real).stream().allMatch(side::contains);
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

    /** An asset that both policies know, where there is one. */
    Endpoint example(Side side) {
        List<Endpoint> in = IntStream.range(0, endpoints.size()).filter(side::contains).mapToObj(endpoints::get)
                .toList();
        return in.stream().min(Comparator.comparing((Endpoint e) -> !e.isInBoth()).thenComparing(Endpoint::isRest)
                .thenComparing(e -> !e.name().matches("[A-Za-z0-9_-]+"))).orElseThrow();
    }
}
