package io.sluice.manage.firewall;

import io.sluice.dissect.Protocol;
import io.sluice.manage.Refused;
import io.sluice.manage.event.Event;
import io.sluice.manage.event.Judgement.Verdict;
import io.sluice.manage.firewall.Requested.Item;
import io.sluice.rules.analyze.Explanation;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Rate;
import io.sluice.rules.policy.Rule;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Makes of a refused message the narrowest change of the policy that would allow it, put into the policy that judges now. */
public final class RuleProposals {
    /** What the journal says of requests that rules would allow at another time. */
    private static final String RATE_USED_UP = "its rate is used up";
    private static final String WINDOW_CLOSED = "its window is closed";
    private static final String OTHER_CONNECTION = "the conduit demands another ";
    private static final long MOST_RATE = 1_000_000;
    private static final long SECOND = 1_000_000_000L;

    private final PolicyDesk desk;

    public RuleProposals(PolicyDesk desk) {
        this.desk = desk;
    }

    /** What the policy lacks. */
    public enum Kind {
        /** Rules in a conduit that is there. */
        RULE,
        /** A conduit, and perhaps names for its ends. */
        CONDUIT,
        /** Another rate for a rule that is there. */
        RATE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A change and where it stands.
     *
     * @param rule what is added, or the rate that is changed; YAML
     * @param yaml the policy with it
     * @param line of its first line, from 1
     * @param note what to think of before it is applied
     */
    public record Proposal(Kind kind, String conduit, String rule, String yaml, int line, String note) {}

    public Proposal of(Event event) throws Refused {
        return of(desk.judging(), event);
    }

    static Proposal of(PolicyText.Sound policy, Event event) throws Refused {
        if (event.judgement().verdict() != Verdict.DENY || event.answer()) {
            throw Refused.of(422, "nothing-refused", "this is no refused request, so no rule is needed for it");
        }
        if (event.deed().text().isEmpty() || !event.repeated().equals(Event.Repeated.NONE)) {
            throw Wanted.noWords(event, "only requests, one by one, become rules");
        }
        Wanted wanted = Wanted.of(policy, event);
        List<Item> items = wanted.items();
        Optional<Protocol> inspectable = wanted.inspectable();
        if (inspectable.isPresent()) {
            return opened(wanted, inspectable.get());
        }
        if (wanted.passesUninspected()) {
            throw Refused.conflict("allowed-already", "the policy that judges now lets everything on port "
                    + wanted.port() + " pass between these two, uninspected");
        }
        List<Item> missing = wanted.missing(items);
        return missing.isEmpty() ? allowedInWords(wanted, items) : rules(wanted, missing);
    }

    private static Proposal rules(Wanted wanted, List<Item> missing) throws Refused {
        NarrowRules narrow = NarrowRules.of(missing, wanted.wholeNumbers(), freeIds(wanted));
        Optional<Conduit> there = wanted.conduit();
        ProposalNote note = new ProposalNote(wanted).rules(narrow, missing);
        if (there.isPresent()) {
            PolicyEdits edits = new PolicyEdits(wanted.policy().yaml());
            edits.allow(there.get().name(), narrow.rules());
            PolicyEdits.Edited edited = edits.edited();
            requireAllowed(wanted, edited, missing, narrow.rules());
            return new Proposal(Kind.RULE, there.get().name(), String.join("\n", narrow.rules()), edited.yaml(),
                    edited.line(), note.conduit(there.get()).text(edited.yaml()));
        }
        NewConduit conduit = new NewConduit(wanted, wanted.protocol(), narrow.rules());
        PolicyEdits.Edited edited = conduit.in(wanted.policy().yaml());
        requireAllowed(wanted, edited, missing, List.of(conduit.text()));
        return new Proposal(Kind.CONDUIT, conduit.name(), conduit.text(), edited.yaml(), edited.line(),
                note.names().text(edited.yaml()));
    }

    /** A connection to a port where an inspected protocol lives: what is asked over it is not known yet. */
    private static Proposal opened(Wanted wanted, Protocol protocol) throws Refused {
        if (wanted.relation(wanted.policy(), wanted.from().place(), wanted.to().place())
                .service(wanted.transport().number(), wanted.port()) != null) {
            throw Refused.conflict("allowed-already", "such connections may be opened by now; what is asked over them"
                    + " is judged request by request");
        }
        NewConduit conduit = new NewConduit(wanted, Optional.of(protocol), List.of());
        PolicyEdits.Edited edited = conduit.in(wanted.policy().yaml());
        sound(edited, conduit.text());
        return new Proposal(Kind.CONDUIT, conduit.name(), conduit.text(), edited.yaml(), edited.line(),
                new ProposalNote(wanted).opened(protocol).names().text(edited.yaml()));
    }

