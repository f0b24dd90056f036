package io.sluice.rules.analyze;

import io.sluice.rules.policy.Asset;
import io.sluice.rules.policy.Network;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.SessionRule;
import io.sluice.rules.policy.Spans;
import io.sluice.rules.policy.WhenUnsure;
import io.sluice.rules.policy.Zone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What two policies say of zones, assets, jump sessions and doubt; who may speak with whom is compared elsewhere. */
final class Settings {
    private static final String NOTHING = "-";

    private final List<SettingChange> changes = new ArrayList<>();

    private Settings() {}

    static List<SettingChange> between(Policy before, Policy after) {
        Settings settings = new Settings();
        settings.compare("when_unsure", unsure(before.whenUnsure()), unsure(after.whenUnsure()));
        Map<String, String> renamed = new LinkedHashMap<>();
        before.zones().values().forEach(z -> Optional.ofNullable(after.zones().get(z.name()))
                .or(() -> after.zones().values().stream()
                        .filter(o -> !before.zones().containsKey(o.name()) && Endpoint.isSame(z, o)).findFirst())
                .ifPresent(o -> renamed.put(z.name(), o.name())));
        settings.compare("zone", before.zones(), after.zones(), renamed, Settings::zone);
        Map<String, String> assets = new LinkedHashMap<>();
        before.assets().values().forEach(a -> Optional.ofNullable(after.assets().get(a.name()))
                .or(() -> after.assets().values().stream()
                        .filter(o -> !before.assets().containsKey(o.name()) && addresses(a).equals(addresses(o)))
                        .findFirst())
                .ifPresent(o -> assets.put(a.name(), o.name())));
        settings.compare("asset", before.assets(), after.assets(), assets, a -> asset(a, renamed));
        Map<String, String> sessions = new LinkedHashMap<>();
        before.sessions().keySet().stream().filter(after.sessions()::containsKey).forEach(n -> sessions.put(n, n));
        settings.compare("session", before.sessions(), after.sessions(), sessions, Settings::session);
        return List.copyOf(settings.changes);
    }

    private static Map<String, String> unsure(WhenUnsure unsure) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("malformed", unsure.malformed().name());
        texts.put("opaque", unsure.opaque().name());
        texts.put("midstream", unsure.midstream().name());
        texts.put("overload", unsure.overload().name());
        texts.replaceAll((key, word) -> word.toLowerCase(Locale.ROOT));
        return texts;
    }

    private static Map<String, String> zone(Zone zone) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("ports", sorted(zone.ports().stream()));
        texts.put("vlan", zone.vlans().isEmpty() ? "any" : sorted(zone.vlans().stream().map(Object::toString)));
        texts.put("networks", zone.networks().isEmpty() ? "any" : sorted(zone.networks().stream().map(Network::text)));
        texts.put("broker", Boolean.toString(zone.broker()));
        return texts;
    }

    private static Map<String, String> asset(Asset asset, Map<String, String> renamedZones) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("zone", renamedZones.getOrDefault(asset.zone(), asset.zone()));
        texts.put("address", addresses(asset));
        texts.put("mac", asset.mac().map(m -> m.replaceAll("..(?!$)", "$0:")).orElse(NOTHING));
        texts.put("certificate", asset.certificate().map(c -> "sha256:" + c).orElse(NOTHING));
        return texts;
    }

    private static Map<String, String> session(SessionRule rule) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("who", rule.who().group());
        texts.put("mfa", rule.who().secondFactor() ? "required" : "optional");
        texts.put("from", rule.who().networks().isEmpty()
                ? "any"
                : sorted(rule.who().networks().stream().map(Network::text)));
        texts.put("use", sorted(rule.use().stream()));
        texts.put("approved by", rule.approve().count() + " of " + rule.approve().by());
        texts.put("approved within", Spans.text(rule.approve().within()));
        texts.put("approval window", rule.approve().window().orElse("any"));
        texts.put("window", rule.limit().window().orElse("any"));
        texts.put("duration", Spans.text(rule.limit().duration()));
        texts.put("idle", rule.limit().idle().map(Spans::text).orElse("any"));
        texts.put("record", rule.record().name().toLowerCase(Locale.ROOT));
        return texts;
    }

    private static String addresses(Asset asset) {
        return sorted(asset.addresses().stream().map(Network::text));
    }

    private static String sorted(Stream<String> texts) {
        return texts.sorted().collect(Collectors.joining(", "));
    }

    /** Things by name; those that are in one policy only are said with all that is said of them. */
    private <T> void compare(String kind, Map<String, T> before, Map<String, T> after, Map<String, String> same,
            Function<T, Map<String, String>> texts) {
        Set<String> known = new LinkedHashSet<>(same.values());
        before.forEach((name, thing) -> {
            T other = after.get(same.getOrDefault(name, ""));
            if (other == null) {
                changes.add(new SettingChange(kind + " `" + name + "`", all(texts.apply(thing)), NOTHING));
            } else {
                compare(kind + " `" + same.get(name) + "`", texts.apply(thing), texts.apply(other));
            }
        });
        after.forEach((name, thing) -> {
            if (!known.contains(name)) {
                changes.add(new SettingChange(kind + " `" + name + "`", NOTHING, all(texts.apply(thing))));
            }
        });
    }

    private static String all(Map<String, String> texts) {
        return texts.entrySet().stream().filter(e -> !Set.of(NOTHING, "any", "false", "").contains(e.getValue()))
                .map(e -> e.getKey() + " " + e.getValue()).collect(Collectors.joining(", "));
    }

    private void compare(String what, Map<String, String> before, Map<String, String> after) {
        before.forEach((key, text) -> {
            String other = Objects.requireNonNullElse(after.get(key), NOTHING);
            if (!text.equals(other)) {
                changes.add(new SettingChange(what + ": " + key, text, other));
            }
        });
    }
}
