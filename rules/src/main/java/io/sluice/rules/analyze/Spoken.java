package io.sluice.rules.analyze;

import io.sluice.dissect.Protocol;
import io.sluice.dissect.Vocabulary;
import io.sluice.rules.Clause;
import io.sluice.rules.Relation;
import io.sluice.rules.Service;
import io.sluice.rules.policy.PlainVocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * In whose words traffic is judged: a protocol on one port, or, without a protocol, all that no policy inspects.
 *
 * @param transport IANA protocol number; 0 without a protocol
 */
record Spoken(Optional<Protocol> protocol, int transport, int port) {
    static final Spoken PLAIN = new Spoken(Optional.empty(), 0, 0);
    /** IANA protocol numbers. */
    static final int TCP = 6;
    static final int UDP = 17;

    private static final Comparator<Spoken> ORDER = Comparator.comparing(Spoken::text)
            .thenComparingInt(Spoken::transport).thenComparingInt(Spoken::port);

    /** All that two relations tell apart. */
    static List<Spoken> of(Relation before, Relation after) {
        TreeSet<Spoken> all = new TreeSet<>(ORDER);
        for (Relation relation : List.of(before, after)) {
            relation.services()
                    .forEach(s -> all.add(new Spoken(Optional.of(s.protocol()), s.transport(), s.port())));
        }
        List<Spoken> spoken = new ArrayList<>(all);
        spoken.add(PLAIN);
        return spoken;
    }

    Vocabulary vocabulary() {
        return protocol.map(Protocol::vocabulary).orElse(PlainVocabulary.INSTANCE);
    }

    /** The relation's service on this port, whatever its protocol. */
    @Nullable
    Service on(Relation relation) {
        return protocol.isEmpty() ? null : relation.service(transport, port);
    }

    boolean speaks(@Nullable Service service) {
        return service != null && protocol.isPresent() && service.protocol().name().equals(protocol.get().name());
    }

    /** The plain rules that speak of the whole port. */
    List<Clause> plainClauses(Relation relation) {
        int operation = transport == TCP ? PlainVocabulary.TCP : PlainVocabulary.UDP;
        return relation.plain().clauses().stream().filter(c -> c.operation() == operation && c.term().items().stream()
                .anyMatch(r -> r.low() <= port && port <= r.high())).toList();
    }

    /** {@code modbus}, or {@code modbus on udp port 1502}; empty for what is not inspected. */
    String text() {
        return protocol.map(p -> transport == TCP && port == p.defaultPort()
                ? p.name()
                : p.name() + " on " + (transport == TCP ? "tcp" : "udp") + " port " + port).orElse("");
    }
}
