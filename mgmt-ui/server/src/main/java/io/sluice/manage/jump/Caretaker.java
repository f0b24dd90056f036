package io.sluice.manage.jump;

import io.sluice.broker.Connection;
import io.sluice.broker.Ending;
import io.sluice.control.v1.Grant;
import io.sluice.manage.Refused;
import io.sluice.manage.jump.End.Why;
import io.sluice.manage.jump.Live.Opened;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What has to happen to sessions without anybody doing anything: time, people who may not any more, another policy, a firewall
 * that was restarted or has ended a grant by itself.
 */
final class Caretaker implements AutoCloseable {
    private static final long STEP_MILLIS = 500;

    private final JumpDesk desk;
    private final Grants grants;
    private final Journal journal;
    private final Consumer<String> report;
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("jump-caretaker").daemon().factory());
    private @Nullable Ceiling seen;
    private long started;
    private boolean adopted;

    Caretaker(JumpDesk desk, Grants grants, Journal journal, Consumer<String> report) {
        this.desk = desk;
        this.grants = grants;
        this.journal = journal;
        this.report = report;
    }

    void start() {
        var _ = rounds.scheduleWithFixedDelay(this::round, 0, STEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void round() {
        try {
            look();
        } catch (RuntimeException e) {
            report.accept("jump sessions cannot be looked after now, and are looked after again in a moment: " + e);
        }
    }

    /** One round. */
    void look() {
        if (desk.live().isEmpty()) {
            return;
        }
        synchronized (desk) {
            Instant now = desk.now();
            for (Live one : desk.live()) {
                time(one, now);
            }
            Optional<Grants.Seen> firewall = desk.live().stream().anyMatch(l -> l.jump().isOpen(now))
                    ? grants.look()
                    : Optional.empty();
            firewall.ifPresent(this::compare);
            follow();
            for (Live one : desk.live()) {
                if (one.jump().isOpen(now) && !one.rules().isEmpty()) {
                    var _ = desk.open(one, one.jump().person());
                }
            }
        }
    }

    private void time(Live one, Instant now) {
        Jump jump = one.jump();
        Optional<Jump> due = jump.due(now);
        Optional<String> objection = desk.findPerson(jump.person()).map(p -> Eligibility.objection(p, jump.terms()))
                .orElse(Optional.of("the account `" + jump.person() + "` is gone"));
        if (due.isPresent() && due.get().end() != null) {
            desk.end(one, due.get().end().why(), "", "");
        } else if (objection.isPresent()) {
            desk.end(one, Why.ELIGIBILITY, "", objection.get());
        } else if (jump.isWarned(now) && !one.activity().warned()) {
            one.record(one.activity().withWarning());
            desk.store().keep(jump, one.activity());
            journal.note("warning", jump.person(), jump, "ends",
                    jump.slot() == null ? "" : jump.slot().ends().toString());
        }
    }

    /** What the firewall has, and what this server believes that it has. */
    private void compare(Grants.Seen firewall) {
        boolean restarted = adopted && started != firewall.started();
        started = firewall.started();
        if (!adopted) {
            firewall.grants().forEach(this::adopt);
            adopted = true;
        }
        for (Live one : desk.live()) {
            for (Map.Entry<Target, Opened> opened : one.opened().entrySet()) {
                if (!firewall.has(opened.getValue().grant())) {
                    one.closed(opened.getKey());
                    gone(one, opened.getKey(), restarted);
                }
            }
        }
    }

    private void gone(Live one, Target target, boolean restarted) {
        Jump jump = one.jump();
        if (restarted) {
            journal.note("firewall-restarted", jump.person(), jump, "target", target.asset());
            one.connections().forEach(c -> c.end(Ending.GATEWAY, "the firewall was restarted; connect again"));
            return;
        }
        boolean possible;
        try {
            possible = desk.ceiling().problems(target, one.rules().getOrDefault(target.conduit(), "")).isEmpty();
        } catch (Refused e) {
            return;
        }
        desk.end(one, possible ? Why.FIREWALL : Why.POLICY, "", "at `" + target.asset() + "`");
    }

    private void adopt(Grant grant) {
        Optional<Live> known = desk.live(grant.getSession());
        if (known.isPresent()) {
            GrantKeeper.adopt(known.get(), grant);
        } else if (desk.store().exists(grant.getSession())) {
            grants.revoke(grant.getId(), "sluice", "its session is over");
        }
    }

    /** Whoever is connected is judged by the policy that the firewall judges by. */
    private void follow() {
        Ceiling now;
        try {
            now = desk.ceiling();
        } catch (Refused e) {
            return;
        }
        boolean other = seen == null || !seen.equals(now);
        seen = now;
        for (Live one : desk.live()) {
            if (one.jump().isOpen(desk.now()) && (other || one.rules().isEmpty())) {
                try {
                    one.become(one.jump(), JumpDesk.inForce(one.jump(), now));
                } catch (Refused e) {
                    continue;
                }
                one.connections().forEach(Connection::amended);
            }
        }
    }

    @Override
    public void close() {
        rounds.shutdownNow();
    }
}
