package io.sluice.rules.compile;

import io.sluice.dissect.Names;
import io.sluice.dissect.Protocol;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Relation;
import io.sluice.rules.RuleInfo;
import io.sluice.rules.Windows;
import io.sluice.rules.policy.Mode;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.WhenUnsure;
import java.util.List;
import java.util.Map;

/** What {@link PolicyCompiler} makes. */
final class StandardPolicy implements CompiledPolicy {
    private final String name;
    private final String hash;
    private final Mode mode;
    private final WhenUnsure whenUnsure;
    private final Windows windows;
    private final List<RuleInfo> rules;
    private final Places places;
    private final Map<Protocol, Dictionary> dictionaries;
    private final Relations relations;
    private final Whereabouts whereabouts;

    StandardPolicy(Policy policy, String hash, Places places, Map<Protocol, Dictionary> dictionaries,
            List<RuleInfo> rules, Relations relations) {
        name = policy.name();
        this.hash = hash;
        mode = policy.mode();
        whenUnsure = policy.whenUnsure();
        windows = new Windows(List.copyOf(policy.windows().values()));
        this.rules = List.copyOf(rules);
        this.places = places;
        this.dictionaries = Map.copyOf(dictionaries);
        this.relations = relations;
        whereabouts = new Whereabouts(policy, places);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String hash() {
        return hash;
    }

    @Override
    public Mode mode() {
        return mode;
    }

    @Override
    public WhenUnsure whenUnsure() {
        return whenUnsure;
    }

    @Override
    public Windows windows() {
        return windows;
    }

    @Override
    public List<RuleInfo> rules() {
        return rules;
    }

    @Override
    public int place(long addressHigh, long addressLow) {
        return places.at(addressHigh, addressLow);
    }

    @Override
    public int placeIn(int zone, long addressHigh, long addressLow) {
        return places.in(zone, addressHigh, addressLow);
    }

    @Override
    public int zone(int place) {
        return places.zone(place);
    }

    @Override
    public boolean isBroker(int place) {
        return places.isBroker(place);
    }

    @Override
    public int zoneNamed(String zone) {
        return places.zoneNamed(zone);
    }

    @Override
    public int zoneOfPort(String port) {
        return places.zoneOfPort(port);
    }

    @Override
    public int zoneOfPort(String port, int vlan) {
        return whereabouts.zoneOfPort(port, vlan);
    }

    @Override
    public boolean believable(int zone, long addressHigh, long addressLow) {
        return whereabouts.believable(zone, addressHigh, addressLow);
    }

    @Override
    public int zoneOfMac(long mac) {
        return whereabouts.zoneOfMac(mac);
    }

    @Override
    public long macOf(long addressHigh, long addressLow) {
        return whereabouts.macOf(addressHigh, addressLow);
    }

    @Override
    public boolean connected(int zone, int other) {
        return whereabouts.connected(zone, other);
    }

    @Override
    public String nameOf(int place) {
        return places.name(place);
    }

    @Override
    public Names names(Protocol protocol) {
        return dictionaries.getOrDefault(protocol, Dictionary.EMPTY).names();
    }

    @Override
    public String nameText(Protocol protocol, int number) {
        return dictionaries.getOrDefault(protocol, Dictionary.EMPTY).text(number);
    }

    @Override
    public int certificate(int place, Protocol protocol) {
        return dictionaries.getOrDefault(protocol, Dictionary.EMPTY).certificate(place);
    }

    @Override
    public int places() {
        return places.size();
    }

    @Override
    public Relation relation(int from, int to) {
        return relations.of(from, to);
    }
}
