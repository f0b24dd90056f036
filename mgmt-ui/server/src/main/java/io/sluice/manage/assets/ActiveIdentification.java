package io.sluice.manage.assets;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks a device who it is, by one connection and two or three questions that only read. That is done only where the settings allow it,
 * for one device that a person names, and only for devices that the policy names or somebody said are known: nothing here looks for
 * devices. The connection is an ordinary one of this server's own address, so the firewall judges it like any other.
 */
public final class ActiveIdentification {
    public static final int MODBUS_PORT = 502;
    public static final int OPCUA_PORT = 4840;

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

    /** Asks an asset at its first address by the protocol that it was seen to serve. Waits for the answer. */
    public Identification identify(Asset asset) throws IdentificationException {
        if (asset.addresses().isEmpty()) {
            throw new IdentificationException("no address of `" + asset.id() + "` is known");
        }
        boolean modbus = asset.protocols().contains("modbus");
        boolean opcua = asset.protocols().contains("opcua");
        if (!modbus && !opcua) {
            throw new IdentificationException("`" + asset.id() + "` was seen to speak neither modbus nor opcua,"
                    + " and what it does not speak it is not asked by");
        }
        return modbus
                ? identify(asset, Identification.How.MODBUS, MODBUS_PORT)
                : identify(asset, Identification.How.OPCUA, OPCUA_PORT);
    }

    /** Asks an asset at its first address by a protocol and port. Waits for the answer. */
    public Identification identify(Asset asset, Identification.How how, int port) throws IdentificationException {
        if (!allowed) {
            throw new IdentificationException("the settings do not allow to ask devices; an administrator can set"
                    + " `active_identification: allowed`");
        }
        if (!asset.known()) {
            throw new IdentificationException("`" + asset.id() + "` is neither named in the policy nor marked as known;"
                    + " do one of these first, since only known devices are asked");
        }
        String address = asset.addresses().getFirst();
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
