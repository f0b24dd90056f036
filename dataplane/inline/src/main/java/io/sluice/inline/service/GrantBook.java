package io.sluice.inline.service;

import io.sluice.control.v1.AmendGrantRequest;
import io.sluice.control.v1.AmendGrantResponse;
import io.sluice.control.v1.BindFlowRequest;
import io.sluice.control.v1.BindFlowResponse;
import io.sluice.control.v1.Grant;
import io.sluice.control.v1.OpenGrantRequest;
import io.sluice.control.v1.OpenGrantResponse;
import io.sluice.control.v1.Refusal;
import io.sluice.control.v1.RevokeGrantRequest;
import io.sluice.control.v1.RevokeGrantResponse;
import io.sluice.engine.Grants.Outcome;
import io.sluice.inline.Dataplane;
import io.sluice.inline.FlowBinding;
import io.sluice.inline.ManagementLog;
import io.sluice.inline.policy.SoundPolicy;
import io.sluice.inline.policy.Timer;
import io.sluice.rules.CompiledGrant;
import io.sluice.rules.policy.Addresses;
import io.sluice.rules.policy.Network;
import io.sluice.rules.policy.Parsed;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The grants that are open. Whoever asks for one is trusted with little: the ceiling of the conduit and the longest time are
 * checked here, the end comes by a clock of our own, and nothing is kept over a restart.
 */
final class GrantBook {
    private static final Duration LONGEST = Duration.ofHours(24);
    private static final int MOST = 256;
    /** As long as the engine waits for a connection that was announced. */
    private static final long BINDING_NANOS = 30_000_000_000L;
    private static final int ID_BYTES = 8;
    private static final int LAST_PORT = 65_535;

    private final Dataplane dataplane;
    private final Timer timer;
    private final InstantSource clock;
    private final ManagementLog journal;
    private final Map<String, OpenedGrant> open = new LinkedHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private GrantCheck check;

    GrantBook(Dataplane dataplane, Timer timer, InstantSource clock, ManagementLog journal, SoundPolicy first) {
        this.dataplane = dataplane;
        this.timer = timer;
        this.clock = clock;
        this.journal = journal;
        check = new GrantCheck(first);
    }

    /** Has traffic judged by another policy; grants that do not fit under its ceilings end. */
    synchronized OptionalLong swap(SoundPolicy policy) {
        check = new GrantCheck(policy);
        List<CompiledGrant> going = new ArrayList<>();
        for (OpenedGrant one : List.copyOf(open.values())) {
            Optional<CompiledGrant> compiled = check.compile(one.grant);
            compiled.ifPresent(going::add);
            if (compiled.isEmpty()) {
                forget(one, "policy", "the policy does not allow it any more");
            }
        }
        return dataplane.swap(policy.compiled(), going);
    }

    synchronized OpenGrantResponse open(OpenGrantRequest request) {
        OpenGrantResponse.Builder response = OpenGrantResponse.newBuilder();
        Optional<Refusal> early = early(request.getDurationSeconds(), 0).or(this::full);
        if (early.isPresent()) {
            return response.setRefusal(early.get()).build();
        }
        byte[] id = new byte[ID_BYTES];
        random.nextBytes(id);
        io.sluice.rules.Grant grant = new io.sluice.rules.Grant(HexFormat.of().formatHex(id), request.getPerson(),
                request.getConduit(), request.getTarget(), rules(request.getRulesYaml()),
                clock.instant().plusSeconds(request.getDurationSeconds()));
        switch (check.check(grant)) {
            case GrantCheck.Result.Bad bad -> response.setRefusal(bad.refusal())
                    .addAllProblems(Messages.problems(bad.problems()));
            case GrantCheck.Result.Good good -> {
                long now = timer.nanos();
                long deadline = now + Duration.ofSeconds(request.getDurationSeconds()).toNanos();
                Optional<Refusal> refused = enforce(good.grant(), deadline);
                if (refused.isPresent()) {
                    return response.setRefusal(refused.get()).build();
                }
                long opened = clock.instant().toEpochMilli() * 1_000_000L;
                OpenedGrant fresh = new OpenedGrant(grant, request.getSession(), opened,
                        life(grant.id(), now, deadline));
                open.put(grant.id(), fresh);
                tell("grant.opened", fresh, Messages.who(""), "");
                response.setGrant(fresh.message(now));
            }
        }
        return response.build();
    }

