package io.sluice.manage.route;

import io.sluice.manage.Diary;
import io.sluice.manage.Refused;
import io.sluice.manage.alerts.Alert;
import io.sluice.manage.alerts.Watch;
import io.sluice.manage.assets.InventoryLimits;
import io.sluice.manage.assets.Vendors;
import io.sluice.manage.firewall.Captures;
import io.sluice.manage.firewall.Drafts;
import io.sluice.manage.firewall.EventHub;
import io.sluice.manage.firewall.Explainer;
import io.sluice.manage.firewall.FirewallLink;
import io.sluice.manage.firewall.JournalAudit;
import io.sluice.manage.firewall.PolicyDesk;
import io.sluice.manage.firewall.PolicyNotes;
import io.sluice.manage.firewall.Replays;
import io.sluice.manage.firewall.RuleProposals;
import io.sluice.manage.firewall.StatusWatch;
import io.sluice.manage.http.Contract;
import io.sluice.manage.http.Operations;
import io.sluice.manage.http.ServerCertificate;
import io.sluice.manage.identity.Account;
import io.sluice.manage.identity.Identities;
import io.sluice.manage.identity.ProviderAccounts;
import io.sluice.manage.identity.ProviderSignIn;
import io.sluice.manage.identity.Role;
import io.sluice.manage.index.EventIndex;
import io.sluice.manage.index.IndexException;
import io.sluice.manage.index.IndexSettings;
import io.sluice.manage.index.IndexState;
import io.sluice.manage.index.TimeRange;
import io.sluice.manage.jump.JumpSessions;
import io.sluice.manage.query.Condition;
import io.sluice.manage.route.StatusView.Beside;
import io.sluice.manage.route.StatusView.Index;
import io.sluice.manage.route.StatusView.Task;
import io.sluice.manage.settings.ManageSettings;
import io.sluice.manage.store.Store;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** All parts that serve operations, put together. */
public final class Routes implements Operations.Part, AutoCloseable {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final List<Operations.Part> served;
    private final ManageSettings settings;
    private final Identities identities;
    private final StatusWatch watch;
    private final EventIndex index;
    private final Watch alerts;
    private final PolicyNames names;
    /** Of the firewall's journal, as it said last. */
    private volatile long entries;
    private long started;

    public Routes(ManageSettings settings, ServerCertificate certificate, Contract contract, Store store,
            FirewallLink firewall, StatusWatch watch, Identities identities, Diary diary, String version,
            InstantSource clock, Consumer<String> report) throws IOException {
        this.settings = settings;
        this.identities = identities;
        this.watch = watch;
        PolicyDesk desk = new PolicyDesk(firewall);
        JumpSessions jumps = kept(JumpSessions.start(settings, new JumpSessions.Surroundings(store, firewall, desk,
                identities.accounts(), diary, clock, report)));
        OwnMetrics metrics = new OwnMetrics(identities.passwords(), jumps);
        Filters filters = new Filters(desk, watch, clock);
        index = kept(index(settings));
        StateRoutes state = new StateRoutes(watch, desk, index, this::beside, clock);
        EventHub hub = kept(new EventHub(firewall));
        hub.start();
        LiveRoutes live = new LiveRoutes(hub, watch, state, filters);
        Outlets outlets = kept(new Outlets(settings.watching(), firewall, filters::now));
        alerts = kept(Watch.open(settings.journal(), settings.data().resolve("watch.json"), InventoryLimits.DEFAULT,
                settings.watching().alerts(),
                alert -> {
                    live.alert(AlertRoutes.AlertView.of(alert));
                    outlets.alert(alert);
                }));
        outlets.follow(alerts);
        alerts.start();
        kept(watch.listen(this::compareAfterStart)::run);
        names = new PolicyNames(desk, watch);
        Captures captures = new Captures(store, settings.data(), settings.largestCapture(), clock);
        Replays replays = kept(new Replays(captures, desk, settings.data()));
        List<String> providers = settings.provider().map(p -> List.of(p.name())).orElse(List.of());
        Optional<ProviderSignIn> provider = settings.provider().isPresent()
                ? Optional.of(kept(new ProviderSignIn(settings.provider().get(), new ProviderAccounts(store,
                        identities.accounts(), identities.sessions()), identities.signIn(), diary, clock)))
                : Optional.empty();
        served = List.of(new ProviderRoutes(provider, settings.site()),
                new SessionRoutes(identities.accounts(), identities.sessions(), identities.signIn(),
                        identities.invitations(), new SessionRoutes.Surroundings(providers,
                                settings.secondFactorDemanded(), version, clock)),
                new AccountRoutes(identities.accounts(), identities.sessions(), identities.own()),
                new UserRoutes(identities.users(), clock), state,
                new JumpRoutes(jumps, filter -> count(filters, filter), clock),
                new KeyRoutes(jumps.keys(), identities.own()),
                new PolicyRoutes(desk, new Drafts(store, clock), new PolicyNotes(store, clock), watch, diary),
                new TrafficRoutes(index, filters, clock),
                new WhyRoutes(index, new Explainer(desk), new RuleProposals(desk)),
                live, new ReplayRoutes(captures, replays, diary),
                new AssetRoutes(alerts, names, outlets::ask, vendors(settings, report), diary),
                new AlertRoutes(alerts, names, diary, clock),
                new AuditRoutes(kept(new JournalAudit(settings.journal(), clock)), diary),
                new SettingsRoutes(settings, certificate, store.description(), contract, firewall, metrics::text,
                        outlets::status, outlets.mayAsk()));
    }

