package io.sluice.manage.jump;

import io.sluice.broker.Connection;
import io.sluice.broker.Ending;
import io.sluice.manage.Refused;
import io.sluice.manage.identity.Account;
import io.sluice.manage.identity.Accounts;
import io.sluice.manage.identity.Role;
import io.sluice.manage.identity.Secrets;
import io.sluice.manage.jump.End.Why;
import io.sluice.manage.jump.Grants.Said;
import io.sluice.rules.policy.SessionRule;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What people do with jump sessions. Each step is decided by what the session and the policy are at that moment, kept in
 * the store, written into the journal, and brought to the firewall and to whoever is connected. An end comes to those who
 * are connected first.
 */
public final class JumpDesk {
    private static final int MOST_PENDING = 20;
    private static final int LONGEST_PREFIX = 12;

    private final JumpStore store;
    private final PolicyInForce policy;
    private final GrantKeeper keeper;
    private final Accounts accounts;
    private final Journal journal;
    private final InstantSource clock;
    private final Map<String, Live> live = new ConcurrentHashMap<>();
    private volatile Consumer<Live> ended = _ -> {
    };

    JumpDesk(JumpStore store, PolicyInForce policy, GrantKeeper keeper, Accounts accounts, Journal journal,
            InstantSource clock) {
        this.store = store;
        this.policy = policy;
        this.keeper = keeper;
        this.accounts = accounts;
        this.journal = journal;
        this.clock = clock;
        for (JumpStore.Kept kept : store.live()) {
            Activity activity = kept.activity().allLeft(clock.instant());
            live.put(kept.jump().id(), new Live(kept.jump(), activity, Map.of()));
        }
    }

    /** Hears of each session that ends. */
    void onEnd(Consumer<Live> listener) {
        ended = listener;
    }

    Instant now() {
        return clock.instant();
    }

    Ceiling ceiling() throws Refused {
        return policy.now();
    }

    List<Live> live() {
        return live.values().stream()
                .sorted(Comparator.comparing((Live l) -> l.jump().request().at()).reversed()).toList();
    }

    Optional<Live> live(String id) {
        return Optional.ofNullable(live.get(id));
    }

    JumpStore store() {
        return store;
    }

    public Person person(String id) throws Refused {
        return findPerson(id).orElseThrow(() -> Refused.of(403, "role-missing", "this account is gone"));
    }

    Optional<Person> findPerson(String id) {
        return accounts.find(id).map(Person::of);
    }

    Optional<String> nameOf(String id) {
        return accounts.find(id).map(Account::name);
    }

    /** Makes an offer of a request, without keeping anything. */
    Request draft(String person, String ruleName, Wish wish) throws Refused {
        Ceiling ceiling = policy.now();
        SessionRule rule = ceiling.rule(ruleName);
        Terms terms = Terms.of(rule, ceiling.policy().policy());
        Instant now = now();
        return new Request("", person, ruleName, "", "", now, terms, new Narrowing(ceiling).asked(rule, terms, wish,
                now));
    }

    /**
     * Somebody asks for a session.
     *
     * @param address from where
     */
    public synchronized String request(Person person, String address, String ruleName, Wish wish, Reason reason)
            throws Refused {
        Request draft = draft(person.id(), ruleName, wish);
        require(person, address, draft.terms());
        if (reason.text().isBlank()) {
            throw Refused.wrong("a reason is needed: what is to be done, for whoever approves it");
        }
        long waiting = live.values().stream().filter(l -> l.jump().person().equals(person.id())
                && l.jump().slot() == null).count();
        if (waiting >= MOST_PENDING) {
            throw Refused.conflict("too-many",
                    "you have " + MOST_PENDING + " requests that wait already; withdraw some");
        }
        Jump jump = Jump.asked(new Request(newId(ruleName), person.id(), ruleName, reason.text().strip(),
                reason.ticket().strip(), draft.at(), draft.terms(), draft.asked()));
        store.add(jump);
        Live fresh = new Live(jump, Activity.NONE, Map.of());
        live.put(jump.id(), fresh);
        journal.note("requested", person.id(), jump, "targets", Journal.targets(jump.offer()), "access",
                jump.offer().access().word(), "reason", jump.request().reason(), "ticket", jump.request().ticket(),
                "address", address);
        return jump.id();
    }

    /** Why somebody wants it. */
    public record Reason(String text, String ticket) {}

