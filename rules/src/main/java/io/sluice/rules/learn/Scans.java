package io.sluice.rules.learn;

import io.sluice.rules.learn.LeftOut.Why;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Who tries rather than works: a source many of whose services did not answer, or a conversation in which many different
 * requests were in vain, and not because a policy refuses them. Of theirs only what was done often counts as a habit.
 */
final class Scans {
    /** Tries in vain that make a scan. */
    static final int TRIES = 8;
    /** What even who scans does as a habit. */
    static final int HABIT = 10;
    /** In vain at least one of so many different requests. */
    private static final int SHARE = 4;

    private final Set<Host> sources = new HashSet<>();
    private final Set<Conversation> conversations = new HashSet<>();
    private final List<LeftOut> found = new ArrayList<>();

    Scans(Observations seen, Map<Conversation, List<Asking>> asked) {
        sources(seen);
        asked.forEach(this::conversation);
    }

    private void sources(Observations seen) {
        Map<Host, List<Conversation>> dead = new TreeMap<>();
        Map<Host, Integer> alive = new HashMap<>();
        for (Conversation c : seen.conversations()) {
            Traffic traffic = seen.traffic.find(c);
            if (traffic != null && traffic.answered() > 0) {
                alive.merge(c.client(), 1, Integer::sum);
            } else if (traffic != null && traffic.flows().count() > 0) {
                dead.computeIfAbsent(c.client(), _ -> new ArrayList<>()).add(c);
            }
        }
        dead.forEach((source, vain) -> {
            int answered = alive.getOrDefault(source, 0);
            if (vain.size() >= TRIES && vain.size() >= answered) {
                sources.add(source);
                Span span = new Span();
                vain.forEach(c -> {
                    Traffic traffic = seen.traffic.find(c);
                    if (traffic != null) {
                        span.merge(traffic.flows());
                    }
                });
                long hosts = vain.stream().map(Conversation::server).distinct().count();
                long ports = vain.stream().map(Conversation::service).distinct().count();
                found.add(new LeftOut(Why.SCAN, source.text(), "tried " + (vain.size() + answered) + " services, "
                        + vain.size() + " of them without an answer (" + hosts + " hosts, " + ports + " ports)",
                        span.count(), span.frames()));
            }
        });
    }

    private void conversation(Conversation c, List<Asking> asked) {
        List<Asking> vain = asked.stream().filter(a -> a.good() <= 0 && a.tally().forbidden() == 0).toList();
        if (vain.size() >= TRIES && SHARE * vain.size() >= asked.size()) {
            conversations.add(c);
            Span span = new Span();
            vain.forEach(a -> span.merge(a.tally().span()));
            found.add(new LeftOut(Why.SCAN, c.toString(), "made " + asked.size() + " different requests, " + vain.size()
                    + " of them always refused or unanswered, such as " + vain.getFirst().does(), span.count(),
                    span.frames()));
        }
    }

    /** What was found, for the list of what is left out. */
    List<LeftOut> found() {
        return found;
    }

    boolean isScan(Conversation c) {
        return sources.contains(c.client()) || conversations.contains(c);
    }

    /** Whether the requests of a conversation were reported as a scan, so that they need not be listed one by one. */
    boolean isTold(Conversation c) {
        return conversations.contains(c);
    }
}
