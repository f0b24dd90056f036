package io.sluice.manage.jump;

import io.sluice.rules.policy.Network;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.SessionRule;
import io.sluice.rules.policy.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a rule of the policy's {@code sessions} said when somebody asked: a later policy holds for later requests.
 *
 * @param networks from which people ask and connect; empty: any
 * @param approvers group of accounts
 * @param count how many of them
 * @param within so long a request waits
 * @param shift outside of it nobody approves
 * @param hours outside of it there is no session
 */
public record Terms(String group, boolean secondFactor, List<String> networks, String approvers, int count,
        Duration within, @Nullable Hours shift, @Nullable Hours hours, Duration longest, @Nullable Duration idle,
        boolean recorded) {
    public Terms {
        networks = List.copyOf(networks);
    }

    static Terms of(SessionRule rule, Policy policy) {
        return new Terms(rule.who().group(), rule.who().secondFactor(),
                rule.who().networks().stream().map(Network::text).toList(), rule.approve().by(), rule.approve().count(),
                rule.approve().within(), hours(rule.approve().window(), policy), hours(rule.limit().window(), policy),
                rule.limit().duration(), rule.limit().idle().orElse(null),
                rule.record() == SessionRule.Recorded.FULL);
    }

    private static @Nullable Hours hours(Optional<String> name, Policy policy) {
        Window window = name.map(policy.windows()::get).orElse(null);
        return window == null ? null : Hours.of(window);
    }

    /**
     * When a session would run that is approved now: its clock starts at the approval, at the wanted start where that is later,
     * and when its window opens where that is later still.
     */
    public Slot slot(@Nullable Instant wanted, @Nullable Duration asked, Instant now) {
        Instant start = wanted == null || wanted.isBefore(now) ? now : wanted;
        if (hours != null) {
            start = hours.opens(start);
        }
        Duration duration = asked == null || asked.compareTo(longest) > 0 ? longest : asked;
        Instant ends = start.plus(duration);
        if (hours != null && hours.closes(start).isBefore(ends)) {
            return new Slot(start, hours.closes(start), true);
        }
        return new Slot(start, ends, false);
    }
}
