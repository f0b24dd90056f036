package io.sluice.seeded.replay;

import io.sluice.seeded.demo.JudgesByItself;

/** A seeded violation: the demo can be left out of what is installed. */
public final class NeedsTheDemo {
    public Object demo() {
        return new JudgesByItself();
    }
}
