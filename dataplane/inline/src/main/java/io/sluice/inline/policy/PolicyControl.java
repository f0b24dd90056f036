package io.sluice.inline.policy;

import io.sluice.inline.ManagementLog;
import io.sluice.inline.policy.PolicyAnswer.Done;
import io.sluice.inline.policy.PolicyAnswer.Refused;
import io.sluice.inline.policy.PolicyChange.Why;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Changes policies, one order at a time: apply, confirm, roll back, and the roll-back that comes by itself. What is to last
 * is on disk before traffic is judged by it; a pending policy never becomes active by anything but a confirmation.
 */
public final class PolicyControl {
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final PolicyStore store;
    private final PolicyLoader loader;
    private final Surroundings around;
    private JudgingPolicy active;
    private @Nullable Pending pending;
    private boolean closed;

    /**
     * What policies are changed by and in.
     *
     * @param report hears sentences for the operator
     */
    public record Surroundings(Judging judging, Timer timer, InstantSource clock, ManagementLog journal,
            Consumer<String> report) {}

    /** @param deadline by {@link Timer#nanos} */
    private record Pending(SoundPolicy policy, long since, String who, long deadline, Timer.Alarm alarm) {}

    /** The dataplane judges by {@code first} already. */
    public PolicyControl(PolicyStore store, PolicyLoader loader, FirstPolicy.Found first, Surroundings around) {
        this.store = store;
        this.loader = loader;
        this.around = around;
        active = new JudgingPolicy(first.policy(), first.since().nanos(), first.since().who(), OptionalLong.empty());
    }

    /** The confirmed policy. */
    public synchronized JudgingPolicy active() {
        return active;
    }

    /** The policy that judges in place of {@link #active}, if there is one. */
    public synchronized Optional<JudgingPolicy> pending() {
        return Optional.ofNullable(pending).map(this::judging);
    }

    private JudgingPolicy judging(Pending p) {
        return new JudgingPolicy(p.policy(), p.since(), p.who(),
                OptionalLong.of(Math.max(0, p.deadline() - around.timer().nanos())));
    }

    /** Makes a policy the active one, and judges by it. */
    public synchronized PolicyAnswer apply(SoundPolicy policy, String who) {
        return closed ? closing() : activate(policy, who, Why.APPLY);
    }

    private PolicyAnswer activate(SoundPolicy policy, String who, Why why) {
        try {
            store.keep(policy.hash(), policy.yaml());
            store.activate(policy.hash());
        } catch (IOException e) {
            return notWritten(e);
        }
        try {
            return settle(policy, who, why, around.judging().by(policy));
        } catch (RuntimeException e) {
            return notFollowed(policy, e);
        }
    }

    /** Judges by a policy until {@code within} has passed, and goes back then unless it is confirmed. */
    public synchronized PolicyAnswer apply(SoundPolicy policy, String who, Duration within) {
        if (closed) {
            return closing();
        }
        try {
            store.keep(policy.hash(), policy.yaml());
        } catch (IOException e) {
            return notWritten(e);
        }
        OptionalLong ended;
        try {
            ended = around.judging().by(policy);
        } catch (RuntimeException e) {
            return notFollowed(policy, e);
        }
        forgetPending();
        long deadline = around.timer().nanos() + within.toNanos();
        Timer.Alarm alarm = around.timer().after(within, () -> expire(deadline));
        long now = write(policy, who, Why.PENDING);
        Pending fresh = new Pending(policy, now, who, deadline, alarm);
        pending = fresh;
        return new Done(judging(fresh), ended);
    }

    /**
     * Makes the pending policy the active one.
     *
     * @param hash of the policy that is meant; empty: whichever is pending
     */
    public synchronized PolicyAnswer confirm(String hash, String who) {
        Pending waiting = pending;
        if (waiting == null) {
            return new Refused(PolicyAnswer.Why.NOTHING_PENDING, "there is nothing to confirm: policy `" + name(active)
                    + "` is active since " + Times.text(active.sinceNanos())
                    + "; if another was waiting, its time has run out or it was rolled back");
        }
        if (!hash.isEmpty() && !hash.equals(waiting.policy().hash())) {
            return new Refused(PolicyAnswer.Why.OTHER_PENDING, "the policy that waits to be confirmed is `"
                    + waiting.policy().policy().name() + "` " + waiting.policy().hash().substring(0, 12)
                    + "…, and not the one you mean; somebody else has applied it meanwhile");
        }
        try {
            store.activate(waiting.policy().hash());
        } catch (IOException e) {
            return notWritten(e);
        }
        return settle(waiting.policy(), who, Why.CONFIRM, OptionalLong.of(0));
    }

