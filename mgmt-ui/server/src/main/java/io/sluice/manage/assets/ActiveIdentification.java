package io.sluice.manage.assets;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks a device who it is, by one connection and two or three questions that only read. That is done only where the settings allow it,
 * for one device that a person names, and only for devices that the policy names or somebody said are known: nothing here looks for
 * devices. The connection is an ordinary one of this server's own address, so the firewall judges it like any other.
 */
public final class ActiveIdentification {
    public static final int MODBUS_PORT = 502;
    public static final int OPCUA_PORT = 4840;
    /** A person waits. */
    private static final int MOST_WAYS = 8;

    private final boolean allowed;
    private final Duration timeout;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    /** @param timeout for a connection, and for each answer */
    public ActiveIdentification(boolean allowed, Duration timeout) {
        this.allowed = allowed;
        this.timeout = timeout;
    }

    public boolean allowed() {
        return allowed;
    }

    /** Where a device may be asked. */
    private record Way(String address, Identification.How how, int port) {
        @Override
        public String toString() {
            return address + " port " + port;
        }
    }

    /**
     * Asks an asset by the protocols that it was seen to serve, at all its addresses and at the ports that conduits of the
     * policy name, or else the usual ones, until it answers. Waits for that.
     */
    public Identification identify(Asset asset, NamedAssets names) throws IdentificationException {
        permitted(asset);
        if (asset.addresses().isEmpty()) {
            throw new IdentificationException("no address of `" + asset.id() + "` is known");
        }
        List<Way> ways = ways(asset, names);
        if (ways.isEmpty()) {
            throw new IdentificationException("`" + asset.id() + "` was seen to speak neither modbus nor opcua,"
                    + " and what it does not speak it is not asked by");
        }
        StringJoiner failures = new StringJoiner("; ");
        for (Way way : ways) {
            try {
                return identify(asset, way.address, way.how, way.port);
            } catch (IdentificationException e) {
                failures.add((ways.size() == 1 ? "" : "at " + way + ": ") + e.getMessage());
            }
        }
        throw new IdentificationException(failures.toString());
    }

    private void permitted(Asset asset) throws IdentificationException {
        if (!allowed) {
            throw new IdentificationException("the settings do not allow to ask devices; an administrator can set"
                    + " `active_identification: allowed`");
        }
        if (!asset.known()) {
            throw new IdentificationException("`" + asset.id() + "` is neither named in the policy nor marked as known;"
                    + " do one of these first, since only known devices are asked");
        }
    }

    private static List<Way> ways(Asset asset, NamedAssets names) {
        List<Way> ways = new ArrayList<>();
        for (Identification.How how : List.of(Identification.How.MODBUS, Identification.How.OPCUA)) {
            boolean modbus = how == Identification.How.MODBUS;
            String protocol = modbus ? "modbus" : "opcua";
            List<Integer> named = names.ports(asset, protocol);
            List<Integer> ports = named.isEmpty() ? List.of(modbus ? MODBUS_PORT : OPCUA_PORT) : named;
            if (asset.protocols().contains(protocol)) {
                asset.addresses().forEach(a -> ports.forEach(port -> ways.add(new Way(a, how, port))));
            }
        }
        return ways.stream().limit(MOST_WAYS).toList();
    }

    /** Asks an asset at one of its addresses by a protocol and port. Waits for the answer. */
    Identification identify(Asset asset, String address, Identification.How how, int port)
            throws IdentificationException {
        permitted(asset);
        if (address.indexOf('/') >= 0) {
            throw new IdentificationException("`" + asset.id() + "` is a network; only single devices are asked");
        }
        if (!busy.add(address)) {
            throw new IdentificationException("`" + asset.id() + "` is being asked already; wait for its answer");
        }
        try {
            return switch (how) {
                case MODBUS -> ModbusQuestion.ask(address, port, timeout);
                case OPCUA -> OpcUaQuestion.ask(address, port, timeout);
                case PASSIVE -> throw new IdentificationException("that is no way to ask");
            };
        } finally {
            busy.remove(address);
        }
    }
}
