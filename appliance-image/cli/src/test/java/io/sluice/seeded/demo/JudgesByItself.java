package io.sluice.seeded.demo;

import io.sluice.seeded.rules.KnowsAProtocol;

/** A seeded violation: the demo shows what the firewall has decided, and decides nothing. */
public final class JudgesByItself {
    public Object rules() {
        return new KnowsAProtocol();
    }
}
