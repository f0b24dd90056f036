package io.sluice.load.rig;

import io.sluice.control.ControlClient;
import io.sluice.control.ControlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The firewall as it is shipped: {@code sluice inline} as a process, its files in a folder of the rig. */
public final class Firewall implements AutoCloseable {
    /** Reads of Modbus are inspected; other connections to these ports are allowed as such. */
    private static final String POLICY = """
            policy: bench
            mode: enforce
            zones:
              plant: {ports: [plant]}
              cell:  {ports: [cell]}
            conduits:
              polls:
                from: plant
                to: cell
                protocol: modbus
                allow:
                  - {id: b1, do: read, unit: 1, space: holding}
              other-connections:
                from: plant
                to: cell
                allow:
                  - {id: b2, do: tcp, port: 5201}
            """;
    /** TCP port that the policy allows without inspection. */
    public static final int UNINSPECTED_PORT = 5201;

    private final Path folder;
    private final Asked process;

    private Firewall(Path folder, Asked process) {
        this.folder = folder;
        this.process = process;
    }

    /**
     * Starts it in the middle of a chain.
     *
     * @param main the command line's main class
     * @param settings lines of sluice.yaml beside those that every measurement has
     */
    public static Firewall start(Class<?> main, Chain chain, List<String> settings) throws RigException {
        Path folder = chain.folder();
        Path file = write(folder, settings);
        return new Firewall(folder, chain.device(Programs.of(main, "inline", "--config", file.toString())));
    }

    private static Path write(Path folder, List<String> settings) throws RigException {
        List<String> lines = new ArrayList<>(List.of("ports:", "  plant: {interface: " + Chain.CLIENT_SIDE + "}",
                "  cell: {interface: " + Chain.SERVER_SIDE + "}", "policy: " + folder.resolve("policy.yaml"),
                "data: " + folder.resolve("data"), "control: {socket: " + socket(folder) + "}",
                "clock: {require_sync: false}"));
        lines.addAll(settings);
        try {
            Files.writeString(folder.resolve("policy.yaml"), POLICY);
            return Files.write(folder.resolve("sluice.yaml"), lines);
        } catch (IOException e) {
            throw new RigException("`%s` cannot be written: %s".formatted(folder, e.getMessage()));
        }
    }

    private static Path socket(Path folder) {
        return folder.resolve("control.sock");
    }

    public long pid() {
        return process.pid();
    }

    /** Connects to it as any other program would. */
    public ControlClient control() throws RigException {
        try {
            return ControlClient.open(socket(folder));
        } catch (ControlException e) {
            throw new RigException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        process.end();
    }
}
