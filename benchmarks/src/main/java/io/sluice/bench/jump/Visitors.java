package io.sluice.bench.jump;

import io.sluice.broker.Admission;
import io.sluice.broker.Attempt;
import io.sluice.broker.Binding;
import io.sluice.broker.Connection;
import io.sluice.broker.Door;
import io.sluice.broker.Doorkeeper;
import io.sluice.broker.Ending;
import io.sluice.broker.Judging;
import io.sluice.broker.JumpSession;
import io.sluice.broker.Passage;
import io.sluice.broker.Refusal;
import io.sluice.broker.Tally;
import io.sluice.broker.Witness;
import io.sluice.rules.CompiledGrant;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Grant;
import io.sluice.rules.compile.GrantCompiler;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.PolicyReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Lets everybody in who has any key, each login into a session of its own that may read one controller. */
final class Visitors implements Doorkeeper {
    private final Policy policy;
    private final CompiledPolicy compiled;
    private final Door door;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    Visitors(String controller, int port) throws IOException {
        String text = """
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
                """.formatted(controller, port);
        if (!(PolicyReader.read("jump.yaml", text) instanceof PolicyReader.Result.Read read)
                || !(PolicyCompiler.compile(read.policy(), "bench") instanceof PolicyCompiler.Result.Compiled done)) {
            throw new IOException("the benchmark's policy is not valid");
        }
        policy = read.policy();
        compiled = done.policy();
        door = new Door("plc", new InetSocketAddress(controller, port), "upload", "jump",
                InetAddress.ofLiteral("127.0.0.1"), "g-1");
    }

    /** Revokes a session that somebody is in. */
    void revoke(String login) throws IOException {
        Session session = sessions.get(login);
        Connection connection = session == null ? null : session.connection;
        if (connection == null) {
            throw new IOException("nobody is in the session " + login);
        }
        connection.end(Ending.REVOKED, "revoked");
    }

    @Override
    public Admission password(String login, char[] oneTimePassword, InetAddress from) {
        return new Admission.Refused("wrong-password");
    }

    @Override
    public Admission key(String login, PublicKey key, InetAddress from) {
        return new Admission.Admitted(sessions.computeIfAbsent(login, Session::new));
    }

    private final class Session implements JumpSession, Witness {
        private final String login;
        private final Instant end = Instant.now().plusSeconds(3600);
        private volatile @Nullable Connection connection;

        Session(String login) {
            this.login = login;
        }

        @Override
        public String id() {
            return login;
        }

        @Override
        public String person() {
            return login + "@contractor";
        }

        @Override
        public Duration remaining() {
            return Duration.between(Instant.now(), end);
        }

        @Override
        public Optional<Duration> idleLimit() {
            return Optional.of(Duration.ofMinutes(30));
        }

        @Override
        public boolean recorded() {
            return false;
        }

        @Override
        public String welcome() {
            return "";
        }

        @Override
        public boolean connected(Connection entering) {
            connection = entering;
            return true;
        }

        @Override
        public Optional<Door> door(String name, int port) {
            return name.equals(door.name()) && port == door.device().getPort() ? Optional.of(door) : Optional.empty();
        }

        @Override
        public Binding bind(Door to, InetSocketAddress source) {
            return new Binding.Bound();
        }

        /** Each session has a grant of its own, as in a plant. */
        @Override
        public Optional<Judging> judging(Door to) {
            Grant grant = new Grant(login, person(), "upload", "plc", Optional.of("- {id: g1, do: read, unit: 1}"),
                    Instant.MAX);
            return new GrantCompiler(policy, compiled).compile(grant) instanceof GrantCompiler.Result.Compiled made
                    ? Optional.of(judged(made.grant()))
                    : Optional.empty();
        }

        private Judging judged(CompiledGrant grant) {
            return new Judging(grant.policy(), grant);
        }

        @Override
        public Witness witness() {
            return this;
        }

        @Override
        public void opened(Connection from, Passage passage) {}

        @Override
        public void closed(Connection from, Passage passage, Tally tally, Ending ending) {}

        @Override
        public void refused(Connection from, Passage passage, Refusal refusal) {
            System.err.println("refused: " + refusal.does());
        }

        @Override
        public void attempted(Connection from, Attempt attempt) {
            System.err.println("attempted: " + attempt.what() + ": " + attempt.detail());
        }

        @Override
        public void disconnected(Connection from, Tally tally, Ending ending) {
            connection = null;
        }
    }
}
