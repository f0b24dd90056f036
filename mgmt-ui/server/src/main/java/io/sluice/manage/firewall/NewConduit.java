package io.sluice.manage.firewall;

import io.sluice.dissect.Protocol;
import io.sluice.manage.firewall.PolicyEdits.Addition;
import io.sluice.rules.Relation;
import io.sluice.rules.Service;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Conduit.ModeChange;
import io.sluice.rules.policy.Conduit.Transport;
import io.sluice.rules.policy.OnDeny;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A conduit between two ends that changes nothing for them but what its rules allow. */
final class NewConduit {
    private final Wanted wanted;
    private final Optional<Protocol> protocol;
    private final List<String> rules;
    private final String name;
    private final Relation relation;
    private Optional<ModeChange> mode = Optional.empty();

    /**
     * A conduit for what is wanted.
     *
     * @param protocol that it inspects; empty: none
     * @param rules in braces; none: it only lets connections be opened
     */
    NewConduit(Wanted wanted, Optional<Protocol> protocol, List<String> rules) {
        this.wanted = wanted;
        this.protocol = protocol;
        this.rules = rules;
        name = ConduitEnd.free(wanted.from().name() + "-to-" + wanted.to().name()
                + protocol.map(p -> "-" + p.name()).orElse("-other"),
                wanted.policy().policy().conduits()::containsKey);
        relation = wanted.relation(wanted.policy(), wanted.from().place(), wanted.to().place());
    }

    String name() {
        return name;
    }

    /** Puts it, and names that its ends lack, into a policy. */
    PolicyEdits.Edited in(String yaml) {
        String modeNow = mode(wanted.policy(), wanted.from().place(), wanted.to().place());
        for (Optional<ModeChange> some : modes()) {
            mode = some;
            PolicyEdits.Edited edited = edited(yaml);
            boolean same = PolicyText.of(edited.yaml()) instanceof PolicyText.Sound sound
                    && mode(sound, wanted.from().name(), wanted.to().name()).equals(modeNow);
            if (same || relation.conduits().isEmpty()) {
                return edited;
            }
        }
        mode = Optional.empty();
        return edited(yaml);
    }

    /** The policy's own, and those of conduits that relate the two today. */
    private Set<Optional<ModeChange>> modes() {
        Set<Optional<ModeChange>> modes = new LinkedHashSet<>(List.of(Optional.empty()));
        relation.conduits().forEach(c -> Optional.ofNullable(wanted.policy().policy().conduits().get(c))
                .map(Conduit::mode).ifPresent(modes::add));
        return modes;
    }

    private String mode(PolicyText.Sound by, String from, String to) {
        return wanted.relation(by, from, to).modeTimes().text(by.policy().timezone());
    }

    private PolicyEdits.Edited edited(String yaml) {
        PolicyEdits edits = new PolicyEdits(yaml);
        List<Addition> assets = assets();
        if (!assets.isEmpty()) {
            edits.entries("assets", assets);
        }
        edits.entries("conduits", List.of(conduit()));
        return edits.edited();
    }

    private List<Addition> assets() {
        return Stream.of(wanted.from(), wanted.to()).flatMap(e -> e.asset().stream()).toList();
    }

    private Addition conduit() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("from", wanted.from().name());
        keys.put("to", wanted.to().name());
        protocol.ifPresent(p -> keys.put("protocol", protocol(p)));
        if (onDeny() != OnDeny.REPLY) {
            keys.put("on_deny", onDeny().name().toLowerCase(Locale.ROOT));
        }
        mode.ifPresent(m -> keys.put("mode", m.mode().name().toLowerCase(Locale.ROOT)
                .transform(word -> m.until().map(day -> "{" + word + ": until " + day + "}").orElse(word))));
        List<String> lines = new ArrayList<>(keys.entrySet().stream().map(e -> e.getKey() + ": " + e.getValue())
                .toList());
        String flow = String.join(", ", lines);
        if (!rules.isEmpty()) {
            lines.add("allow:");
            rules.forEach(r -> lines.add("  - " + r));
        }
        return new Addition(name, "{" + flow
                + (rules.isEmpty() ? "" : ", allow: [" + String.join(", ", rules) + "]") + "}", lines);
    }

    /** The most specific conduit says how refusals are told, so this one says what is said today. */
    private OnDeny onDeny() {
        Service service = wanted.protocol().isEmpty()
                ? null
                : relation.service(wanted.transport().number(), wanted.port());
        return service != null ? service.onDeny() : relation.conduits().isEmpty() ? OnDeny.REPLY : relation.onDeny();
    }

    private String protocol(Protocol p) {
        List<String> keys = new ArrayList<>();
        if (wanted.port() != p.defaultPort()) {
            keys.add("port: " + wanted.port());
        }
        if (wanted.transport() == Transport.UDP) {
            keys.add("transport: udp");
        }
        return keys.isEmpty() ? p.name() : "{" + p.name() + ": {" + String.join(", ", keys) + "}}";
    }

    /** What is added, for people. */
    String text() {
        Addition conduit = conduit();
        String assets = assets().stream().map(a -> "\n  " + a.key() + ": " + a.flow()).collect(Collectors.joining());
        return (assets.isEmpty() ? "" : "assets:" + assets + "\n") + "conduits:\n  " + name + ":\n    "
                + String.join("\n    ", conduit.lines());
    }
}
