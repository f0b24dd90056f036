package io.sluice.manage.jump;

import io.sluice.control.v1.Grant;
import io.sluice.manage.jump.Grants.Said;
import io.sluice.manage.jump.Live.Opened;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Brings what the firewall permits to what a session may do now: opens, amends and revokes its grants. */
final class GrantKeeper {
    private final Grants grants;

    GrantKeeper(Grants grants) {
        this.grants = grants;
    }

    /**
     * Makes it so, as far as the firewall agrees.
     *
     * @return the first refusal; empty where everything is as it should be
     */
    Optional<Said.No> settle(Live live, String who, Instant now) {
        Jump jump = live.jump();
        Optional<Said.No> trouble = Optional.empty();
        if (!jump.isOpen(now)) {
            return revokeAll(live, who, jump.end() == null ? "" : jump.end().text());
        }
        for (Target target : jump.offer().targets()) {
            String rules = live.rules().getOrDefault(target.conduit(), "");
            Optional<Said.No> said = settle(live, target, rules, who, now);
            trouble = trouble.isPresent() ? trouble : said;
        }
        return trouble;
    }

    private Optional<Said.No> settle(Live live, Target target, String rules, String who, Instant now) {
        Optional<Opened> is = live.opened(target);
        if (rules.isEmpty()) {
            return is.flatMap(o -> revoke(live, target, o, who, "nothing may be done there now"));
        }
        if (is.isPresent() && is.get().rules().equals(rules)) {
            return Optional.empty();
        }
        Jump jump = live.jump();
        Said said = is.isPresent()
                ? grants.amend(is.get().grant(), rules, who)
                : grants.open(jump, target, rules, remaining(jump, now));
        return switch (said) {
            case Said.No no -> Optional.of(no);
            case Said.Yes yes -> {
                live.opened(target, new Opened(yes.grant(), rules));
                if (is.isEmpty()) {
                    live.record(live.activity().granted(yes.grant()));
                }
                yield Optional.empty();
            }
        };
    }

    private static Duration remaining(Jump jump, Instant now) {
        return jump.slot() == null ? Duration.ZERO : Duration.between(now, jump.slot().ends());
    }

    private Optional<Said.No> revokeAll(Live live, String who, String because) {
        Optional<Said.No> trouble = Optional.empty();
        for (var one : live.opened().entrySet()) {
            Optional<Said.No> said = revoke(live, one.getKey(), one.getValue(), who, because);
            trouble = trouble.isPresent() ? trouble : said;
        }
        return trouble;
    }

    private Optional<Said.No> revoke(Live live, Target target, Opened opened, String who, String because) {
        if (grants.revoke(opened.grant(), who, because) instanceof Said.No no) {
            return Optional.of(no);
        }
        live.closed(target);
        return Optional.empty();
    }

    /** After a restart of this server: the grants that the firewall kept open meanwhile. */
    static void adopt(Live live, Grant grant) {
        Target target = new Target(grant.getConduit(), grant.getTarget());
        if (live.jump().offer().targets().contains(target) && live.opened(target).isEmpty()) {
            live.opened(target, new Opened(grant.getId(), grant.getRulesYaml()));
        }
    }
}
