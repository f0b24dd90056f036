package io.sluice.replay;

import io.sluice.dissect.CollectedNames;
import io.sluice.dissect.Names;
import io.sluice.dissect.Protocol;
import io.sluice.dissect.Vocabulary;
import io.sluice.dissect.Vocabulary.Act;
import io.sluice.dissect.Vocabulary.Operation;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Relation;
import io.sluice.rules.RuleInfo;
import io.sluice.rules.Windows;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.compile.PolicyCompiler.Result;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Conduit.Service;
import io.sluice.rules.policy.Conduit.Transport;
import io.sluice.rules.policy.Matcher;
import io.sluice.rules.policy.Mode;
import io.sluice.rules.policy.Network;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Position;
import io.sluice.rules.policy.Rule;
import io.sluice.rules.policy.WhenUnsure;
import io.sluice.rules.policy.Zone;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * For learning: looks into everything and permits all that it can, so that no message is cut short, and gives every name
 * that is met a number, so that they can be told apart.
 */
final class LearningPolicy implements CompiledPolicy {
    /** Names of one protocol that are told apart. */
    private static final int MOST_NAMES = 200_000;
    private static final Position NOWHERE_IN_A_FILE = new Position("(built in)", 1, 1);

    private final CompiledPolicy permissive;
    private final Map<Protocol, CollectedNames> names = new HashMap<>();

    /** @param ports where each protocol is spoken */
    LearningPolicy(Map<Protocol, List<Integer>> ports) {
        Zone all = new Zone("all", List.of(), List.of(), List.of(new Network(0, 0, 0, "::/0")), false,
                NOWHERE_IN_A_FILE);
        Map<String, Conduit> conduits = new LinkedHashMap<>();
        ports.forEach((protocol, numbers) -> {
            names.put(protocol, new CollectedNames(MOST_NAMES));
            for (int port : numbers) {
                for (Transport transport : Transport.values()) {
                    if (transport == Transport.TCP || protocol.datagrams()) {
                        Conduit conduit = conduit(protocol, port, transport);
                        conduits.put(conduit.name(), conduit);
                    }
                }
            }
        });
        Policy policy = new Policy("learning", Mode.MONITOR, WhenUnsure.DEFAULT, ZoneOffset.UTC, Map.of("all", all),
                Map.of(), Map.of(), conduits, List.of());
        permissive = switch (PolicyCompiler.compile(policy, "")) {
            case Result.Compiled compiled -> compiled.policy();
            case Result.Refused refused -> throw new IllegalStateException(refused.problems().toString());
        };
    }

    private static Conduit conduit(Protocol protocol, int port, Transport transport) {
        String name = protocol.name() + "-" + transport.number() + "-" + port;
        List<Rule> rules = new ArrayList<>();
        List<Act> acts = new ArrayList<>();
        for (Operation operation : protocol.vocabulary().operations()) {
            acts.add(new Act(operation, OptionalInt.empty()));
            if (protocol.vocabulary().objection(acts, Map.of()).isPresent()) {
                acts.removeLast(); // it cannot be permitted beside the others, and is seen all the same
            } else {
                rules.add(rule(name, protocol.vocabulary(), operation));
            }
        }
        return new Conduit(name, "all", "all", Optional.of(new Service(protocol, port, transport)), Optional.empty(),
                Optional.empty(), rules, NOWHERE_IN_A_FILE);
    }

    private static Rule rule(String conduit, Vocabulary vocabulary, Operation operation) {
        Map<String, Matcher> fields = new HashMap<>();
        vocabulary.fields().stream().filter(f -> operation.fields().contains(f.name()))
                .forEach(f -> fields.put(f.name(), new Matcher.Any(NOWHERE_IN_A_FILE)));
        return new Rule(conduit + "-" + operation.number(), false, List.of(operation.word()),
                List.of(new Act(operation, OptionalInt.empty())), fields, Optional.empty(), Optional.empty(),
                Optional.empty(), NOWHERE_IN_A_FILE);
    }

    CollectedNames collected(Protocol protocol) {
        return names.computeIfAbsent(protocol, _ -> new CollectedNames(MOST_NAMES));
    }

    /** How often a name was met that could not be told from others any more. */
    long namesLost() {
        return names.values().stream().mapToLong(CollectedNames::excess).sum();
    }

    @Override
    public Names names(Protocol protocol) {
        return collected(protocol);
    }

    @Override
    public String nameText(Protocol protocol, int number) {
        return protocol.vocabulary().written(collected(protocol).key(number)).orElse("?");
    }

    @Override
    public String name() {
        return permissive.name();
    }

    @Override
    public String hash() {
        return permissive.hash();
    }

    @Override
    public Mode mode() {
        return permissive.mode();
    }

    @Override
    public WhenUnsure whenUnsure() {
        return permissive.whenUnsure();
    }

    @Override
    public Windows windows() {
        return permissive.windows();
    }

    @Override
    public List<RuleInfo> rules() {
        return permissive.rules();
    }

    @Override
    public int place(long addressHigh, long addressLow) {
        return permissive.place(addressHigh, addressLow);
    }

    @Override
    public int placeIn(int zone, long addressHigh, long addressLow) {
        return permissive.placeIn(zone, addressHigh, addressLow);
    }

    @Override
    public int zone(int place) {
        return permissive.zone(place);
    }

    @Override
    public boolean isBroker(int place) {
        return false;
    }

    @Override
    public int zoneNamed(String name) {
        return permissive.zoneNamed(name);
    }

    @Override
    public int zoneOfPort(String port) {
        return NOWHERE;
    }

    @Override
    public int zoneOfPort(String port, int vlan) {
        return NOWHERE;
    }

    @Override
    public boolean believable(int zone, long addressHigh, long addressLow) {
        return true;
    }

    @Override
    public int zoneOfMac(long mac) {
        return NOWHERE;
    }

    @Override
    public long macOf(long addressHigh, long addressLow) {
        return -1;
    }

    @Override
    public boolean connected(int zone, int other) {
        return permissive.connected(zone, other);
    }

    @Override
    public String nameOf(int place) {
        return permissive.nameOf(place);
    }

    @Override
    public int certificate(int place, Protocol protocol) {
        return -1;
    }

    @Override
    public int places() {
        return permissive.places();
    }

    @Override
    public Relation relation(int from, int to) {
        return permissive.relation(from, to);
    }
}
