package io.sluice.manage.jump;

import io.sluice.control.ControlException;
import io.sluice.control.v1.AmendGrantRequest;
import io.sluice.control.v1.BindFlowRequest;
import io.sluice.control.v1.BoundFlow;
import io.sluice.control.v1.Grant;
import io.sluice.control.v1.ListGrantsRequest;
import io.sluice.control.v1.OpenGrantRequest;
import io.sluice.control.v1.Refusal;
import io.sluice.control.v1.RevokeGrantRequest;
import io.sluice.control.v1.StatusRequest;
import io.sluice.manage.firewall.FirewallLink;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the firewall permits for jump sessions, over its control socket. It checks by itself, and ends grants by its own clock. */
final class Grants {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final FirewallLink firewall;

    Grants(FirewallLink firewall) {
        this.firewall = firewall;
    }

    /** What the firewall said. */
    sealed interface Said {
        /** Done, for the grant of this id. */
        record Yes(String grant) implements Said {}

        /**
         * Refused.
         *
         * @param code a stable word, such as {@code beyond-ceiling} or {@code firewall-unreachable}
         */
        record No(String code, String sentence) implements Said {
            boolean unreachable() {
                return code.equals("firewall-unreachable");
            }
        }
    }

    Said open(Jump jump, Target target, String rules, Duration remaining) {
        try {
            var answer = firewall.call(PATIENCE, c -> c.openGrant(OpenGrantRequest.newBuilder().setSession(jump.id())
                    .setPerson(jump.person()).setConduit(target.conduit()).setTarget(target.asset())
                    .setRulesYaml(rules).setDurationSeconds(seconds(remaining)).build()));
            return answer.hasGrant() ? new Said.Yes(answer.getGrant().getId()) : no(answer.getRefusal());
        } catch (ControlException e) {
            return unreachable(e);
        }
    }

    Said amend(String grant, String rules, String who) {
        try {
            var answer = firewall.call(PATIENCE, c -> c.amendGrant(AmendGrantRequest.newBuilder().setId(grant)
                    .setRulesYaml(rules).setWho(who).build()));
            return answer.hasGrant() ? new Said.Yes(grant) : no(answer.getRefusal());
        } catch (ControlException e) {
            return unreachable(e);
        }
    }

    /** Also of a grant that is over already. */
    Said revoke(String grant, String who, String because) {
        try {
            var answer = firewall.call(PATIENCE, c -> c.revokeGrant(RevokeGrantRequest.newBuilder().setId(grant)
                    .setWho(who).setBecause(because).build()));
            return !answer.hasRefusal() || answer.getRefusal().getCode() == Refusal.Code.UNKNOWN_GRANT
                    ? new Said.Yes(grant)
                    : no(answer.getRefusal());
        } catch (ControlException e) {
            return unreachable(e);
        }
    }

    /**
     * What the firewall has open.
     *
     * @param started when it was, in nanoseconds since 1970-01-01T00:00Z; another number is another start, which no grant outlives
     */
    record Seen(long started, List<Grant> grants) {
        boolean has(String id) {
            return grants.stream().anyMatch(g -> g.getId().equals(id));
        }
    }

    /** Empty where the firewall does not answer. */
    Optional<Seen> look() {
        try {
            long started = firewall.call(PATIENCE, c -> c.status(StatusRequest.getDefaultInstance())).getStartedNanos();
            return Optional.of(new Seen(started, firewall.call(PATIENCE,
                    c -> c.listGrants(ListGrantsRequest.getDefaultInstance())).getGrantsList()));
        } catch (ControlException e) {
            return Optional.empty();
        }
    }

    Said bind(String grant, InetSocketAddress source, InetSocketAddress device) {
        BoundFlow flow = BoundFlow.newBuilder().setSourceAddress(source.getAddress().getHostAddress())
                .setSourcePort(source.getPort()).setTargetAddress(device.getAddress().getHostAddress())
                .setTargetPort(device.getPort()).build();
        try {
            var answer = firewall.call(PATIENCE, c -> c.bindFlow(BindFlowRequest.newBuilder().setGrant(grant)
                    .setFlow(flow).build()));
            return answer.hasRefusal() ? no(answer.getRefusal()) : new Said.Yes(grant);
        } catch (ControlException e) {
            return unreachable(e);
        }
    }

    private static Said.No no(Refusal refusal) {
        return new Said.No(refusal.getCode().name().toLowerCase(Locale.ROOT).replace('_', '-'), refusal.getSentence());
    }

    private static Said.No unreachable(ControlException e) {
        return new Said.No("firewall-unreachable", e.sentence());
    }

    /** Rounded up: the session ends by this server's clock, and at the firewall at the latest a second later. */
    private static int seconds(Duration span) {
        return Math.toIntExact(Math.max(1, (span.toMillis() + 999) / 1_000));
    }
}