    /** Goes back: from a pending policy to the active one, else from the active one to the one before. */
    public synchronized PolicyAnswer rollBack(String who) {
        if (closed) {
            return closing();
        }
        if (pending != null) {
            return settle(active.policy(), who, Why.ROLLBACK, back(active.policy()));
        }
        try {
            Optional<String> before = store.history().reversed().stream().filter(c -> c.why().active())
                    .map(PolicyChange::hash).filter(h -> !h.equals(active.policy().hash())).findFirst();
            return before.isPresent()
                    ? rollBackTo(before.get(), who)
                    : new Refused(PolicyAnswer.Why.NOTHING_BEFORE, "there is no policy before `" + name(active)
                            + "` to go back to; apply the one you want");
        } catch (IOException e) {
            return new Refused(PolicyAnswer.Why.UNUSABLE, "the history of policies cannot be read: " + e.getMessage()
                    + "; apply the policy you want");
        }
    }

    private PolicyAnswer rollBackTo(String hash, String who) throws IOException {
        Optional<String> yaml = store.text(hash);
        if (yaml.isEmpty()) {
            return new Refused(PolicyAnswer.Why.UNUSABLE, "the policy before, " + hash.substring(0, 12)
                    + "…, is missing or damaged under `" + store.folder() + "`; apply the policy you want");
        }
        return switch (loader.load(hash.substring(0, 12), yaml.get())) {
            case PolicyLoader.Result.Sound sound -> activate(sound.policy(), who, Why.ROLLBACK);
            case PolicyLoader.Result.Refused refused -> new PolicyAnswer.Problems(refused.problems());
        };
    }

    /** Called by the timer. A policy that took the place of the one it was set for has another deadline. */
    private synchronized void expire(long deadline) {
        Pending late = pending;
        if (late == null || late.deadline() != deadline || closed) {
            return;
        }
        around.report().accept("policy `" + late.policy().policy().name() + "` was not confirmed in time; policy `"
                + name(active) + "` is back");
        settle(active.policy(), PolicyChange.SLUICE, Why.EXPIRED, back(active.policy()));
    }

    /** Nothing changes any more, because Sluice stops; a pending policy is not carried over to the next start. */
    public synchronized void close() {
        closed = true;
        forgetPending();
    }

    private Done settle(SoundPolicy policy, String who, Why why, OptionalLong ended) {
        forgetPending();
        active = new JudgingPolicy(policy, write(policy, who, why), who, OptionalLong.empty());
        return new Done(active, ended);
    }

    private void forgetPending() {
        if (pending != null) {
            pending.alarm().cancel();
            pending = null;
        }
    }

    /** Into history and journal. What cannot be written there is reported; the change itself stands. */
    private long write(SoundPolicy policy, String who, Why why) {
        PolicyChange change = new PolicyChange(Times.nanos(around.clock().instant()), who, policy.hash(),
                policy.policy().name(), why);
        try {
            store.record(change);
        } catch (IOException e) {
            around.report().accept("the history of policies under `" + store.folder() + "` cannot be written: "
                    + e.getMessage());
        }
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("person", who);
        fields.put("policy", change.name());
        fields.put("hash", change.hash());
        around.journal().append("policy." + why.word(), fields);
        return change.nanos();
    }

    /** Latest first. */
    public synchronized List<PolicyChange> history() throws IOException {
        return store.history().reversed();
    }

    /** A kept text by its hash. */
    public synchronized Optional<String> text(String hash) throws IOException {
        return store.text(hash);
    }

    /** Back to what judged before, on disk too. The packet path may have taken the policy over after all, only late. */
    private Refused notFollowed(SoundPolicy policy, RuntimeException e) {
        try {
            store.activate(active.policy().hash());
        } catch (IOException disk) {
            around.report().accept("policy `" + name(active) + "` cannot be made the active one again: "
                    + disk.getMessage());
        }
        back(pending == null ? active.policy() : pending.policy());
        return new Refused(PolicyAnswer.Why.NOT_FOLLOWED, "the packet path did not take over policy `"
                + policy.policy().name() + "`: " + e.getMessage() + "; the policy before stays, try again");
    }

    /** Tries until it succeeds, since nobody would ask for it again. */
    private OptionalLong back(SoundPolicy policy) {
        try {
            return around.judging().by(policy);
        } catch (RuntimeException e) {
            around.report().accept("the packet path does not go back to policy `" + policy.policy().name() + "` yet: "
                    + e.getMessage());
            around.timer().after(AGAIN, this::backAgain);
            return OptionalLong.empty();
        }
    }

    private synchronized void backAgain() {
        if (!closed) {
            back(pending == null ? active.policy() : pending.policy());
        }
    }

    private Refused notWritten(IOException e) {
        return new Refused(PolicyAnswer.Why.NOT_WRITTEN, "the policy cannot be written under `" + store.folder() + "`: "
                + e.getMessage() + "; nothing was changed");
    }

    private static Refused closing() {
        return new Refused(PolicyAnswer.Why.DRAINING, "Sluice is stopping and accepts no policy any more");
    }

    private static String name(JudgingPolicy judging) {
        return judging.policy().policy().name();
    }
}
