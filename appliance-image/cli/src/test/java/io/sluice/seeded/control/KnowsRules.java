package io.sluice.seeded.control;

import io.sluice.seeded.rules.KnowsAProtocol;

/** A seeded violation: the control API carries policies and does not know what they are. */
public final class KnowsRules {
    public boolean isPolicy(Object text) {
        return text instanceof KnowsAProtocol;
    }
}
