package io.sluice.rules.policy;

import io.sluice.dissect.Protocol;
import io.sluice.dissect.Protocols;
import java.util.List;
import java.util.Optional;

/** Reads {@code protocol: modbus} and {@code protocol: {modbus: {port: 1502, transport: tcp}}}. */
final class ServiceReader {
    private static final int MAX_PORT = 65_535;

    private final Values values;

    ServiceReader(Values values) {
        this.values = values;
    }

    Optional<Conduit.Service> read(Yaml value) {
        if (!(value instanceof Yaml.Mapping map)) {
            return values.text(value, "protocol").flatMap(word -> protocol(word, values))
                    .map(p -> new Conduit.Service(p, p.defaultPort(), Conduit.Transport.TCP));
        }
        if (map.entries().size() != 1) {
            values.problems().error(map.position(), "`protocol` names one protocol; give each a conduit of its own");
            return Optional.empty();
        }
        Yaml.Entry entry = map.entries().getFirst();
        Optional<Protocol> protocol = protocol(entry.key(), values);
        Optional<Yaml.Mapping> settings = values.map(entry.value(), entry.key().value());
        if (protocol.isEmpty() || settings.isEmpty()) {
            return Optional.empty();
        }
        Section section = new Section(settings.get(), Keys.SERVICE, "a protocol", values.problems());
        int port = section.find("port").flatMap(v -> values.number(v, "port", 1, MAX_PORT))
                .orElse(protocol.get().defaultPort());
        Conduit.Transport transport = section.find("transport")
                .flatMap(v -> values.word(v, "transport", Words.TRANSPORTS)).orElse(Conduit.Transport.TCP);
        if (transport == Conduit.Transport.UDP && !protocol.get().datagrams()) {
            section.find("transport").ifPresent(v -> values.problems().error(v.position(), "`" + protocol.get().name()
                    + "` is not inspected over `udp`; leave `transport` out"));
        }
        return Optional.of(new Conduit.Service(protocol.get(), port, transport));
    }

    /** A protocol that is built in; others are reported. */
    static Optional<Protocol> protocol(Yaml.Text word, Values values) {
        Optional<Protocol> protocol = Protocols.named(word.value());
        if (protocol.isEmpty()) {
            List<String> known = Protocols.ALL.stream().map(Protocol::name).toList();
            values.problems().unknown(word.position(), "protocol", word.value(), known);
        }
        return protocol;
    }
}
