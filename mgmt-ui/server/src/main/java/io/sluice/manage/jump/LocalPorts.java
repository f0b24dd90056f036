package io.sluice.manage.jump;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where on the engineer's own computer the doors of a session are. A port below 1024 is moved up by 1000, since only
 * administrators may listen on it; where the protocol's messages name host and port, as those of OPC UA do, the door keeps its port
 * on a loopback address of its own, and the hosts file gives that address the device's name.
 */
public final class LocalPorts {
    private static final int RESERVED = 1_024;
    private static final int SHIFT = 1_000;
    private static final Set<String> NAMED = Set.of("opcua");

    private LocalPorts() {}

    /**
     * One of them.
     *
     * @param named the hosts file has to say it
     */
    public record Door(Target target, String protocol, int port, String localAddress, int localPort, boolean named) {
        String forward() {
            return "-L " + localAddress + ":" + localPort + ":" + target.asset() + ":" + port;
        }

        String hostsLine() {
            return localAddress + " " + target.asset();
        }
    }

    static List<Door> of(List<Target> targets, Ceiling ceiling) {
        List<Door> doors = new ArrayList<>();
        Set<Integer> taken = new HashSet<>();
        int alias = 2;
        for (Target target : targets) {
            int port = ceiling.port(target);
            String protocol = ceiling.protocol(target);
            if (NAMED.contains(protocol)) {
                doors.add(new Door(target, protocol, port, "127.0.0." + alias++, port, true));
                continue;
            }
            int local = port < RESERVED ? port + SHIFT : port;
            while (!taken.add(local)) {
                local++;
            }
            doors.add(new Door(target, protocol, port, "127.0.0.1", local, false));
        }
        return doors;
    }
}
