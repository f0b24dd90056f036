package io.sluice.inline;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What the packet path has counted since it started, read at one moment. Numbers never go back while the process runs; the
 * lists may grow (a new conduit, a new cause), and what was in them once stays in them.
 *
 * @param verdicts messages and plain flows judged
 * @param drops frames that were not passed on for another reason than a verdict
 * @param rings how full the rings are, now
 * @param events what left the packet threads for the journal and the live view
 * @param latencies time between a frame's arrival in the ring and its hand-over to the sending port
 */
public record Counters(List<Port> ports, List<Verdicts> verdicts, List<Drops> drops, List<Ring> rings, Flows flows,
        Events events, List<Latency> latencies) {
    public Counters {
        ports = List.copyOf(ports);
        verdicts = List.copyOf(verdicts);
        drops = List.copyOf(drops);
        rings = List.copyOf(rings);
        latencies = List.copyOf(latencies);
    }

    /**
     * One port's frames.
     *
     * @param name as the settings call it
     * @param ringFull frames for which the kernel found no room in the ring: never seen here
     * @param truncated frames longer than a ring frame: dropped
     * @param notSent frames that the sending port did not take
     */
    public record Port(String name, long received, long receivedBytes, long sent, long sentBytes, long ringFull,
            long truncated, long notSent) {}

    /**
     * Messages of one conduit that were judged alike.
     *
     * @param conduit name, or {@code -} where no conduit relates the two places
     * @param reason {@link io.sluice.engine.Reason#word}
     * @param allowed whether these passed
     * @param enforced false: refused in words only (mode monitor or learn)
     */
    public record Verdicts(String conduit, String reason, boolean allowed, boolean enforced, long messages) {}

    /**
     * Frames dropped by one cause.
     *
     * @param cause one word, such as {@code checksum}, {@code spoofed}, {@code overload}, {@code fragment-overlap}
     */
    public record Drops(String cause, long frames) {}

    /**
     * How full a ring is: slots of {@code size} that are taken now.
     *
     * @param name {@code worker-0}, {@code events-0}
     */
    public record Ring(String name, long taken, long size) {}

    /**
     * Connections.
     *
     * @param refused those that found no room in the table
     */
    public record Flows(long live, long opened, long ended, long reset, long refused) {}

    /**
     * What was told of traffic.
     *
     * @param lost events, never packets, that found the ring full
     */
    public record Events(long published, long lost) {}

    /**
     * One direction.
     *
     * @param from port where frames arrive
     * @param to port where they leave
     * @param nanos a copy that nobody records into
     */
    public record Latency(String from, String to, Histogram nanos) {}
}