    /** How many messages a filter names; 0 where the index cannot tell now. */
    private long count(Filters filters, String filter) {
        try {
            Condition condition = filters.condition(filter);
            return TrafficRoutes.ask(c -> index.total(condition, TimeRange.ALL, c)).counts().allowed();
        } catch (Refused e) {
            return 0;
        }
    }

    @Override
    public void register(Operations operations) {
        served.forEach(operations::with);
    }

    private <T extends AutoCloseable> T kept(T part) {
        parts.push(part);
        return part;
    }

    private static Vendors vendors(ManageSettings settings, Consumer<String> report) throws IOException {
        if (settings.watching().vendors().isEmpty()) {
            return Vendors.NONE;
        }
        Path file = settings.watching().vendors().get();
        Vendors vendors = Vendors.read(file);
        vendors.complaint().ifPresent(sentence -> report.accept("in the list of vendors `" + file + "` " + sentence));
        return vendors;
    }

    private static EventIndex index(ManageSettings settings) throws IOException {
        try {
            return EventIndex.open(IndexSettings.in(settings.data().resolve("index"), settings.journal()));
        } catch (IndexException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** A firewall that was started again may have cut its journal, or begun another. */
    private void compareAfterStart(StatusWatch.Seen seen) {
        seen.status().ifPresent(s -> {
            if (started != 0 && s.getStartedNanos() != started) {
                index.compareAgain();
            }
            started = s.getStartedNanos();
        });
    }

    private Beside beside() {
        IndexState now = index.state();
        watch.last().status().ifPresent(s -> entries = s.getJournal().getEntries());
        String state = now.alarm() != null
                ? "stopped"
                : now.current()
                        ? "current"
                        : now.rebuilt() != null
                                ? "rebuilding"
                                : "catching-up";
        int open = alerts.alerts().count(Alert.State.OPEN);
        return new Beside(new Index(state, Math.max(0, now.position() - Math.max(0, now.oldest())),
                now.behind(entries), now.alarm()), open, tasks());
    }

    /** What is still to set up. */
    private List<Task> tasks() {
        List<Account> accounts = identities.accounts().all();
        boolean enforces = watch.last().status().filter(s -> s.getActive().getMode().equals("enforce")).isPresent();
        return List.of(new Task("policy", watch.last().status().isPresent()),
                new Task("second-factor", !accounts.isEmpty() && accounts.stream()
                        .filter(a -> a.enabled() && a.password().isPresent()).allMatch(Account::hasTotp)),
                new Task("second-administrator",
                        accounts.stream().filter(a -> a.enabled() && a.has(Role.ADMINISTRATOR)).count() > 1),
                new Task("enforce", enforces), new Task("certificate", settings.certificate().isPresent()));
    }

    /** Whatever one part has to complain of, the others are closed: an index that is not would be built anew. */
    @Override
    public void close() throws IOException {
        Exception first = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw new IOException(first);
        }
    }
}