    private static Proposal allowedInWords(Wanted wanted, List<Item> items) throws Refused {
        Optional<Rule> rule = wanted.allowing(items);
        String by = rule.map(r -> " by rule `" + r.id() + "` in line " + r.position().line()).orElse("");
        String detail = wanted.event().judgement().detail();
        if (detail.equals(RATE_USED_UP) && rule.flatMap(Rule::rate).isPresent()) {
            return rate(wanted, rule.get(), rule.flatMap(Rule::rate).get());
        }
        if (detail.equals(WINDOW_CLOSED) && rule.flatMap(Rule::window).isPresent()) {
            throw Refused.conflict("window-closed", "it is allowed" + by + ", while window `"
                    + rule.flatMap(Rule::window).get() + "` is open; another rule would only undo the window: if its"
                    + " hours are wrong, change those by hand");
        }
        if (detail.startsWith(OTHER_CONNECTION)) {
            throw Refused.conflict("connection", "what was asked is allowed" + by + ", but not over such a connection: "
                    + detail + "; change the device's settings, or `channel` of the conduit by hand");
        }
        throw Refused.conflict("allowed-already", "the policy that judges now allows this already" + by);
    }

    /** Refusals do not tell how often a device asks, so twice as often is only a step. */
    private static Proposal rate(Wanted wanted, Rule rule, Rate rate) throws Refused {
        String unit = rate.nanos() == SECOND ? "s" : rate.nanos() == 60 * SECOND ? "min" : "h";
        if (2 * rate.tokens() > MOST_RATE || 2 * rate.burst() > MOST_RATE) {
            throw Refused.of(422, "by-hand", "rule `" + rule.id() + "` has the greatest rate already; leave its `rate`"
                    + " out by hand, if it is to have none");
        }
        String wider = text(2 * rate.tokens(), unit, 2 * rate.burst());
        String conduit = wanted.policy().policy().conduits().values().stream().filter(c -> c.rules().contains(rule))
                .map(Conduit::name).findFirst().orElseThrow();
        PolicyEdits edits = new PolicyEdits(wanted.policy().yaml());
        edits.rate(conduit, rule.id(), wider);
        PolicyEdits.Edited edited = edits.edited();
        sound(edited, "rate: " + wider);
        return new Proposal(Kind.RATE, conduit, "rate: " + wider, edited.yaml(), edited.line(), new ProposalNote(wanted)
                .rate(rule, text(rate.tokens(), unit, rate.burst())).text(edited.yaml()));
    }

    private static String text(long tokens, String unit, long burst) {
        return tokens + "/" + unit + (burst == tokens ? "" : " burst " + burst);
    }

    private static IntFunction<String> freeIds(Wanted wanted) {
        return n -> IntStream.iterate(1, i -> i + 1).mapToObj(i -> "added-" + i)
                .filter(id -> Explainer.rule(wanted.policy().policy(), id).isEmpty()).skip(n).findFirst()
                .orElseThrow();
    }

    private static PolicyText.Sound sound(PolicyEdits.Edited edited, String addition) throws Refused {
        return switch (PolicyText.of(edited.yaml())) {
            case PolicyText.Sound sound -> sound;
            case PolicyText.Unsound unsound -> throw Refused.of(422, "by-hand", "this does not fit into the policy by"
                    + " itself: " + unsound.problems().stream().map(p -> p.text()).findFirst().orElse("") + "; what"
                    + " is missing is: " + addition);
        };
    }

    private static void requireAllowed(Wanted wanted, PolicyEdits.Edited edited, List<Item> missing,
            List<String> addition) throws Refused {
        PolicyText.Sound sound = sound(edited, String.join(", ", addition));
        for (Item item : missing) {
            Optional<Explanation> then = wanted.then(sound, item);
            if (then.filter(Explanation::allowed).isPresent()) {
                continue;
            }
            // A deny of the whole port speaks only where it is inspected.
            if (then.flatMap(Explanation::rule).isPresent()) {
                throw wanted.denied(then.flatMap(Explanation::rule).get());
            }
            throw Refused.of(422, "by-hand", "a rule alone does not allow this; the connection is not as a conduit"
                    + " demands: " + then.map(e -> e.lines().getLast()).orElse(""));
        }
    }
}
