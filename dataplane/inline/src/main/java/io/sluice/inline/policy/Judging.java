package io.sluice.inline.policy;

import java.util.OptionalLong;

/** Has traffic judged by another policy. */
@FunctionalInterface
public interface Judging {
    /**
     * Returns once nothing is judged by the policy before; says how many flows were ended, where that is known. Throws where
     * the packet path does not follow in time; it may still do so later, and then follows what it is told next.
     */
    OptionalLong by(SoundPolicy policy);
}
