package io.sluice.rules.policy;

import java.util.List;
import java.util.Optional;

/** Reads one entry of {@code assets}. */
final class AssetReader {
    private final Values values;
    private final Names names;

    AssetReader(Values values, Names names) {
        this.values = values;
        this.names = names;
    }

    Optional<Asset> read(Yaml.Text key, Yaml value) {
        Optional<String> name = values.name(key, "asset");
        Optional<Yaml.Mapping> map = values.map(value, key.value());
        if (name.isEmpty() || map.isEmpty()) {
            return Optional.empty();
        }
        Section section = new Section(map.get(), Keys.ASSET, "asset `" + name.get() + "`", values.problems());
        Optional<String> zone = section.require("zone").flatMap(this::zone);
        List<Network> addresses = section.require("address").map(this::addresses).orElse(List.of());
        Optional<String> mac = section.find("mac").flatMap(v -> values.parsed(v, "mac", Addresses::mac));
        Optional<String> certificate = section.find("certificate")
                .flatMap(v -> values.parsed(v, "certificate", Addresses::certificate));
        return zone.map(z -> new Asset(name.get(), z, addresses, mac, certificate, key.position()));
    }

    private Optional<String> zone(Yaml value) {
        if (value instanceof Yaml.Sequence) {
            values.problems().error(value.position(), "an asset is in one zone; name that one");
            return Optional.empty();
        }
        return values.text(value, "zone").filter(t -> names.isZone(t.value(), t.position())).map(Yaml.Text::value);
    }

    private List<Network> addresses(Yaml value) {
        return values.oneOrMore(value, "address").stream()
                .map(text -> values.parsed(text, "address", Addresses::address)).flatMap(Optional::stream).toList();
    }
}
