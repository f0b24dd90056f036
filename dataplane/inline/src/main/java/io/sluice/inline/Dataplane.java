package io.sluice.inline;

import io.sluice.rules.CompiledPolicy;
import java.util.OptionalLong;

/**
 * The running packet path, as those see it who steer it: control service, policy store, metrics. Every method may be called
 * from any thread but a packet thread; calls that change something come one at a time. Nothing here waits for traffic: a
 * call returns even when no frame arrives.
 */
public interface Dataplane {
    /**
     * Judges by another policy from the next batch of every worker on. Live flows go on under it without a reset; those that
     * it does not allow at all are ended. Returns once all workers judge by it.
     *
     * @return how many flows were ended, where that is known when the call returns
     */
    OptionalLong swap(CompiledPolicy policy);

    /** Ports, clock and shape as they are now. */
    DataplaneStatus status();

    /** What has been counted so far. */
    Counters counters();

    /** Lets a grant's rules count beside the conduit's, for flows bound to it. A grant of the same number is replaced. */
    void open(Grant grant);

    /** Ends a grant: flows bound to it are reset. Nothing happens where no such grant is open. */
    void close(int grant);

    /** Expects one connection of a grant; its first packet is refused where nothing is bound. The grant is open. */
    void bind(int grant, FlowBinding flow);

    /** Accepts no new flows from now on. {@link DataplaneStatus#flows} says how many are still to end. */
    void drain();

    /** Ends what is left and releases the ports. Returns when no packet thread runs any more. */
    void stop();
}
