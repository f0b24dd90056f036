package io.sluice.rules.policy;

import io.sluice.dissect.Protocol;
import io.sluice.dissect.Vocabulary;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The permitted relation from one zone or asset to another (IEC 62443-1-1).
 *
 * @param from a zone's or asset's name
 * @param to a zone's or asset's name
 * @param service the inspected protocol; empty: rules speak of {@code tcp}, {@code udp}, {@code ping}, {@code ethertype}
 * @param onDeny empty: {@code reply}
 * @param channel what it demands of connections, each trait once
 */
public record Conduit(String name, String from, String to, Optional<Service> service, Optional<OnDeny> onDeny,
        Optional<ModeChange> mode, List<Requirement> channel, List<Rule> rules, Position position) {
    public Conduit {
        channel = List.copyOf(channel);
        rules = List.copyOf(rules);
    }

    /** One that demands nothing of connections. */
    public Conduit(String name, String from, String to, Optional<Service> service, Optional<OnDeny> onDeny,
            Optional<ModeChange> mode, List<Rule> rules, Position position) {
        this(name, from, to, service, onDeny, mode, List.of(), rules, position);
    }

    /** The words its rules are written in. */
    public Vocabulary vocabulary() {
        return service.map(s -> s.protocol().vocabulary()).orElse(PlainVocabulary.INSTANCE);
    }

    /** An inspected protocol on one port of one transport. */
    public record Service(Protocol protocol, int port, Transport transport) {}

    /** IP protocols that carry inspected services. */
    public enum Transport {
        TCP(6),
        UDP(17);

        private final int number;

        Transport(int number) {
            this.number = number;
        }

        /** The IANA protocol number. */
        public int number() {
            return number;
        }
    }

    /**
     * A mode other than the policy's.
     *
     * @param until last day on which a weaker mode holds, in the policy's time zone; required where it is weaker
     */
    public record ModeChange(Mode mode, Optional<LocalDate> until) {}
}
