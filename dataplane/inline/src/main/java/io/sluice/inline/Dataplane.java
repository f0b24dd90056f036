package io.sluice.inline;

import io.sluice.engine.Grants.Outcome;
import io.sluice.rules.CompiledGrant;
import io.sluice.rules.CompiledPolicy;
import java.util.List;
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
     * @param grants compiled for {@code policy}: these go on, all others that are open end
     * @return how many flows were ended, where that is known when the call returns
     */
    OptionalLong swap(CompiledPolicy policy, List<CompiledGrant> grants);

    /** Ports, clock and shape as they are now. */
    DataplaneStatus status();

    /** What has been counted so far. */
    Counters counters();

    /**
     * Opens a grant, or amends the one with its id.
     *
     * @param grant compiled for the policy in force
     * @param notAfterNanos when it ends, by {@link System#nanoTime}
     */
    Outcome open(CompiledGrant grant, long notAfterNanos);

    /** Ends a grant: flows bound to it are reset. */
    Outcome revoke(String grant);

    /** Expects one connection of a grant; its first packet is refused where nothing is bound. */
    Outcome bind(String grant, FlowBinding flow);

    /** Accepts no new flows from now on. {@link DataplaneStatus#flows} says how many are still to end. */
    void drain();

    /** Ends what is left and releases the ports. Returns when no packet thread runs any more. */
    void stop();
}
