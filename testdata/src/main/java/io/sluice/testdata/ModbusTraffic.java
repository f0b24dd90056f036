package io.sluice.testdata;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A capture of masters that poll controllers by Modbus over TCP, of any length, from a seed. The same three numbers give
 * the same bytes. The capture ends after the last packet wherever the connections are, as a real one does.
 *
 * @param packets how many frames, 1 or more
 * @param connections how many are open at a time, 1 to {@value #MOST_CONNECTIONS}
 * @param seed of everything that varies
 */
public record ModbusTraffic(long packets, int connections, long seed) {
    public static final int DEFAULT_CONNECTIONS = 100, MOST_CONNECTIONS = 200_000, PORT = 502;

    /** 2026-01-05 06:00:00 UTC, a Monday. */
    private static final long START = 1_767_592_800L * 1_000_000_000L;

    private static final int MOST_HOSTS = 200;

    public ModbusTraffic {
        if (packets < 1 || connections < 1 || connections > MOST_CONNECTIONS) {
            throw new IllegalArgumentException("packets " + packets + " must be 1 or more, connections " + connections
                    + " must be 1 to " + MOST_CONNECTIONS);
        }
    }

    public ModbusTraffic(long packets, long seed) {
        this(packets, DEFAULT_CONNECTIONS, seed);
    }

    /**
     * What was generated.
     *
     * @param bytes of all frames, without the capture's headers
     * @param connections opened, those after a reconnect counted again
     * @param requests sent
     * @param refusals how many of the requests {@link #policy} refuses
     */
    public record Summary(long packets, long bytes, long connections, long requests, long refusals) {}

    /** Writes a capture file. */
    public Summary write(Path file) throws IOException {
        try (PcapWriter writer = new PcapWriter(file)) {
            return generate(writer);
        }
    }

    /** Writes a capture to a stream and closes it. */
    public Summary write(OutputStream out) throws IOException {
        try (PcapWriter writer = new PcapWriter(out)) {
            return generate(writer);
        }
    }

    /** Gives the frames one by one, with times that never go back. Memory depends on the connections alone. */
    public Summary generate(FrameSink sink) throws IOException {
        TrafficCounts counts = new TrafficCounts();
        PriorityQueue<Numbered> queue = new PriorityQueue<>(
                Comparator.comparingLong((Numbered c) -> c.connection.due()).thenComparingInt(Numbered::number));
        queue.addAll(connections(counts));
        while (counts.packets < packets) {
            Numbered first = queue.remove();
            first.connection.step(sink);
            queue.add(first);
        }
        return new Summary(counts.packets, counts.bytes, counts.connections, counts.requests, counts.refusals);
    }

    private record Numbered(int number, ModbusConnection connection) {}

    private List<Numbered> connections(TrafficCounts counts) {
        SplittableRandom random = new SplittableRandom(seed);
        List<ModbusHost> masters = IntStream.rangeClosed(1, masters()).mapToObj(ModbusHost::master).toList();
        List<ModbusHost> controllers = IntStream.rangeClosed(1, controllers()).mapToObj(ModbusHost::controller)
                .toList();
        List<Numbered> all = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            ModbusHost master = masters.get(i % masters.size());
            ModbusHost controller = controllers.get((i % masters.size() + i / masters.size()) % controllers.size());
            all.add(new Numbered(i, new ModbusConnection(master, controller, random.split(), counts, START)));
        }
        return all;
    }

    private int masters() {
        return Math.clamp(connections / 5, 1, MOST_HOSTS);
    }

    private int controllers() {
        return Math.clamp(connections / 10, 1, MOST_HOSTS);
    }

    /**
     * The policy that fits the traffic: everything that is sent is allowed, but for register values above
     * {@value ModbusRequests#HIGHEST_VALUE}, which are about one request in a hundred.
     */
    public String policy() {
        return """
                policy: generated-line
                mode: enforce
                when_unsure: {malformed: reset, opaque: drop, midstream: reset, overload: drop}

                zones:
                  cell: {ports: [cell], networks: [10.3.1.0/24]}
                  ops:  {ports: [plant], networks: [10.3.2.0/24]}

                assets:
                %s
                conduits:
                  ops-reads-cell:
                    from: ops
                    to: cell
                    protocol: modbus
                    on_deny: reply
                    allow:
                      - {id: r1, do: read}
                      - {id: r2, do: function 43/14}
                %s
                expect:
                  - {from: hmi-1, to: plc-1, does: write unit 1 holding 100 = 1500, then: allow plc-1-w1}
                  - {from: hmi-1, to: plc-1, does: write unit 1 holding 100 = 1501, then: deny default}
                """.formatted(assets(), conduits());
    }

    private String assets() {
        return hosts("plc", "cell", "10.3.1.", controllers()) + hosts("hmi", "ops", "10.3.2.", masters());
    }

    private static String hosts(String kind, String zone, String network, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "  %s-%d: {zone: %s, address: %s%d}\n".formatted(kind, i, zone, network, i))
                .collect(Collectors.joining());
    }

    private String conduits() {
        return IntStream.rangeClosed(1, controllers()).mapToObj(i -> """
                  ops-writes-plc-%1$d:
                    from: ops
                    to: plc-%1$d
                    protocol: modbus
                    allow:
                      - {id: plc-%1$d-w1, do: write, space: holding, unit: %2$d, address: %3$d..%4$d, value: 0..%5$d}
                      - {id: plc-%1$d-w2, do: write, space: coil, unit: %2$d, address: 0..%6$d}
                """.formatted(i, ModbusRequests.UNIT, ModbusRequests.FIRST_REGISTER, ModbusRequests.LAST_REGISTER,
                ModbusRequests.HIGHEST_VALUE, ModbusRequests.LAST_COIL)).collect(Collectors.joining());
    }
}
