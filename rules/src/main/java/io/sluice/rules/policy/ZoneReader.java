package io.sluice.rules.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads one entry of {@code zones}. */
final class ZoneReader {
    /** 802.1Q: 0 means priority only, 4095 is reserved. */
    static final int MAX_VLAN = 4094;

    private final Values values;
    private final Problems problems;

    ZoneReader(Values values) {
        this.values = values;
        this.problems = values.problems();
    }

    Optional<Zone> read(Yaml.Text key, Yaml value) {
        Optional<String> name = values.name(key, "zone");
        Optional<Yaml.Mapping> map = values.map(value, key.value());
        if (name.isEmpty() || map.isEmpty()) {
            return Optional.empty();
        }
        Section section = new Section(map.get(), Keys.ZONE, "zone `" + name.get() + "`", problems);
        boolean broker = section.find("broker").map(v -> values.flag(v, "broker")).orElse(false);
        if (broker && section.all().size() > 1) {
            problems.error(key.position(), "zone `" + name.get() + "` is the broker's: only jump sessions live there,"
                    + " so it has no `ports`, `vlan` or `networks`");
        }
        if (section.find("vlan").isPresent() && section.find("ports").isEmpty()) {
            problems.error(key.position(), "zone `" + name.get() + "` has a `vlan`, but no `ports` that carry it");
        }
        List<String> ports = section.find("ports").map(this::ports).orElse(List.of());
        List<Integer> vlans = section.find("vlan").map(this::vlans).orElse(List.of());
        List<Network> networks = section.find("networks").map(this::networks).orElse(List.of());
        return Optional.of(new Zone(name.get(), ports, vlans, networks, broker, key.position()));
    }

    private List<String> ports(Yaml value) {
        return values.oneOrMore(value, "ports").stream().map(port -> values.name(port, "ports"))
                .flatMap(Optional::stream).toList();
    }

    private List<Integer> vlans(Yaml value) {
        Stream<Yaml.Text> texts = values.oneOrMore(value, "vlan").stream();
        return texts.map(text -> values.number(text, "vlan", 1, MAX_VLAN)).flatMap(Optional::stream).toList();
    }

    private List<Network> networks(Yaml value) {
        List<Network> networks = new ArrayList<>();
        List<Yaml.Text> texts = values.oneOrMore(value, "networks");
        for (Yaml.Text text : texts) {
            if (networks.size() == problems.limits().networks()) {
                problems.error(text.position(), "a zone may have " + problems.limits().networks() + " networks");
                break;
            }
            values.parsed(text, "networks", Addresses::network).ifPresent(networks::add);
        }
        // With one of them unknown, no address could be said to be outside of them.
        return networks.size() == texts.size() ? networks : List.of();
    }
}
