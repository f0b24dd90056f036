package io.sluice.dissect;

/**
 * What a protocol must remember of one flow: outstanding requests, channels, aliases. Made once by
 * {@link Protocol#session}, kept in a pool by the engine and reused flow after flow.
 */
public abstract class Session {
    /** Forgets everything, as for a new flow. */
    public abstract void reset();

    /**
     * A flow begins, after {@link #reset}.
     *
     * @param names those that the policy uses in this protocol
     */
    public void names(Names names) {}

    /**
     * Another policy holds from here on, between two frames and perhaps in the middle of messages. What is remembered
     * by the numbers of names and rules gets the new ones; what the old policy had no name for and the new one has is
     * not known: it may be any.
     */
    public void renumber(Renumbering change) {}

    /** The flow began before it was seen: whatever is said in the beginning is not known. */
    public void midstream() {}

    /** Bytes of a direction were missed, observing: a message may begin anywhere in what follows. */
    public void missed(int direction) {}
}
