package io.sluice.seeded.broker;

import io.sluice.seeded.control.KnowsRules;

/** A seeded violation: the broker asks whoever starts it, and speaks to no firewall by itself. */
public final class KnowsControl {
    public Object control() {
        return new KnowsRules();
    }
}
