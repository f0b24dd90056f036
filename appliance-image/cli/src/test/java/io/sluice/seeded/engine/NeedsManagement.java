package io.sluice.seeded.engine;

import io.sluice.seeded.manage.Management;

/** A seeded violation: the firewall enforces with management stopped or deleted. */
public final class NeedsManagement {
    public Object approvals() {
        return new Management();
    }
}
