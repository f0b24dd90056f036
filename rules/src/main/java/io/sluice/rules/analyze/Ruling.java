package io.sluice.rules.analyze;

import io.sluice.rules.Meter;
import io.sluice.rules.Term;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What a policy says of one item at one moment.
 *
 * @param rates of the rules that allow it, where each has one; empty where nothing limits how often
 */
record Ruling(boolean allowed, List<String> rates) {
    static final Ruling DENIED = new Ruling(false, List.of());
    private static final Ruling UNLIMITED = new Ruling(true, List.of());
    private static final long SECOND = 1_000_000_000L;

    /** What one rule says. */
    record Says(boolean deny, Optional<String> rate) {
        static final Says ALLOW = new Says(false, Optional.empty());

        static Says of(Term term) {
            return new Says(term.deny(), term.meter().map(Ruling::text));
        }
    }

    /** Any deny refuses; else an allow without a rate permits, else those with one, each as often as it says. */
    static Ruling of(List<Says> rules) {
        if (rules.isEmpty() || rules.stream().anyMatch(Says::deny)) {
            return DENIED;
        }
        return rules.stream().anyMatch(r -> r.rate().isEmpty())
                ? UNLIMITED
                : new Ruling(true, rules.stream().flatMap(r -> r.rate().stream()).sorted().toList());
    }

    /** Rates in words: of equal ones, each rule has a count of its own, so two of them permit twice as often. */
    List<String> ratesOnce() {
        List<String> once = new ArrayList<>();
        for (String rate : rates.stream().distinct().toList()) {
            int times = Collections.frequency(rates, rate);
            once.add(times == 1 ? rate : rate + " for each of " + times + " rules");
        }
        return once;
    }

    /** A rate as a policy states it; equal rates have equal texts. */
    private static String text(Meter meter) {
        long common = BigInteger.valueOf(meter.tokens()).gcd(BigInteger.valueOf(meter.nanos())).longValueExact();
        long tokens = meter.tokens() / common;
        long nanos = meter.nanos() / common;
        long unit = SECOND % nanos == 0 ? SECOND : 60 * SECOND % nanos == 0 ? 60 * SECOND : 3_600 * SECOND;
        String name = unit == SECOND ? "/s" : unit == 60 * SECOND ? "/min" : "/h";
        long count = tokens * (unit / nanos);
        long burst = meter.capacity() / meter.nanos();
        return count + name + (burst == count ? "" : " burst " + burst);
    }
}