    /** Whether a person may ask for sessions on these terms, or connect into one. */
    static void require(Person person, String address, Terms terms) throws Refused {
        Optional<String> objection = Eligibility.objection(person, terms)
                .or(() -> Eligibility.objection(address, terms));
        if (objection.isPresent()) {
            throw Refused.of(403, "not-eligible", objection.get());
        }
    }

    private String newId(String rule) {
        String prefix = rule.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9].*", "");
        prefix = prefix.isEmpty() ? "jump" : prefix.substring(0, Math.min(prefix.length(), LONGEST_PREFIX));
        for (int bytes = 2;; bytes = Math.min(bytes + 1, 8)) {
            String id = prefix + "-" + HexFormat.of().formatHex(Secrets.bytes(bytes));
            if (!store.exists(id)) {
                return id;
            }
        }
    }

    public synchronized String approve(Person approver, String id, Wish wish, String note) throws Refused {
        Live one = find(id);
        Jump jump = one.jump();
        Instant now = now();
        Eligibility.requireApprover(approver, jump, now);
        Optional<String> objection = Eligibility.objection(person(jump.person()), jump.terms());
        if (objection.isPresent()) {
            throw Refused.conflict("not-eligible", objection.get());
        }
        Offer narrowed = new Narrowing(policy.now()).narrowed(jump.offer(), jump.terms(), wish, now);
        Jump approved = jump.approved(approver.id(), narrowed, note, now);
        Approval given = approved.approvals().getLast();
        journal.note("approved", approver.id(), approved, "access", given.access().word(), "targets",
                Journal.targets(narrowed), "narrowed", Boolean.toString(given.narrowed()), "note", note, "starts",
                approved.slot() == null ? "" : approved.slot().start().toString(), "ends",
                approved.slot() == null ? "" : approved.slot().ends().toString());
        become(one, approved, approver.id());
        return id;
    }

    public synchronized String deny(Person approver, String id, String note) throws Refused {
        Live one = find(id);
        Eligibility.requireApprover(approver, one.jump(), now());
        become(one, one.jump().denied(approver.id(), note, now()), approver.id());
        return id;
    }

    public synchronized String withdraw(Person person, String id) throws Refused {
        Live one = find(id);
        if (!one.jump().person().equals(person.id())) {
            throw Refused.of(403, "not-yours", "only the person who asked takes a request back");
        }
        become(one, one.jump().withdrawn(now()), person.id());
        return id;
    }

    /** Step-up or step-down of an open session. */
    public synchronized String step(Person person, String id, Access wanted, String note) throws Refused {
        Live one = find(id);
        Jump jump = one.jump();
        Instant now = now();
        Jump stepped;
        if (person.id().equals(jump.person())) {
            require(person, "", withoutNetworks(jump.terms()));
            stepped = jump.stepped(wanted, now);
        } else {
            Eligibility.requireApprover(person, jump, now);
            stepped = wanted != Access.READ && wanted == jump.request().asked().access()
                    && wanted != jump.offer().access()
                            ? jump.raised(person.id(), note, now)
                            : jump.stepped(wanted, now);
        }
        Map<String, String> before = one.rules();
        one.become(stepped, inForce(stepped, policy.now()));
        Optional<Said.No> no = keeper.settle(one, person.id(), now);
        if (no.isPresent() && wanted != Access.READ) {
            one.become(jump, before);
            throw Refused.conflict(no.get().code(), no.get().sentence());
        }
        store.keep(stepped, one.activity());
        journal.note("access", person.id(), stepped, "access", stepped.access().word(), "before", jump.access().word(),
                "note", note);
        one.connections().forEach(Connection::amended);
        return id;
    }

    private static Terms withoutNetworks(Terms t) {
        return new Terms(t.group(), t.secondFactor(), List.of(), t.approvers(), t.count(), t.within(), t.shift(),
                t.hours(), t.longest(), t.idle(), t.recorded());
    }

    /** The person who asked, an operator, an approver or an administrator ends a session. */
    public String end(Person person, String id, String note) throws Refused {
        Live one = find(id);
        boolean own = one.jump().person().equals(person.id());
        if (!own && !mayEnd(person)) {
            throw Refused.of(403, "not-yours", "this is the session of somebody else");
        }
        if (one.jump().slot() == null) {
            throw Refused.conflict("not-open", "this request is not approved; deny it, or let it be withdrawn");
        }
        endNow(one, own ? Why.LEFT : Why.REVOKED, person.id(), note);
        return id;
    }

    /** Connections first, without waiting for whatever else goes on here. */
    private void endNow(Live one, Why why, String who, String note) {
        disconnect(one, new End(now(), why, who, note));
        end(one, why, who, note);
    }

    static boolean mayEnd(Person person) {
        return person.has(Role.OPERATOR) || person.has(Role.APPROVER) || person.has(Role.ADMINISTRATOR);
    }

    /** {@return how many} */
    public int endAll(Person person, String note) {
        List<Live> all = live.values().stream().filter(l -> l.jump().slot() != null).toList();
        all.forEach(one -> disconnect(one, new End(now(), Why.ALL, person.id(), note)));
        all.forEach(one -> end(one, Why.ALL, person.id(), note));
        return all.size();
    }

    synchronized void end(Live one, Why why, String who, String note) {
        Jump jump = one.jump();
        if (jump.end() == null) {
            become(one, jump.ended(new End(now(), why, who, note)), who.isEmpty() ? jump.person() : who);
        }
    }

    /** Brings a session into another state, and everybody with it. */
    private void become(Live one, Jump after, String who) {
        Jump before = one.jump();
        Map<String, String> rules = one.rules();
        if (after.isOpen(now()) && rules.isEmpty()) {
            try {
                rules = inForce(after, policy.now());
            } catch (Refused e) {
                rules = Map.of();
            }
        }
        if (after.end() != null && before.end() == null) {
            // Before anything that may take its time, and before the gateway finds by itself that it is over.
            disconnect(one, after.end());
        }
        one.become(after, rules);
        store.keep(after, one.activity());
        if (after.end() != null && before.end() == null) {
            over(one, after.end(), who);
        } else if (after.isOpen(now())) {
            open(one, who);
        }
    }

    private static void disconnect(Live one, End end) {
        Ending ending = switch (end.why()) {
            case TIME, WINDOW -> Ending.EXPIRED;
            case IDLE -> Ending.IDLE;
            case DENIED, EXPIRED, WITHDRAWN, REVOKED, LEFT, ELIGIBILITY, POLICY, FIREWALL, ALL -> Ending.REVOKED;
        };
        one.connections().forEach(c -> c.end(ending, end.text()));
    }

    private void over(Live one, End end, String who) {
        live.remove(one.jump().id());
        // Whoever came in meanwhile.
        disconnect(one, end);
        keeper.settle(one, who, now());
        String type = switch (end.why()) {
            case DENIED -> "denied";
            case EXPIRED -> "expired";
            case WITHDRAWN -> "withdrawn";
            case TIME, WINDOW, IDLE, REVOKED, LEFT, ELIGIBILITY, POLICY, FIREWALL, ALL -> "ended";
        };
        journal.note(type, who, one.jump(), "why", end.why().word(), "note", end.note());
        ended.accept(one);
    }

    /** Opens, or brings up to date, what the firewall permits for it. */
    Optional<Said.No> open(Live one, String who) {
        int before = one.activity().grants().size();
        Optional<Said.No> no = keeper.settle(one, who, now());
        one.trouble(no.map(Said.No::sentence).orElse(""));
        if (one.activity().grants().size() > before) {
            journal.note("opened", one.jump().person(), one.jump(), "targets", Journal.targets(one.jump().offer()),
                    "access", one.jump().access().word(), "grants", String.join(", ", one.activity().grants()));
            store.keep(one.jump(), one.activity());
        }
        return no;
    }

    /** What a session may do now, by conduit. */
    static Map<String, String> inForce(Jump jump, Ceiling ceiling) throws Refused {
        return jump.access() == Access.READ && jump.offer().access() != Access.READ
                ? ceiling.reading(jump.offer().rules())
                : new LinkedHashMap<>(jump.offer().rules());
    }

    Live find(String id) throws Refused {
        Live one = live.get(id);
        if (one == null) {
            throw store.exists(id)
                    ? Refused.conflict("over", "this session is over")
                    : Refused.notFound("there is no session `" + id + "`");
        }
        return one;
    }

    /** Sessions, newest first. */
    List<JumpStore.Kept> list(String person, boolean over, int most) {
        List<JumpStore.Kept> all = new ArrayList<>();
        live().stream().filter(l -> person.isEmpty() || l.jump().person().equals(person))
                .forEach(l -> all.add(new JumpStore.Kept(l.jump(), l.activity())));
        if (over) {
            all.addAll(store.over(person, most));
        }
        return all.stream().limit(most).toList();
    }
}
