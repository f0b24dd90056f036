package io.sluice.engine;

import io.sluice.rules.policy.OnDeny;
import java.lang.foreign.MemorySegment;

/**
 * Turns verdicts into what the {@link Answer} says about the bytes of a frame: which are cut out, what the client is
 * told, whether the connection ends. Only where frames are carried and verdicts obeyed.
 */
final class Censor {
    private final Profile profile;
    private final Inspector inspector;
    private final Answer answer;

    Censor(Profile profile, Inspector inspector, Answer answer) {
        this.profile = profile;
        this.inspector = inspector;
        this.answer = answer;
    }

    /** What the last verdict, a refusal, means for its message, of which the bytes from {@code before} on are here. */
    void obey(Flow flow, Half half, int before, int size, MemorySegment source, long sourceAt) {
        boolean partlyForwarded = before - half.messageAt > 0 && !half.doomed;
        OnDeny action = inspector.action();
        remove(flow, half, before - half.messageAt > 0 ? before : half.messageAt, half.messageAt + size);
        // A refusal in place of a message needs all of it: where its head has gone on, only a reset is left.
        boolean told = inspector.answersRefused();
        if (action == OnDeny.REPLY && (partlyForwarded
                || (!told && inspector.refuse(flow, source, sourceAt, size, answer) == 0))) {
            action = OnDeny.RESET;
        }
        if (action != OnDeny.REPLY) {
            flow.ended = true;
            answer.reset |= action == OnDeny.RESET;
        }
    }

    /**
     * Decides about the head of an incomplete message: it goes on as long as all that can be read is permitted. Where
     * the whole message can be answered, its refused head waits for the rest; else the flow ends here, since bytes that
     * were held back could only leave a hole if the rest was permitted after all.
     *
     * @param earlier how many of the {@code available} bytes came in earlier segments
     */
    void prefix(Flow flow, Half half, boolean fromClient, int earlier, MemorySegment source, long sourceAt,
            int available) {
        if (!half.doomed && inspector.prefixPermitted(flow, fromClient, source, sourceAt, available)) {
            return;
        }
        half.doomed = profile.replaces() && (earlier <= 0 || half.doomed);
        int here = earlier > 0 ? available - earlier : available;
        remove(flow, half, half.next - here, half.next);
        if (!half.doomed) {
            inspector.refusePrefix(flow, fromClient, source, sourceAt, available);
            flow.ended = true;
            answer.reset |= inspector.action() == OnDeny.RESET;
        }
    }

    /** Cuts a range out, now and whenever it is sent again. */
    void remove(Flow flow, Half half, int from, int to) {
        if (!answer.remove(from, to - from) || !half.removed.add(from, to, half.base)) {
            answer.action = Answer.Action.DROP;
            answer.releasedLength = 0;
            answer.reset = true;
            flow.ended = true;
        }
    }

    /**
     * For the part of a segment that was there before: refused bytes are cut out again; so are those that the receiver
     * has acknowledged, since they cannot be compared any more.
     */
    void removeAgain(Half half, int sequence, int end) {
        int known = half.base - end < 0 ? half.base : end;
        if (known - sequence > 0 && !answer.remove(sequence, known - sequence)) {
            answer.action = Answer.Action.DROP;
        }
        for (int i = 0; i < half.removed.count(); i++) {
            int from = half.removed.from(i) - sequence > 0 ? half.removed.from(i) : sequence;
            from = known - from > 0 ? known : from;
            int to = half.removed.to(i) - end < 0 ? half.removed.to(i) : end;
            if (to - from > 0 && !answer.remove(from, to - from)) {
                answer.action = Answer.Action.DROP;
            }
        }
    }
}
