package io.sluice.broker;

import io.sluice.rules.CompiledGrant;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Grant;
import io.sluice.rules.compile.GrantCompiler;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.PolicyReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.jspecify.annotations.Nullable;

/** A doorkeeper with one session, all of whose facts a test may set, and a note of what it was told. */
final class Lobby implements Doorkeeper, JumpSession, Witness {
    static final String LOGIN = "acme-7f3c";
    static final String READ_ONLY = "- {id: g1, do: read, unit: 1}";
    static final String ONE_REGISTER = READ_ONLY
            + "\n- {id: g2, do: write, space: holding, unit: 1, address: 100}";

    final Set<String> passwords = ConcurrentHashMap.newKeySet();
    final Set<String> keys = ConcurrentHashMap.newKeySet();
    final List<String> told = new CopyOnWriteArrayList<>();
    final List<InetSocketAddress> bound = new CopyOnWriteArrayList<>();
    final AtomicInteger taken = new AtomicInteger();
    volatile String text;
    volatile Optional<String> rules = Optional.of(READ_ONLY);
    volatile Instant end = Instant.now().plusSeconds(600);
    volatile Optional<Duration> idle = Optional.empty();
    volatile boolean recorded;
    volatile boolean welcome = true;
    volatile @Nullable Binding binding;
    volatile @Nullable Connection connection;
    private final Door door;

    Lobby(String text, String device, int port) {
        this.text = text;
        passwords.add("once-only");
        door = new Door("plc", new InetSocketAddress(device, port), "upload", "jump",
                InetAddress.ofLiteral("127.0.0.1"),
                "g-1");
    }

    /** A policy for a Modbus device on loopback. */
    static String modbus(String device, int port) {
        return """
                policy: jump
                mode: enforce
                zones:
                  cell: {ports: [cell]}
                  jump: {broker: true}
                assets:
                  plc: {zone: cell, address: %s}
                conduits:
                  upload:
                    from: jump
                    to: plc
                    protocol: {modbus: {port: %d}}
                    on_deny: reply
                    allow:
                      - {id: m1, do: read, unit: 1}
                      - {id: m2, do: write, space: holding, unit: 1, address: 100..119}
                """.formatted(device, port);
    }

    CompiledGrant grant() {
        if (!(PolicyReader.read("jump.yaml", text) instanceof PolicyReader.Result.Read read)) {
            throw new AssertionError(PolicyReader.read("jump.yaml", text).problems());
        }
        Policy policy = read.policy();
        if (!(PolicyCompiler.compile(policy,
                HexFormat.of().toHexDigits(text.hashCode())) instanceof PolicyCompiler.Result.Compiled compiled)) {
            throw new AssertionError("not compiled");
        }
        CompiledPolicy judging = compiled.policy();
        Grant grant = new Grant("s-1", person(), "upload", "plc", rules, Instant.MAX);
        return switch (new GrantCompiler(policy, judging).compile(grant)) {
            case GrantCompiler.Result.Compiled done -> done.grant();
            case GrantCompiler.Result.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    @Override
    public Admission password(String login, char[] oneTimePassword, InetAddress from) {
        return LOGIN.equals(login) && passwords.remove(new String(oneTimePassword))
                ? new Admission.Admitted(this)
                : new Admission.Refused("wrong-password");
    }

    @Override
    public Admission key(String login, PublicKey key, InetAddress from) {
        return LOGIN.equals(login) && keys.contains(PublicKeyEntry.toString(key))
                ? new Admission.Admitted(this)
                : new Admission.Refused("unknown-key");
    }

    @Override
    public String id() {
        return "s-1";
    }

    @Override
    public String person() {
        return "anna@acme";
    }

    @Override
    public Duration remaining() {
        return Duration.between(Instant.now(), end);
    }

    @Override
    public Optional<Duration> idleLimit() {
        return idle;
    }

    @Override
    public boolean recorded() {
        return recorded;
    }

    @Override
    public String welcome() {
        return "session s-1: read only, until noon";
    }

    @Override
    public boolean connected(Connection entering) {
        if (welcome) {
            connection = entering;
        }
        return welcome;
    }

    @Override
    public Optional<Door> door(String name, int port) {
        return name.equals(door.name()) && port == door.device().getPort() ? Optional.of(door) : Optional.empty();
    }

    @Override
    public Binding bind(Door to, InetSocketAddress source) {
        bound.add(source);
        if (taken.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            return new Binding.Taken("bound to another grant");
        }
        Binding answer = binding;
        return answer == null ? new Binding.Bound() : answer;
    }

    @Override
    public Optional<Judging> judging(Door to) {
        CompiledGrant grant = grant();
        return Optional.of(new Judging(grant.policy(), grant));
    }

    @Override
    public Witness witness() {
        return this;
    }

    @Override
    public void opened(Connection from, Passage passage) {
        told.add("opened " + passage.number() + " " + passage.door().name());
    }

    @Override
    public void closed(Connection from, Passage passage, Tally tally, Ending ending) {
        told.add("closed " + passage.number() + " " + ending.word() + " " + tally.allowed() + "/" + tally.refused());
    }

    @Override
    public void refused(Connection from, Passage passage, Refusal refusal) {
        told.add("refused " + refusal.does() + " " + refusal.reason() + (refusal.answered() ? " answered" : ""));
    }

    @Override
    public void attempted(Connection from, Attempt attempt) {
        told.add("attempted " + attempt.what());
    }

    @Override
    public void disconnected(Connection from, Tally tally, Ending ending) {
        told.add("disconnected " + ending.word());
    }
}
