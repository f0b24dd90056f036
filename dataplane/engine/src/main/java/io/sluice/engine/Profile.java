package io.sluice.engine;

/** For whom the engine judges. */
public enum Profile {
    /**
     * For captures and mirror ports: every message gets a verdict. Flows found midway are taken up at a message
     * boundary, gaps are skipped and counted, and what the dataplane would have done to a packet is only reported.
     */
    OBSERVE,
    /** Exactly what the dataplane does: what is not judged does not pass, and a reset flow is over. */
    INLINE
}
