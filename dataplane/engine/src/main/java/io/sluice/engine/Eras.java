package io.sluice.engine;

import io.sluice.rules.PolicyChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which policies live flows were judged by last. Flows are brought under the policy in force one by one, when their next
 * packet comes or when the table is swept, so that an exchange costs the same however many there are; until then an
 * earlier era says how its numbers are to be read now.
 */
final class Eras {
    /** So many exchanges may be under way at once; then the sweep is finished first. */
    static final int MOST = 64;

    private final List<Era> past = new ArrayList<>();
    private Era current = new Era();

    /** The time for which one policy was in force. */
    static final class Era {
        private @Nullable PolicyChange since;
        private int flows;

        /** From this era's policy to the one in force. */
        PolicyChange since() {
            if (since == null) {
                throw new IllegalStateException("the policy of this era is in force");
            }
            return since;
        }
    }

    /** Another policy takes the place of the one in force. */
    void begin(PolicyChange change) {
        forget();
        for (Era era : past) {
            era.since = era.since().then(change);
        }
        current.since = change;
        past.add(current);
        current = new Era();
    }

    /** Before another exchange all flows must be brought under the policy in force. */
    boolean isFull() {
        forget();
        return past.size() >= MOST;
    }

    /** Lets go of eras without flows, and with them of their policies. */
    void forget() {
        past.removeIf(era -> era.flows == 0);
    }

    boolean isCurrent(Flow flow) {
        return flow.era == current;
    }

    /** From the policy that a flow was judged by last to the one in force. */
    PolicyChange changeSince(Flow flow) {
        Era era = flow.era;
        if (era == null) {
            throw new IllegalStateException("a flow of no era");
        }
        return era.since();
    }

    /** A flow is judged by the policy in force from here on. */
    void join(Flow flow) {
        leave(flow);
        flow.era = current;
        current.flows++;
    }

    /** A flow is over. */
    void leave(Flow flow) {
        if (flow.era != null) {
            flow.era.flows--;
            flow.era = null;
        }
    }
}
