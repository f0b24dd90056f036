package io.sluice.rules.learn;

import io.sluice.dissect.Protocol;
import io.sluice.dissect.Protocols;
import io.sluice.rules.learn.LeftOut.Why;
import io.sluice.rules.learn.RuleDraft.Example;
import io.sluice.rules.policy.Addresses;
import io.sluice.rules.policy.Parsed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Makes a proposal of observations: the same ones always give the same. */
public final class Proposer {
    /** Packets after which one flow alone is no trial any more. */
    private static final int PACKETS = 10;
    private static final int MOST_PLAIN = 32;

    private final Observations seen;
    private final ProposalOptions options;
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final Map<Conversation, List<RuleDraft>> drafts = new TreeMap<>(Conversation.ORDER);
    private final Map<Conversation, Set<Shape>> allowed = new HashMap<>();

    private Proposer(Observations seen, ProposalOptions options) {
        this.seen = seen;
        this.options = options;
    }

    public static Proposal propose(Observations seen, ProposalOptions options) {
        return new Proposer(seen, options).propose();
    }

    private Proposal propose() {
        Map<Conversation, List<Asking>> asked = asked();
        Scans scans = new Scans(seen, asked);
        leftOut.addAll(scans.found());
        Map<Host, Integer> plainRules = new HashMap<>();
        for (Conversation c : seen.conversations()) {
            Traffic traffic = seen.traffic.find(c);
            if (traffic == null) {
                continue;
            }
            unreadable(c, traffic);
            Optional<String> unplaceable = unplaceable(c);
            if (unplaceable.isPresent()) {
                leftOut.add(new LeftOut(Why.UNSTATABLE, c.toString(), unplaceable.get(), traffic.count(),
                        traffic.flows().frames()));
            } else if (c.inspected()) {
                inspected(c, traffic, asked.getOrDefault(c, List.of()), scans);
            } else {
                plain(c, traffic, scans, plainRules);
            }
        }
        seen.besides.keys(Observations.Times.ORDER).forEach(side -> {
            Observations.Times times = seen.besides.find(side);
            if (times != null) {
                leftOut.add(new LeftOut(Why.BESIDE, "", side.what(), times.count(), times.span().frames()));
            }
        });
        leftOut.sort(Comparator.comparing(LeftOut::why).thenComparing(LeftOut::who)
                .thenComparing(Comparator.comparingLong(LeftOut::count).reversed()).thenComparing(LeftOut::what));
        return new PolicyWriter(seen, options, drafts, leftOut).proposal(allowed);
    }

    private Map<Conversation, List<Asking>> asked() {
        Map<Conversation, List<Asking>> asked = new LinkedHashMap<>();
        for (Shape.Key key : seen.shapes.keys(Comparator.comparing(Shape.Key::conversation, Conversation.ORDER)
                .thenComparing(Shape.Key::shape, Shape.ORDER))) {
            Tally tally = seen.shapes.find(key);
            Traffic traffic = seen.traffic.find(key.conversation());
            if (tally != null && traffic != null) {
                asked.computeIfAbsent(key.conversation(), _ -> new ArrayList<>())
                        .add(Asking.of(key.shape(), tally, traffic));
            }
        }
        return asked;
    }

    /** Why no conduit can lead from one to the other. */
    private static Optional<String> unplaceable(Conversation c) {
        if (c.client().equals(c.server())) {
            return Optional.of("client and server have one address");
        }
        for (Host host : List.of(c.client(), c.server())) {
            if (Addresses.address(host.text()) instanceof Parsed.No<?>) {
                return Optional.of(host.text() + " is not the address of one device");
            }
        }
        return Optional.empty();
    }

    private void unreadable(Conversation c, Traffic traffic) {
        traffic.unreadable().forEach((why, span) -> leftOut
                .add(new LeftOut(Why.UNREADABLE, c.toString(), "messages: " + why, span.count(), span.frames())));
    }

    private void inspected(Conversation c, Traffic traffic, List<Asking> askings, Scans scans) {
        Protocol protocol = Protocols.named(c.protocol()).orElseThrow();
        if (askings.isEmpty()) {
            if (traffic.answered() == 0) {
                dead(c, traffic, scans);
            } else {
                leftOut.add(new LeftOut(Why.CONNECTED, c.toString(), "flows", traffic.flows().count(),
                        traffic.flows().frames()));
            }
            return;
        }
        new ConversationRules(seen, options, protocol.vocabulary(), c, scans.isScan(c),
                new ConversationRules.Outcome() {
                    @Override
                    public void rule(RuleDraft rule) {
                        drafts.computeIfAbsent(c, _ -> new ArrayList<>()).add(rule);
                    }

                    @Override
                    public void allowed(Shape shape) {
                        allowed.computeIfAbsent(c, _ -> new HashSet<>()).add(shape);
                    }

                    @Override
                    public void leftOut(Why why, Asking a) {
                        boolean vain = why == Why.REFUSED || why == Why.UNANSWERED;
                        if (!vain || !scans.isTold(c)) {
                            leave(why, a, a.does());
                        }
                    }

                    @Override
                    public void conflicting(String why, Asking a) {
                        leave(Why.CONFLICTING, a, a.does() + ": the conduit " + why);
                    }

                    private void leave(Why why, Asking a, String what) {
                        Span span = a.tally().span();
                        leftOut.add(new LeftOut(why, c.toString(), what, span.count(), span.frames()));
                    }
                }).make(askings);
    }

    private void dead(Conversation c, Traffic traffic, Scans scans) {
        if (!scans.isScan(c)) {
            leftOut.add(new LeftOut(Why.DEAD, c.toString(), "flows", traffic.flows().count(),
                    traffic.flows().frames()));
        }
    }

    private void plain(Conversation c, Traffic traffic, Scans scans, Map<Host, Integer> rules) {
        if (traffic.answered() == 0) {
            dead(c, traffic, scans);
            return;
        }
        long least = scans.isScan(c) ? Scans.HABIT : options.least();
        boolean habit = traffic.answered() >= least || (!scans.isScan(c) && traffic.packets() >= PACKETS);
        if (!habit || rules.merge(c.client(), 1, Integer::sum) > MOST_PLAIN) {
            leftOut.add(new LeftOut(Why.SELDOM, c.toString(), habit ? "flows; too many services" : "flows",
                    traffic.flows().count(), traffic.flows().frames()));
            return;
        }
        Map<String, List<String>> keys = new LinkedHashMap<>();
        keys.put("do", List.of(c.transport() == Conversation.TCP
                ? "tcp"
                : c.transport() == Conversation.UDP ? "udp" : "ping"));
        if (c.port() > 0 || c.transport() == Conversation.TCP || c.transport() == Conversation.UDP) {
            keys.put("port", List.of(Integer.toString(c.port())));
        }
        drafts.computeIfAbsent(c, _ -> new ArrayList<>()).add(new RuleDraft('p', keys, Optional.empty(),
                traffic.flows(), -1, List.of(traffic.packets() + " packets, " + traffic.octets() + " bytes in "
                        + traffic.flows().count() + " flows; not looked into"),
                false,
                List.of(new Example(c.service(), traffic.flows().count()))));
    }
}
