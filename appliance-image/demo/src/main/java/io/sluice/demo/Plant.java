package io.sluice.demo;

import io.sluice.demo.peer.LaptopMain;
import io.sluice.demo.peer.OpcServerMain;
import io.sluice.demo.peer.PanelMain;
import io.sluice.demo.peer.PlcMain;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Three networks on one machine. In the cell are a controller and the line's OPC UA server, in the plant a panel and a laptop;
 * the firewall, in the third, is the only way from one to the other.
 */
final class Plant {
    static final String PLC = "10.3.1.10", LINE = "10.3.1.20", HMI = "10.3.1.105", LAPTOP = "10.3.1.66";

    /** The assets of the policy, and the one that it does not know. */
    static final Map<String, String> NAMES = Map.of(PLC, "plc", LINE, "line", HMI, "hmi", LAPTOP, "laptop");

    private static final String END = "eth0";

    private final Network network = new Network();
    private final List<Peer> peers = new ArrayList<>();
    private final Path folder = Leftovers.RUN.resolve(Network.PREFIX + ProcessHandle.current().pid());

    /** The text of the policy. */
    static String policy() {
        try (InputStream in = Objects.requireNonNull(Plant.class.getResourceAsStream("live-policy.yaml"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("a part of the program is missing: live-policy.yaml", e);
        }
    }

    /**
     * Builds everything and waits until it runs. Whatever comes of it, {@link #close} is to be called.
     *
     * @param sluice main class of the command line
     */
    void open(Class<?> sluice) throws DemoException, InterruptedException {
        String cell = network.namespace("cell");
        String firewall = network.namespace("firewall");
        String plant = network.namespace("plant");
        network.cable(firewall, "cell", cell, END);
        network.cable(firewall, "plant", plant, END);
        network.address(cell, END, PLC);
        network.address(cell, END, LINE);
        network.address(plant, END, HMI); // the first: what does not choose speaks from it
        network.address(plant, END, LAPTOP);
        List<Peer> servers = List.of(start("plc", cell, JavaProgram.peer(PlcMain.class, PLC)),
                start("line", cell, JavaProgram.peer(OpcServerMain.class, LINE)),
                start("sluice", firewall, JavaProgram.sluice(sluice, "inline", "--config", settings().toString())));
        for (Peer server : servers) {
            server.awaitReady();
        }
        start("hmi", plant, JavaProgram.peer(PanelMain.class, PLC, LINE));
        start("laptop", plant, JavaProgram.peer(LaptopMain.class, LAPTOP));
    }

    private Peer start(String name, String namespace, List<String> program) throws DemoException {
        return kept(new Peer(name, Optional.of(namespace), program));
    }

    private Peer kept(Peer peer) {
        peers.add(peer);
        return peer;
    }

    /**
     * Starts the management server beside everything, where a browser of this machine reaches it, and does not wait for it.
     *
     * @param port of the loopback
     */
    Peer manage(Class<?> sluice, int port) throws DemoException {
        Path settings = write("manage.yaml", """
                listen: 127.0.0.1:%d
                data: manage
                journal: data/journal
                control: {socket: control.sock}
                """.formatted(port));
        return kept(new Peer("manage", Optional.empty(), JavaProgram.manage(sluice, "manage", "--config", settings
                .toString())));
    }

    private Path settings() throws DemoException {
        String text = """
                ports:
                  cell:  {interface: cell}
                  plant: {interface: plant}
                policy: policy.yaml
                data: data
                control: {socket: control.sock}
                journal: {detail: all}
                clock: {require_sync: false}
                """;
        write("policy.yaml", policy());
        return write("sluice.yaml", text);
    }

    private Path write(String name, String text) throws DemoException {
        try {
            Files.createDirectories(folder);
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new DemoException("cannot write to `" + folder + "`: " + e.getMessage());
        }
    }

    /** The clients begin, once somebody listens to the firewall. */
    void begin() throws DemoException, InterruptedException {
        peer("hmi").awaitReady();
        peer("laptop").awaitReady();
    }

    Path controlSocket() {
        return folder.resolve("control.sock");
    }

    Peer peer(String name) {
        return peers.stream().filter(peer -> peer.name().equals(name)).findFirst().orElseThrow();
    }

    /** Ends and removes everything. Returns what could not be removed. */
    List<String> close() throws InterruptedException {
        peers.reversed().forEach(Peer::terminate);
        for (Peer peer : peers) {
            peer.awaitEnd();
        }
        List<String> left = network.remove();
        Leftovers.delete(folder);
        return left;
    }
}
