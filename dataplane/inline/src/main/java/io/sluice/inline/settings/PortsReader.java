package io.sluice.inline.settings;

import io.sluice.rules.policy.Addresses;
import io.sluice.rules.policy.Network;
import io.sluice.rules.policy.Parsed;
import io.sluice.rules.policy.Position;
import io.sluice.rules.policy.Problems;
import io.sluice.rules.policy.Section;
import io.sluice.rules.policy.Values;
import io.sluice.rules.policy.Yaml;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code ports} and {@code jump}. */
final class PortsReader {
    /** IFNAMSIZ of netdevice(7) less its zero; characters that no shell or kernel takes amiss. */
    private static final Pattern INTERFACE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@:-]{0,14}");
    private static final Pattern PREFIX = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    private final Values values;
    private final Problems problems;
    /** Who uses an interface, in sentences. */
    private final Map<String, String> users = new HashMap<>();

    PortsReader(Values values) {
        this.values = values;
        this.problems = values.problems();
    }

    Map<String, PortSettings> ports(Yaml value) {
        Map<String, PortSettings> ports = new LinkedHashMap<>();
        Optional<Yaml.Mapping> map = values.map(value, "ports");
        map.ifPresent(m -> m.entries().forEach(entry -> port(entry).ifPresent(p -> ports.put(p.name(), p))));
        if (map.isPresent() && map.get().entries().isEmpty()) {
            problems.error(value.position(), "`ports` is empty; name two: `cell: {interface: enp2s0}`,"
                    + " `plant: {interface: enp3s0}`");
        } else if (map.isPresent() && map.get().entries().size() == 1
                && ports.values().stream().noneMatch(PortSettings::mirror)) {
            problems.warning(value.position(), "there is one port only, so nothing can be forwarded; name a second one,"
                    + " or give it `mirror: true` if it only listens");
        }
        return Collections.unmodifiableMap(ports);
    }

    private Optional<PortSettings> port(Yaml.Entry entry) {
        String key = entry.key().value();
        Optional<String> name = values.name(entry.key(), "port");
        Optional<Yaml.Mapping> map = values.map(entry.value(), key);
        if (name.isEmpty() || map.isEmpty()) {
            return Optional.empty();
        }
        Section section = new Section(map.get(), SettingsKeys.PORT, "port `" + key + "`", problems);
        boolean mirror = section.find("mirror").map(v -> values.flag(v, "mirror")).orElse(false);
        return section.require("interface").flatMap(v -> network(v, "interface", "port `" + key + "`"))
                .map(device -> new PortSettings(key, device, mirror, entry.key().position()));
    }

    /** The name of a network interface that nothing else here uses. */
    private Optional<String> network(Yaml value, String key, String user) {
        return values.text(value, key).filter(text -> {
            if (!INTERFACE.matcher(text.value()).matches()) {
                problems.error(text.position(), Problems.quote(text.value()) + " cannot be the name of a network"
                        + " interface: at most 15 letters, digits, `_`, `-`, `.`; `ip link` lists those of this machine");
                return false;
            }
            String other = users.putIfAbsent(text.value(), user);
            if (other != null) {
                problems.error(text.position(), "interface `" + text.value() + "` belongs to " + other
                        + " already; each port needs one of its own");
            }
            return other == null;
        }).map(Yaml.Text::value);
    }

    Optional<JumpSettings> jump(Yaml value) {
        return values.map(value, "jump").flatMap(map -> {
            Section section = new Section(map, SettingsKeys.JUMP, "`jump`", problems);
            List<JumpSettings.Address> addresses = new ArrayList<>();
            section.require("addresses").map(v -> values.list(v, "addresses")).orElse(List.of())
                    .forEach(v -> address(v).ifPresent(addresses::add));
            return section.require("tap").flatMap(v -> network(v, "tap", "`jump`"))
                    .map(tap -> new JumpSettings(tap, addresses, section.position()));
        });
    }

    private Optional<JumpSettings.Address> address(Yaml value) {
        return values.map(value, "addresses").flatMap(map -> {
            Section section = new Section(map, SettingsKeys.JUMP_ADDRESS, "an address of `jump`", problems);
            Optional<String> zone = section.require("zone").flatMap(v -> values.name(v, "zone"));
            return section.require("address")
                    .flatMap(v -> values.parsed(v, "address", text -> host(text, zone.orElse(""), v.position())))
                    .filter(_ -> zone.isPresent());
        });
    }

    /** A device's address with the prefix length of its network: {@code 10.3.1.250/24}. */
    private static Parsed<JumpSettings.Address> host(String text, String zone, Position position) {
        int slash = text.indexOf('/');
        String length = text.substring(slash + 1);
        if (slash < 0 || !PREFIX.matcher(length).matches()) {
            return Parsed.no(text, "is not an address with the length of its network; write `10.3.1.250/24`");
        }
        String address = text.substring(0, slash);
        return switch (Addresses.address(address)) {
            case Parsed.No<Network> no -> new Parsed.No<>(no.sentence());
            case Parsed.Yes<Network> _ -> {
                int bits = address.contains(":") ? IPV6_BITS : IPV4_BITS;
                int prefix = Integer.parseInt(length);
                yield prefix > bits
                        ? Parsed.no(text, "has a prefix length that is not 0 to " + bits)
                        : Parsed.yes(new JumpSettings.Address(zone, address, prefix, position));
            }
        };
    }
}
