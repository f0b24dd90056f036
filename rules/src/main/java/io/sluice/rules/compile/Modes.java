package io.sluice.rules.compile;

import io.sluice.rules.ModeTimes;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Mode;
import io.sluice.rules.policy.Policy;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** When which mode holds for traffic that several conduits match: the strictest of theirs at each moment. */
final class Modes {
    private Modes() {}

    /** @param fromBroker whether traffic comes from a broker zone, where nothing weaker than enforce holds */
    static ModeTimes of(Policy policy, List<Conduit> conduits, boolean fromBroker) {
        if (fromBroker) {
            return ModeTimes.always(Mode.ENFORCE);
        }
        SortedSet<Long> changes = new TreeSet<>();
        for (Conduit conduit : conduits) {
            long end = end(policy, conduit);
            if (end != Long.MAX_VALUE && end != Long.MIN_VALUE) {
                changes.add(end);
            }
        }
        Mode[] then = changes.stream().map(c -> at(policy, conduits, c)).toArray(Mode[]::new);
        return new ModeTimes(at(policy, conduits, Long.MIN_VALUE), changes.stream().mapToLong(c -> c).toArray(), then);
    }

    private static Mode at(Policy policy, List<Conduit> conduits, long nanos) {
        return conduits.stream().map(c -> nanos < end(policy, c) ? changed(policy, c) : policy.mode())
                .max(Mode::compareTo).orElse(policy.mode());
    }

    private static Mode changed(Policy policy, Conduit conduit) {
        return conduit.mode().map(Conduit.ModeChange::mode).orElse(policy.mode());
    }

    /** When a conduit's own mode ends; a weaker one without a date does not begin. */
    private static long end(Policy policy, Conduit conduit) {
        if (conduit.mode().isEmpty()) {
            return Long.MAX_VALUE;
        }
        Conduit.ModeChange change = conduit.mode().get();
        if (change.until().isEmpty()) {
            return change.mode().compareTo(policy.mode()) < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        Instant end = change.until().get().plusDays(1).atStartOfDay(policy.timezone()).toInstant();
        return Math.clamp(end.getEpochSecond(), -9_000_000_000L, 9_000_000_000L) * 1_000_000_000L;
    }
}
