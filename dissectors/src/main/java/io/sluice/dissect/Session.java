package io.sluice.dissect;

/**
 * What a protocol must remember of one flow: outstanding requests, channels, aliases. Made once by
 * {@link Protocol#session}, kept in a pool by the engine and reused flow after flow.
 */
public abstract class Session {
    /** Forgets everything, as for a new flow. */
    public abstract void reset();
}
