package io.sluice.manage.route;

import io.sluice.manage.Refused;
import io.sluice.manage.assets.NamedAssets;
import io.sluice.manage.firewall.PolicyDesk;
import io.sluice.manage.firewall.StatusWatch;
import java.util.function.Supplier;

/** How the policy that judges now calls devices; while the firewall is away, how it called them last. */
final class PolicyNames implements Supplier<NamedAssets> {
    private final PolicyDesk desk;
    private final StatusWatch watch;
    private String hash = "";
    private NamedAssets names = NamedAssets.NONE;

    PolicyNames(PolicyDesk desk, StatusWatch watch) {
        this.desk = desk;
        this.watch = watch;
    }

    @Override
    public synchronized NamedAssets get() {
        String now = watch.last().status()
                .map(s -> s.hasPending() ? s.getPending().getHash() : s.getActive().getHash()).orElse(hash);
        if (!now.equals(hash)) {
            try {
                names = NamedAssets.of(desk.byHash(now).policy());
                hash = now;
            } catch (Refused e) {
                // It went away in between; the names before stay.
            }
        }
        return names;
    }
}
