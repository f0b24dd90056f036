package io.sluice.manage.jump;

import io.sluice.manage.Refused;
import io.sluice.manage.firewall.PolicyDesk;
import io.sluice.manage.firewall.PolicyText;
import org.jspecify.annotations.Nullable;

/** The policy that the firewall judges by, on trial or not, compiled once for each change. */
final class PolicyInForce {
    private final PolicyDesk desk;
    private @Nullable Ceiling last;

    PolicyInForce(PolicyDesk desk) {
        this.desk = desk;
    }

    /** Asks the firewall which one it is. */
    synchronized Ceiling now() throws Refused {
        PolicyText.Sound policy = desk.judging();
        Ceiling known = last;
        if (known == null || !known.policy().equals(policy)) {
            known = new Ceiling(policy);
            last = known;
        }
        return known;
    }
}