    synchronized AmendGrantResponse amend(AmendGrantRequest request) {
        AmendGrantResponse.Builder response = AmendGrantResponse.newBuilder();
        OpenedGrant before = open.get(request.getId());
        if (before == null) {
            return response.setRefusal(unknown(request.getId())).build();
        }
        long now = timer.nanos();
        Optional<Refusal> early = request.hasDurationSeconds()
                ? early(request.getDurationSeconds(), now - before.openedAt)
                : Optional.empty();
        if (early.isPresent()) {
            return response.setRefusal(early.get()).build();
        }
        long deadline = request.hasDurationSeconds()
                ? now + Duration.ofSeconds(request.getDurationSeconds()).toNanos()
                : before.deadline;
        io.sluice.rules.Grant grant = new io.sluice.rules.Grant(before.grant.id(), before.grant.person(),
                before.grant.conduit(), before.grant.target(),
                request.hasRulesYaml() ? rules(request.getRulesYaml()) : before.grant.rules(),
                clock.instant().plusNanos(deadline - now));
        switch (check.check(grant)) {
            case GrantCheck.Result.Bad bad -> response.setRefusal(bad.refusal())
                    .addAllProblems(Messages.problems(bad.problems()));
            case GrantCheck.Result.Good good -> {
                Optional<Refusal> refused = enforce(good.grant(), deadline);
                if (refused.isPresent()) {
                    return response.setRefusal(refused.get()).build();
                }
                before.alarm.cancel();
                OpenedGrant after = before.amended(grant, life(grant.id(), before.openedAt, deadline));
                open.put(grant.id(), after);
                tell("grant.amended", after, Messages.who(request.getWho()), "");
                response.setGrant(after.message(now));
            }
        }
        return response.build();
    }

    /** @param passedNanos for how long it has been open */
    private static Optional<Refusal> early(int seconds, long passedNanos) {
        long all = Duration.ofSeconds(seconds).toNanos() + passedNanos;
        return seconds >= 1 && all <= LONGEST.toNanos()
                ? Optional.empty()
                : Optional.of(Messages.refusal(Refusal.Code.DURATION, "a grant lasts from 1 s to " + LONGEST.toHours()
                        + " h in all; open another one when it is over"));
    }

    private Optional<Refusal> full() {
        if (dataplane.status().draining()) {
            return Optional
                    .of(Messages.refusal(Refusal.Code.DRAINING, "Sluice is stopping and opens no grant any more"));
        }
        return open.size() < MOST
                ? Optional.empty()
                : Optional.of(Messages.refusal(Refusal.Code.TOO_MANY, "there are " + MOST
                        + " open grants already; revoke those that are not needed"));
    }

    private static Optional<String> rules(String yaml) {
        return yaml.isBlank() ? Optional.empty() : Optional.of(yaml);
    }

    private OpenedGrant.Life life(String id, long openedAt, long deadline) {
        return new OpenedGrant.Life(openedAt, deadline,
                timer.after(Duration.ofNanos(Math.max(0, deadline - timer.nanos())), () -> expire(id, deadline)));
    }

    private Optional<Refusal> enforce(CompiledGrant grant, long deadline) {
        Outcome outcome = dataplane.open(grant, deadline);
        return outcome == Outcome.DONE
                ? Optional.empty()
                : Optional.of(Messages.refusal(outcome == Outcome.OVER ? Refusal.Code.DURATION : Refusal.Code.DRAINING,
                        "the grant could not be opened; try again"));
    }

    /** Called by the timer. A grant that was amended has another deadline. */
    private synchronized void expire(String id, long deadline) {
        OpenedGrant late = open.get(id);
        if (late != null && late.deadline == deadline) {
            dataplane.revoke(id);
            forget(late, "expired", "");
        }
    }

