package io.sluice.engine;

import org.jspecify.annotations.Nullable;

/**
 * Hears what an {@link Engine} finds, on the engine's thread and in the order of the frames. Arguments are reused after
 * the call returns. Implementations on a packet path must not allocate, block or throw.
 */
public interface EngineListener {
    /** A message was judged. */
    void message(MessageEvent event);

    /** A flow that is not inspected was allowed or refused, at its start or when a window changed that. */
    void plain(Flow flow, Packet packet);

    /** Something is wrong with a frame. {@code flow} is null where none could be found. */
    void anomaly(Anomaly anomaly, Packet packet, @Nullable Flow flow);

    /** Bytes of a stream that were skipped without being judged, observing only. */
    void gap(Flow flow, boolean fromClient, long bytes);

    /** A frame that is not IP, or IP of a protocol that is not looked into. */
    void other(Packet packet);

    /** A flow is over or forgotten; its counters are final. */
    void ended(Flow flow);
}
