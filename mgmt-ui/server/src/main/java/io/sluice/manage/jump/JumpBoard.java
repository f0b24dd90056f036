package io.sluice.manage.jump;

import io.sluice.broker.Tally;
import io.sluice.manage.Refused;
import io.sluice.manage.identity.Role;
import io.sluice.rules.policy.Asset;
import io.sluice.rules.policy.SessionRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What people see of jump sessions: what may be asked for, what a request comes to, how sessions stand, and what each may do. */
public final class JumpBoard {
    private final JumpSessions sessions;
    private final JumpDesk desk;

    public JumpBoard(JumpSessions sessions) {
        this.sessions = sessions;
        this.desk = sessions.desk();
    }

    /**
     * What a rule offers.
     *
     * @param why the person may not ask for it now; empty: it may
     */
    public record Offered(String rule, List<Place> places, Terms terms, String why) {}

    /** A device that may be asked for. */
    public record Place(Target target, String zone, String protocol, int port, List<String> ceiling) {}

    /** Of rules that are not for the person's groups, nothing is told. */
    public List<Offered> offers(Person person, String address) throws Refused {
        Ceiling ceiling = desk.ceiling();
        List<Offered> offers = new ArrayList<>();
        for (SessionRule rule : ceiling.policy().policy().sessions().values()) {
            if (person.groups().contains(rule.who().group())) {
                Terms terms = Terms.of(rule, ceiling.policy().policy());
                String why = Eligibility.objection(person, terms).or(() -> Eligibility.objection(address, terms))
                        .orElse("");
                offers.add(new Offered(rule.name(),
                        ceiling.targets(rule).stream().map(t -> place(t, ceiling)).toList(), terms, why));
            }
        }
        return offers;
    }

    private static Place place(Target target, Ceiling ceiling) {
        return new Place(target, ceiling.asset(target.asset()).map(Asset::zone).orElse(""), ceiling.protocol(target),
                ceiling.port(target), ceiling.most(target.conduit()));
    }

    /** What a request comes to, were it approved now. */
    public record Preview(Terms terms, Slot slot, List<Permissions> permissions) {}

    /** The terms of a rule, for a person who may ask by it or approve what was asked by it. */
    public Terms terms(Person person, String rule) throws Refused {
        Ceiling ceiling = desk.ceiling();
        Terms terms = Terms.of(ceiling.rule(rule), ceiling.policy().policy());
        if (!person.groups().contains(terms.group()) && !person.groups().contains(terms.approvers())) {
            throw Refused.notFound("the policy that judges now offers you no sessions `" + rule + "`");
        }
        return terms;
    }

    public Preview preview(Person person, String rule, Wish wish) throws Refused {
        Terms terms = terms(person, rule);
        Request draft = desk.draft(person.id(), rule, wish);
        Offer offer = draft.asked();
        return new Preview(terms, terms.slot(offer.start(), offer.duration(), desk.now()),
                desk.ceiling().permissions(offer, offer.rules()));
    }

    /** A session as one person sees it. */
    public record Seen(Jump jump, Activity activity, String personName, List<Permissions> permissions,
            boolean connected, Tally tally, Function<String, List<String>> doors, List<String> may, String trouble) {}

    public List<Seen> list(Person viewer, boolean over, int most) {
        String whose = seesAll(viewer) ? "" : viewer.id();
        Optional<Ceiling> ceiling = ceiling();
        return desk.list(whose, over, most).stream().map(kept -> seen(kept, viewer, ceiling)).toList();
    }

    public Seen find(Person viewer, String id) throws Refused {
        JumpStore.Kept kept = desk.live(id).map(l -> new JumpStore.Kept(l.jump(), l.activity()))
                .or(() -> desk.store().find(id))
                .orElseThrow(() -> Refused.notFound("there is no session `" + id + "`"));
        if (!seesAll(viewer) && !kept.jump().person().equals(viewer.id())) {
            throw Refused.notFound("there is no session `" + id + "`");
        }
        return seen(kept, viewer, ceiling());
    }

    /** Whether others' sessions are a person's business. */
    private static boolean seesAll(Person person) {
        return person.has(Role.APPROVER) || person.has(Role.OBSERVER) || person.has(Role.OPERATOR)
                || person.has(Role.AUDITOR) || person.has(Role.ADMINISTRATOR);
    }

    private Optional<Ceiling> ceiling() {
        try {
            return Optional.of(desk.ceiling());
        } catch (Refused e) {
            return Optional.empty();
        }
    }

    private Seen seen(JumpStore.Kept kept, Person viewer, Optional<Ceiling> ceiling) {
        Jump jump = kept.jump();
        Optional<Live> live = desk.live(jump.id());
        Map<String, String> rules = live.map(Live::rules).filter(r -> !r.isEmpty()).orElse(jump.offer().rules());
        List<Permissions> permissions = ceiling.map(c -> c.permissions(jump.offer(), rules)).orElse(List.of());
        return new Seen(jump, kept.activity(), desk.nameOf(jump.person()).orElse(jump.person()), permissions,
                live.filter(l -> !l.connections().isEmpty()).isPresent(), live.map(Live::tally).orElse(Tally.NOTHING),
                visit -> live.map(l -> sessions.doors(l, visit)).orElse(List.of()), may(jump, viewer),
                live.filter(l -> jump.isOpen(desk.now())).map(Live::trouble).orElse(""));
    }

    /** The words of the API document for what a person may do with a session now. */
    private List<String> may(Jump jump, Person viewer) {
        Instant now = desk.now();
        boolean own = jump.person().equals(viewer.id());
        boolean requester = own && viewer.has(Role.REQUESTER);
        List<String> may = new ArrayList<>();
        if (jump.end() != null) {
            return may;
        }
        boolean approver = mayApprove(jump, viewer, now);
        if (jump.slot() == null && approver) {
            may.add("approve");
            may.add("deny");
        }
        JumpState state = jump.state(now, false);
        if (requester && (state == JumpState.PENDING || state == JumpState.SCHEDULED)) {
            may.add("withdraw");
        }
        if (jump.isOpen(now)) {
            open(jump, requester, approver, may);
        }
        if (jump.slot() != null && (requester || JumpDesk.mayEnd(viewer))) {
            may.add("end");
        }
        return List.copyOf(may);
    }

    private void open(Jump jump, boolean requester, boolean approver, List<String> may) {
        if (requester && sessions.listening().isPresent()) {
            may.add("connect");
        }
        boolean toApproved = jump.access() != jump.offer().access();
        boolean toAsked = approver && jump.terms().count() == 1
                && jump.offer().access() != jump.request().asked().access();
        if (((requester || approver) && toApproved) || toAsked) {
            may.add("step-up");
        }
        if ((requester || approver) && jump.access() != Access.READ) {
            may.add("step-down");
        }
    }

    private static boolean mayApprove(Jump jump, Person viewer, Instant now) {
        try {
            Eligibility.requireApprover(viewer, jump, now);
            return true;
        } catch (Refused e) {
            return false;
        }
    }
}
