package io.sluice.engine;

import org.jspecify.annotations.Nullable;

/**
 * Hears what an {@link Engine} finds, on the engine's thread and in the order of the frames. Arguments are reused after
 * the call returns; what a listener does not care for it leaves out. Implementations on a packet path must not allocate, block or throw.
 */
public interface EngineListener {
    /** A message was judged. */
    default void message(MessageEvent event) {}

    /** A flow that is not inspected was allowed or refused, at its start or when a window changed that. */
    default void plain(Flow flow, Packet packet) {}

    /** Something is wrong with a frame. {@code flow} is null where none could be found. */
    default void anomaly(Anomaly anomaly, Packet packet, @Nullable Flow flow) {}

    /**
     * The same for listeners who want to know what became of the frame: this is what an engine calls.
     *
     * @param enforced the frame, or the datagram that it is a fragment of, is dropped for it; false where conduits only
     *     monitor, or nobody stands in the way
     */
    default void anomaly(Anomaly anomaly, Packet packet, @Nullable Flow flow, boolean enforced) {
        anomaly(anomaly, packet, flow);
    }

    /** Bytes of a stream that were skipped without being judged, observing only. */
    default void gap(Flow flow, boolean fromClient, long bytes) {}

    /** A frame that is not IP, or IP of a protocol that is not looked into. */
    default void other(Packet packet) {}

    /** A flow goes on; told about once a minute while packets come. */
    default void lives(Flow flow) {}

    /** The firewall ends a flow by itself, without a packet that would be wrong; no packet of it may be at hand. */
    default void cut(Flow flow, Anomaly why) {}

    /** A flow is over or forgotten; its counters are final. */
    default void ended(Flow flow) {}
}
