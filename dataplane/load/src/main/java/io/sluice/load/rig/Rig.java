package io.sluice.load.rig;

/**
 * Clients and servers, and as many ways between them as devices are compared. Either one host owns both ends of all ways,
 * for a generator that plays clients and servers, or there are two hosts with addresses of their own.
 */
public final class Rig implements AutoCloseable {
    private final Lab lab;
    private final Host clients;
    private final Host servers;
    private final boolean offloads;
    private int chains;

    private Rig(Lab lab, boolean twoHosts, boolean offloads) throws RigException {
        this.lab = lab;
        this.offloads = offloads;
        clients = lab.host(twoHosts ? "clients" : "gen");
        servers = twoHosts ? lab.host("servers") : clients;
    }

    /** Both ends of all ways in one namespace, offloads off everywhere. */
    public static Rig forGenerator() throws RigException {
        return open(false, false);
    }

    /**
     * Clients and servers in namespaces of their own, with addresses for each way.
     *
     * @param offloads cards that do not exist may cut segments and finish checksums
     */
    public static Rig forSockets(boolean offloads) throws RigException {
        return open(true, offloads);
    }

    private static Rig open(boolean twoHosts, boolean offloads) throws RigException {
        Lab lab = Lab.open();
        try {
            return new Rig(lab, twoHosts, offloads);
        } catch (RigException e) {
            lab.close();
            throw e;
        }
    }

    /** Adds a way between clients and servers, with nothing in its middle yet. */
    public Chain chain(String name) throws RigException {
        int number = chains++;
        Host middle = lab.host(number == 0 ? "fw" : "fw" + number);
        String clientLink = "a" + number;
        String serverLink = "b" + number;
        lab.link(clients, clientLink, middle, Chain.CLIENT_SIDE);
        lab.link(servers, serverLink, middle, Chain.SERVER_SIDE);
        if (!offloads) {
            clients.offloadsOff(clientLink);
            servers.offloadsOff(serverLink);
            middle.offloadsOff(Chain.CLIENT_SIDE);
            middle.offloadsOff(Chain.SERVER_SIDE);
        }
        if (clients != servers) {
            clients.address(clientLink, "10.21.%d.1/24".formatted(number));
            servers.address(serverLink, "10.21.%d.2/24".formatted(number));
        }
        return new Chain(name, middle, clientLink, serverLink, "10.21.%d.2".formatted(number));
    }

    public Host clients() {
        return clients;
    }

    public Host servers() {
        return servers;
    }

    @Override
    public void close() {
        lab.close();
    }
}
