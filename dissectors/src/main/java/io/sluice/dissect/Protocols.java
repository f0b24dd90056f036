package io.sluice.dissect;

import io.sluice.dissect.modbus.Modbus;
import io.sluice.dissect.opcua.OpcUa;
import java.util.List;
import java.util.Optional;

/** The protocols that are built in: an explicit list, so that what a firewall understands can be read. */
public final class Protocols {
    /** Every protocol, in the order in which help texts list them. */
    public static final List<Protocol> ALL = List.of(
            Modbus.PROTOCOL,
            OpcUa.PROTOCOL);

    private Protocols() {}

    public static Optional<Protocol> named(String name) {
        return ALL.stream().filter(p -> p.name().equals(name)).findFirst();
    }
}
