package io.sluice.manage.jump;

import io.sluice.broker.Gateway;
import io.sluice.broker.GatewayCounts;
import io.sluice.broker.GatewayLimits;
import io.sluice.broker.GatewaySettings;
import io.sluice.broker.Passage;
import io.sluice.manage.Diary;
import io.sluice.manage.Refused;
import io.sluice.manage.firewall.FirewallLink;
import io.sluice.manage.firewall.PolicyDesk;
import io.sluice.manage.identity.Accounts;
import io.sluice.manage.settings.ManageSettings;
import io.sluice.manage.settings.ManageSettings.Broker;
import io.sluice.manage.store.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All that has to do with jump sessions, put together; without a broker in the settings nobody can connect. */
public final class JumpSessions implements AutoCloseable {
    private final JumpDesk desk;
    private final OwnKeys keys;
    private final OneTimePasswords passwords = new OneTimePasswords();
    private final Journal journal;
    private final Visitors visitors;
    private final Caretaker caretaker;
    private final Optional<Broker> broker;
    private final @Nullable Gateway gateway;

    /** What else of the server it needs. */
    public record Surroundings(Store store, FirewallLink firewall, PolicyDesk policies, Accounts accounts, Diary diary,
            InstantSource clock, Consumer<String> report) {}

    private JumpSessions(ManageSettings settings, Surroundings around) throws IOException {
        Grants grants = new Grants(around.firewall());
        GrantKeeper keeper = new GrantKeeper(grants);
        journal = new Journal(around.diary());
        keys = new OwnKeys(around.store(), around.diary(), around.clock());
        desk = new JumpDesk(new JumpStore(around.store()), new PolicyInForce(around.policies()), keeper,
                around.accounts(), journal, around.clock());
        desk.onEnd(live -> passwords.forget(live.jump().id()));
        visitors = new Visitors(desk, journal);
        caretaker = new Caretaker(desk, grants, journal, around.report());
        broker = settings.broker();
        gateway = broker.isPresent() ? gateway(settings, broker.get(), grants) : null;
        listening().ifPresent(at -> around.report().accept("jump sessions are connected at "
                + at.address().getAddress().getHostAddress() + " port " + at.address().getPort() + ", host key "
                + at.fingerprint()));
        caretaker.start();
    }

    /**
     * Begins to look after sessions, and to listen where the settings say so.
     *
     * @throws IOException with a sentence: the broker's address or key cannot be used
     */
    public static JumpSessions start(ManageSettings settings, Surroundings around) throws IOException {
        return new JumpSessions(settings, around);
    }

    private Gateway gateway(ManageSettings settings, Broker broker, Grants grants) throws IOException {
        Path folder = settings.data().resolve("broker");
        java.nio.file.Files.createDirectories(folder);
        GatewaySettings wanted = new GatewaySettings(
                new InetSocketAddress(InetAddress.getByName(broker.listen().address()), broker.listen().port()),
                folder.resolve("host_key"), Optional.of(folder.resolve("recordings")), GatewayLimits.DEFAULT);
        return Gateway.start(wanted, new Entrance(desk, passwords, keys, visitors,
                new JumpAddresses(broker.jumpInterface()), grants));
    }

    public JumpDesk desk() {
        return desk;
    }

    public OwnKeys keys() {
        return keys;
    }

    /** Where the broker listens and how it is known; empty: there is none. */
    public Optional<Listening> listening() {
        return gateway == null
                ? Optional.empty()
                : Optional.of(new Listening(gateway.address(), gateway.fingerprint()));
    }

    /** What became of those who came to the gateway; empty: there is none. */
    public Optional<GatewayCounts> counts() {
        return gateway == null ? Optional.empty() : Optional.of(gateway.counts());
    }

    /** A broker that runs. */
    public record Listening(InetSocketAddress address, String fingerprint) {}

    /**
     * A new one-time password for an own open session, and the command.
     *
     * @param site host by which the person's browser reached this server
     */
    public Command connect(Person person, String id, String address, String site) throws Refused {
        Listening at = listening().orElseThrow(() -> Refused.unavailable("no-broker", "the broker does not run: the"
                + " settings of this server have no `broker`"));
        synchronized (desk) {
            Live live = desk.find(id);
            Jump jump = live.jump();
            if (!jump.person().equals(person.id())) {
                throw Refused.of(403, "not-yours", "this is the session of somebody else");
            }
            JumpDesk.require(person, address, jump.terms());
            jump.requireOpen(desk.now());
            var trouble = live.opened().isEmpty() ? desk.open(live, person.id()) : Optional.<Grants.Said.No>empty();
            if (trouble.isPresent()) {
                throw Refused.unavailable(trouble.get().code(), trouble.get().sentence());
            }
            Slot slot = jump.slot();
            OneTimePasswords.Password password = passwords.make(id, desk.now(),
                    slot == null ? desk.now() : slot.ends());
            journal.note("command", person.id(), jump, "address", address);
            return new Command(id, host(at, site), at.address().getPort(), password.text(), password.expires(),
                    at.fingerprint(), LocalPorts.of(jump.offer().targets(), desk.ceiling()));
        }
    }

    private String host(Listening at, String site) {
        Optional<String> named = broker.flatMap(Broker::name);
        boolean everywhere = at.address().getAddress().isAnyLocalAddress();
        return named.orElse(everywhere ? site : at.address().getAddress().getHostAddress());
    }

    /** Of a connection that stands, which devices it reaches. */
    public List<String> doors(Live live, String visit) {
        Map<Integer, Passage> passages = live.connection(visit).map(visitors::passages).orElse(Map.of());
        return passages.values().stream().map(p -> p.door().name()).sorted().toList();
    }

    @Override
    public void close() {
        caretaker.close();
        if (gateway != null) {
            gateway.close();
        }
        visitors.close();
    }
}
