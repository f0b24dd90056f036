package io.sluice.manage.jump;

import io.sluice.broker.Binding;
import io.sluice.broker.Connection;
import io.sluice.broker.Door;
import io.sluice.broker.Judging;
import io.sluice.broker.JumpSession;
import io.sluice.broker.Witness;
import io.sluice.control.v1.Refusal;
import io.sluice.manage.Refused;
import io.sluice.manage.jump.Grants.Said;
import io.sluice.manage.jump.Live.Opened;
import io.sluice.rules.Grant;
import io.sluice.rules.policy.Asset;
import io.sluice.rules.policy.Conduit;
import io.sluice.rules.policy.Network;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** One session as the gateway knows it. */
final class SessionAtGateway implements JumpSession {
    private static final String TAKEN = Refusal.Code.BOUND_ELSEWHERE.name().toLowerCase(Locale.ROOT).replace('_', '-');

    private final Live live;
    private final JumpDesk desk;
    private final Visitors visitors;
    private final JumpAddresses addresses;
    private final Grants grants;
    private final Runnable proved;

    /** @param proved called once somebody has proved who they are */
    SessionAtGateway(Live live, JumpDesk desk, Visitors visitors, JumpAddresses addresses, Grants grants,
            Runnable proved) {
        this.live = live;
        this.desk = desk;
        this.visitors = visitors;
        this.addresses = addresses;
        this.grants = grants;
        this.proved = proved;
    }

    @Override
    public String id() {
        return live.jump().id();
    }

    @Override
    public String person() {
        return live.jump().person();
    }

    @Override
    public Duration remaining() {
        Slot slot = live.jump().slot();
        return slot == null || live.jump().end() != null ? Duration.ZERO : Duration.between(desk.now(), slot.ends());
    }

    @Override
    public Optional<Duration> idleLimit() {
        return Optional.ofNullable(live.jump().terms().idle());
    }

    @Override
    public boolean recorded() {
        return live.jump().terms().recorded();
    }

    @Override
    public String welcome() {
        Slot slot = live.jump().slot();
        return "session " + id() + ": " + Journal.targets(live.jump().offer()) + ", "
                + (live.jump().access() == Access.READ ? "reading only" : "as approved") + ", until "
                + (slot == null ? "now" : slot.ends().truncatedTo(java.time.temporal.ChronoUnit.SECONDS)) + ".";
    }

    @Override
    public boolean connected(Connection connection) {
        boolean entered = visitors.entered(live, connection);
        if (entered) {
            proved.run();
        }
        return entered;
    }

    @Override
    public Optional<Door> door(String name, int port) {
        Ceiling ceiling;
        try {
            ceiling = desk.ceiling();
        } catch (Refused e) {
            return Optional.empty();
        }
        return live.jump().offer().targets().stream()
                .filter(t -> t.asset().equalsIgnoreCase(name) && ceiling.port(t) == port)
                .flatMap(t -> door(t, ceiling).stream()).findFirst();
    }

    private Optional<Door> door(Target target, Ceiling ceiling) {
        Optional<Opened> opened = live.opened(target);
        Optional<Conduit> conduit = ceiling.conduit(target.conduit());
        Optional<InetAddress> device = ceiling.asset(target.asset()).map(Asset::addresses)
                .flatMap(all -> all.stream().findFirst()).flatMap(SessionAtGateway::address);
        Optional<InetAddress> source = device.flatMap(addresses::source);
        if (opened.isEmpty() || conduit.isEmpty() || source.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Door(target.asset(), new InetSocketAddress(device.get(), ceiling.port(target)),
                target.conduit(), conduit.get().from(), source.get(), opened.get().grant()));
    }

    private static Optional<InetAddress> address(Network network) {
        try {
            return Optional.of(InetAddress.ofLiteral(network.text()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public Binding bind(Door door, InetSocketAddress source) {
        return switch (grants.bind(door.grant(), source, door.device())) {
            case Said.Yes _ -> new Binding.Bound();
            case Said.No no -> no.code().equals(TAKEN)
                    ? new Binding.Taken(no.sentence())
                    : new Binding.Refused(no.code(), no.sentence());
        };
    }

    @Override
    public Optional<Judging> judging(Door door) {
        Jump jump = live.jump();
        Instant ends = jump.slot() == null ? Instant.MIN : jump.slot().ends();
        String rules = live.rules().getOrDefault(door.conduit(), "");
        if (rules.isEmpty() || !jump.isOpen(desk.now())) {
            return Optional.empty();
        }
        try {
            Ceiling ceiling = desk.ceiling();
            return ceiling.compile(new Grant(door.grant(), jump.person(), door.conduit(), door.name(),
                    Optional.of(rules), ends)).map(grant -> new Judging(ceiling.policy().compiled(), grant));
        } catch (Refused e) {
            return Optional.empty();
        }
    }

    @Override
    public Witness witness() {
        return visitors.witness(live);
    }
}
