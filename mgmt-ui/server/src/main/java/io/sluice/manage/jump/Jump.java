package io.sluice.manage.jump;

import io.sluice.manage.Refused;
import io.sluice.manage.jump.End.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A jump session from request to end. Time is an argument, and each step gives another one; who may take a step is decided by
 * {@link Eligibility}, and what narrows what by {@link Ceiling}.
 *
 * @param offer what it is to be, or is: as asked for, narrowed by approvals
 * @param slot when it may be used; null: not approved
 * @param access in force: that of the offer, or less
 */
public record Jump(Request request, Offer offer, List<Approval> approvals, @Nullable Slot slot, Access access,
        @Nullable End end) {
    public Jump {
        approvals = List.copyOf(approvals);
    }

    static Jump asked(Request request) {
        return new Jump(request, request.asked(), List.of(), null, request.asked().access(), null);
    }

    public String id() {
        return request.id();
    }

    public String person() {
        return request.person();
    }

    public Terms terms() {
        return request.terms();
    }

    /** Until when somebody has to approve. */
    public Instant approveUntil() {
        return request.at().plus(terms().within());
    }

    public JumpState state(Instant now, boolean connected) {
        if (end != null) {
            return switch (end.why()) {
                case DENIED -> JumpState.DENIED;
                case EXPIRED -> JumpState.EXPIRED;
                case WITHDRAWN -> JumpState.WITHDRAWN;
                case TIME, IDLE, WINDOW, REVOKED, LEFT, ELIGIBILITY, POLICY, FIREWALL, ALL -> JumpState.ENDED;
            };
        }
        if (slot == null) {
            return JumpState.PENDING;
        }
        return now.isBefore(slot.start()) ? JumpState.SCHEDULED : connected ? JumpState.CONNECTED : JumpState.OPEN;
    }

    /** It has begun and is not over: grants are open for it, and people may connect. */
    public boolean isOpen(Instant now) {
        return end == null && slot != null && !now.isBefore(slot.start()) && now.isBefore(slot.ends());
    }

    public boolean isWarned(Instant now) {
        return isOpen(now) && slot != null && !now.isBefore(slot.warning());
    }

    /** What time alone does to it. */
    Optional<Jump> due(Instant now) {
        if (end != null) {
            return Optional.empty();
        }
        if (slot == null) {
            return now.isBefore(approveUntil())
                    ? Optional.empty()
                    : Optional.of(ended(new End(now, Why.EXPIRED, "", "")));
        }
        return now.isBefore(slot.ends())
                ? Optional.empty()
                : Optional.of(ended(new End(now, slot.byWindow() ? Why.WINDOW : Why.TIME, "", "")));
    }

    /**
     * One approval. With the last one that is needed the clock starts.
     *
     * @param narrowed what is agreed to, which is not more than the offer
     */
    Jump approved(String who, Offer narrowed, String note, Instant now) throws Refused {
        requirePending(now);
        List<Approval> all = new ArrayList<>(approvals);
        Duration duration = narrowed.duration() == null ? terms().longest() : narrowed.duration();
        all.add(new Approval(who, now, !narrowed.equals(request.asked()), narrowed.access(), duration.toSeconds(), note,
                false));
        Slot when = all.size() < terms().count() ? null : terms().slot(narrowed.start(), narrowed.duration(), now);
        return new Jump(request, narrowed, all, when, narrowed.access(), null);
    }

    Jump denied(String who, String note, Instant now) throws Refused {
        requirePending(now);
        return ended(new End(now, Why.DENIED, who, note));
    }

    /** An own request that has not begun. */
    Jump withdrawn(Instant now) throws Refused {
        JumpState state = state(now, false);
        if (state != JumpState.PENDING && state != JumpState.SCHEDULED) {
            throw Refused.conflict("has-begun", "this session has begun or is over; end it instead");
        }
        return ended(new End(now, Why.WITHDRAWN, person(), ""));
    }

    /** By the person who asked: to reading only, or to all that was approved. */
    Jump stepped(Access wanted, Instant now) throws Refused {
        requireOpen(now);
        if (wanted != Access.READ && wanted != offer.access()) {
            throw Refused.of(403, "not-approved",
                    "what was approved is `" + offer.access().word() + "`; an approver may"
                            + " step the session up to what was asked for");
        }
        return new Jump(request, offer, approvals, slot, wanted, null);
    }

    /** By an approver: up to what was asked for, which is an approval of its own. */
    Jump raised(String who, String note, Instant now) throws Refused {
        requireOpen(now);
        if (terms().count() > 1) {
            throw Refused.conflict("several-approvals", "this session needs " + terms().count()
                    + " approvals; ask for another one to do more");
        }
        Offer asked = request.asked();
        List<Approval> all = new ArrayList<>(approvals);
        all.add(new Approval(who, now, false, asked.access(), 0, note, true));
        Offer more = new Offer(offer.targets(), asked.access(), asked.rules(), offer.start(), offer.duration());
        return new Jump(request, more, all, slot, asked.access(), null);
    }

    Jump ended(End how) {
        return end == null ? new Jump(request, offer, approvals, slot, access, how) : this;
    }

    private void requirePending(Instant now) throws Refused {
        if (end != null || slot != null || !now.isBefore(approveUntil())) {
            throw Refused.conflict("not-pending", "this request does not wait for approval any more");
        }
    }

    void requireOpen(Instant now) throws Refused {
        if (!isOpen(now)) {
            throw Refused.conflict("not-open", slot != null && end == null && now.isBefore(slot.start())
                    ? "this session has not begun; it begins at " + slot.start()
                    : "this session is not open");
        }
    }
}
