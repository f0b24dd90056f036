package io.sluice.inline.service;

import io.sluice.inline.Counters;
import io.sluice.inline.DataplaneStatus;
import io.sluice.inline.JournalHealth;
import io.sluice.inline.policy.JudgingPolicy;
import io.sluice.inline.policy.PolicyControl;
import io.sluice.rules.policy.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What needs somebody's attention now, in sentences for somebody who was just woken up. */
final class Alarms {
    private static final int NEARLY_FULL_PERCENT = 90;

    private final List<String> sentences = new ArrayList<>();

    Alarms(DataplaneStatus dataplane, Counters counters, JournalHealth journal, PolicyControl policies) {
        JudgingPolicy judging = policies.pending().orElseGet(policies::active);
        judging(judging, policies.active());
        dataplane.ports().forEach(this::port);
        if (!dataplane.clock().trusted() && !judging.policy().policy().windows().isEmpty()) {
            sentences.add("the clock is not trusted (" + dataplane.clock().note()
                    + "): what a window allows is refused until it is");
        }
        if (dataplane.flows() * 100L >= dataplane.flowLimit() * (long) NEARLY_FULL_PERCENT) {
            sentences.add(dataplane.flows() + " of " + dataplane.flowLimit()
                    + " connections are in use: new ones will be refused; raise `limits: {flows: …}`");
        }
        journal.trouble().ifPresent(trouble -> sentences.add("journal: " + trouble));
        if (journal.lost() + counters.events().lost() > 0) {
            sentences.add((journal.lost() + counters.events().lost()) + " events are missing in the journal");
        }
    }

    private void judging(JudgingPolicy judging, JudgingPolicy active) {
        judging.nanosLeft().ifPresent(left -> sentences.add("policy `" + judging.policy().policy().name()
                + "` waits to be confirmed: in " + (left + 999_999_999L) / 1_000_000_000L + " s policy `"
                + active.policy().policy().name() + "` comes back, unless somebody runs `sluice confirm`"));
        Mode mode = judging.policy().policy().mode();
        if (mode != Mode.ENFORCE) {
            sentences.add("policy `" + judging.policy().policy().name() + "` is in mode "
                    + mode.name().toLowerCase(Locale.ROOT) + ": what it refuses passes all the same");
        }
    }

    private void port(DataplaneStatus.Port port) {
        switch (port.link()) {
            case UP -> { // as it should be
            }
            case DOWN -> sentences.add("port `" + port.name() + "` (" + port.interfaceName()
                    + ") has no link: is the cable in, and the device behind it on?");
            case MISSING -> sentences.add("port `" + port.name() + "`: there is no interface `" + port.interfaceName()
                    + "` any more; has it been renamed or taken out?");
        }
    }

    List<String> sentences() {
        return sentences;
    }
}
