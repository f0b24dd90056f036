package io.sluice.inline.policy;

import java.util.OptionalLong;

/** Has traffic judged by another policy. */
@FunctionalInterface
public interface Judging {
    /** Returns once nothing is judged by the policy before; says how many flows were ended, where that is known. */
    OptionalLong by(SoundPolicy policy);
}