    synchronized RevokeGrantResponse revoke(RevokeGrantRequest request) {
        OpenedGrant one = open.get(request.getId());
        if (one == null) {
            return RevokeGrantResponse.newBuilder().setRefusal(unknown(request.getId())).build();
        }
        dataplane.revoke(request.getId());
        one.alarm.cancel();
        open.remove(request.getId());
        tell("grant.revoked", one, Messages.who(request.getWho()), request.getBecause());
        return RevokeGrantResponse.getDefaultInstance();
    }

    private void forget(OpenedGrant one, String why, String because) {
        one.alarm.cancel();
        open.remove(one.grant.id());
        tell("grant." + why, one, "sluice", because);
    }

    synchronized BindFlowResponse bind(BindFlowRequest request) {
        BindFlowResponse.Builder response = BindFlowResponse.newBuilder();
        OpenedGrant one = open.get(request.getGrant());
        Optional<FlowBinding> flow = binding(request);
        if (one == null || flow.isEmpty()) {
            return response.setRefusal(one == null
                    ? unknown(request.getGrant())
                    : Messages.refusal(Refusal.Code.WRONG_TARGET,
                            "the connection needs two addresses, such as `10.3.1.250`, and two ports from 1 to 65535"))
                    .build();
        }
        long since = timer.nanos() - BINDING_NANOS;
        boolean elsewhere = open.values().stream()
                .anyMatch(other -> other != one && other.waitsFor(request.getFlow(), since));
        if (elsewhere) {
            return response.setRefusal(Messages.refusal(Refusal.Code.BOUND_ELSEWHERE,
                    "this connection is expected under another grant; use another source port")).build();
        }
        Outcome outcome = dataplane.bind(request.getGrant(), flow.get());
        if (outcome == Outcome.DONE) {
            one.bound(request.getFlow(), timer.nanos());
        } else {
            response.setRefusal(refusal(outcome, one));
        }
        return response.build();
    }

    private static Refusal refusal(Outcome outcome, OpenedGrant one) {
        return switch (outcome) {
            case OTHER_TARGET -> Messages.refusal(Refusal.Code.WRONG_TARGET, "the connection does not lead to asset `"
                    + one.grant.target() + "` at the port of conduit `" + one.grant.conduit() + "`");
            case FULL -> Messages.refusal(Refusal.Code.TOO_MANY,
                    "too many connections are announced and have not begun; wait half a minute");
            case UNKNOWN, OVER, OTHER_POLICY, DONE -> unknown(one.grant.id());
        };
    }

    private static Optional<FlowBinding> binding(BindFlowRequest request) {
        Optional<Network> source = address(request.getFlow().getSourceAddress());
        Optional<Network> target = address(request.getFlow().getTargetAddress());
        int from = request.getFlow().getSourcePort();
        int to = request.getFlow().getTargetPort();
        boolean ports = from >= 1 && from <= LAST_PORT && to >= 1 && to <= LAST_PORT;
        return source.isPresent() && target.isPresent() && ports
                ? Optional.of(new FlowBinding(source.get().high(), source.get().low(), from, target.get().high(),
                        target.get().low(), to))
                : Optional.empty();
    }

    private static Optional<Network> address(String text) {
        return Addresses.address(text) instanceof Parsed.Yes<Network> yes ? Optional.of(yes.value()) : Optional.empty();
    }

    synchronized List<Grant> list() {
        long now = timer.nanos();
        return open.values().stream().map(one -> one.message(now)).toList();
    }

    synchronized int size() {
        return open.size();
    }

    private static Refusal unknown(String id) {
        return Messages.refusal(Refusal.Code.UNKNOWN_GRANT, "no grant `" + id
                + "` is open; it has ended, or Sluice was restarted: open another one");
    }

    private void tell(String type, OpenedGrant one, String who, String because) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("grant", one.grant.id());
        fields.put("session", one.session);
        fields.put("person", one.grant.person());
        fields.put("conduit", one.grant.conduit());
        fields.put("target", one.grant.target());
        fields.put("by", who);
        if (!because.isEmpty()) {
            fields.put("because", because);
        }
        journal.append(type, fields);
    }
}
