package io.sluice.replay;

import io.sluice.capture.CaptureReader;
import io.sluice.engine.Engine;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.Zone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where packets of a capture come from and go to. A capture knows no ports: assets and networks tell, and interface
 * names that equal a port's name.
 */
public final class Placing {
    private final Policy policy;
    private final CompiledPolicy compiled;
    private final List<String> given;
    /** Zone by interface name; absent names were not met yet. */
    private final Map<String, Integer> zones = new HashMap<>();
    private final List<Integer> portZones = new ArrayList<>();
    private boolean byInterface;
    private String lastName = "";
    private int lastZone;

    /** @param given what the user said with {@code --zone}, for the report */
    public Placing(Policy policy, CompiledPolicy compiled, List<String> given) {
        this.policy = policy;
        this.compiled = compiled;
        this.given = List.copyOf(given);
        for (Zone zone : policy.zones().values()) {
            if (!zone.ports().isEmpty()) {
                portZones.add(compiled.zoneNamed(zone.name()));
            }
        }
    }

    /** Tells the engine between which zones the reader's packet travels, as far as its interface does. */
    public void place(Engine engine, CaptureReader reader) {
        String name = reader.interfaceName();
        if (!name.equals(lastName)) {
            lastName = name;
            lastZone = zones.computeIfAbsent(name, compiled::zoneOfPort);
            byInterface |= lastZone != CompiledPolicy.NOWHERE;
        }
        engine.zones(lastZone, opposite(lastZone));
    }

    /** Between two zones with ports, what comes in at one leaves at the other. */
    private int opposite(int zone) {
        if (zone == CompiledPolicy.NOWHERE || portZones.size() != 2) {
            return CompiledPolicy.NOWHERE;
        }
        return portZones.getFirst() == zone ? portZones.getLast() : portZones.getFirst();
    }

    /** Names of interfaces that packets came from so far. */
    List<String> interfaces() {
        return zones.keySet().stream().sorted().toList();
    }

    /** Packets come from interfaces of these names. */
    void met(List<String> interfaces) {
        interfaces.forEach(name -> byInterface |= compiled.zoneOfPort(name) != CompiledPolicy.NOWHERE);
    }

    /** An interface told where packets travel. */
    boolean byInterface() {
        return byInterface;
    }

    /** Which information was used, one sentence each. */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        if (!policy.assets().isEmpty()) {
            sentences.add("addresses of " + policy.assets().size() + " assets");
        }
        List<String> networked = policy.zones().values().stream()
                .filter(z -> !z.networks().isEmpty() && given.stream().noneMatch(g -> g.startsWith(z.name() + "=")))
                .map(Zone::name).toList();
        if (!networked.isEmpty()) {
            sentences.add("networks of the zones " + String.join(", ", networked));
        }
        if (!given.isEmpty()) {
            sentences.add("--zone " + String.join(" --zone ", given));
        }
        if (byInterface) {
            sentences.add("interface names equal to port names");
        }
        if (sentences.isEmpty()) {
            sentences.add("nothing: the policy names no assets and no networks, so no conduit can match;"
                    + " use --zone ZONE=NETWORK");
        }
        return sentences;
    }
}
