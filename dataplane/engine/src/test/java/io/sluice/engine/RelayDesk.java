package io.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sluice.engine.Grants.Endpoint;
import io.sluice.rules.CompiledGrant;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Grant;
import io.sluice.rules.Verdict;
import io.sluice.rules.compile.GrantCompiler;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.Policy;
import io.sluice.rules.policy.PolicyReader;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A relay with a policy whose station stands in a broker's zone, and a note of all that went where. */
final class RelayDesk implements EngineListener, Relay.Target, AutoCloseable {
    static final Endpoint CLIENT = new Endpoint(0, Packet.MAPPED | 0x0A03_0169L, 40_000);
    static final Endpoint SERVER = new Endpoint(0, Packet.MAPPED | 0x0A03_010AL, 502);

    final Relay relay;
    final List<Desk.Message> messages = new ArrayList<>();
    final ByteArrayOutputStream toServer = new ByteArrayOutputStream();
    final ByteArrayOutputStream toClient = new ByteArrayOutputStream();
    final List<String> refusals = new ArrayList<>();
    final List<Anomaly> anomalies = new ArrayList<>();
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment bytes = arena.allocate(1 << 18);
    private long nanos = Desk.START;

    RelayDesk(CompiledPolicy policy, EngineLimits limits) {
        relay = new Relay(policy, limits, this, Arena.ofConfined());
        tick();
    }

    RelayDesk(CompiledPolicy policy) {
        this(policy, EngineLimits.DEFAULT);
    }

    /** {@link Desk}'s policy, a broker's zone in the place of its station. */
    static String text(String onDeny) {
        return Desk.text("enforce", onDeny).replace("ops: {ports: [plant]}", "ops: {broker: true}")
                .replace("from: hmi", "from: ops").replaceFirst("  hmi: .*\n", "");
    }

    static CompiledGrant grant(String text, String conduit, Optional<String> rules) {
        if (!(PolicyReader.read("test.yaml", text) instanceof PolicyReader.Result.Read read)) {
            throw new AssertionError(PolicyReader.read("test.yaml", text).problems());
        }
        return grant(read.policy(), conduit, rules);
    }

    static CompiledGrant grant(Policy policy, String conduit, Optional<String> rules) {
        if (!(PolicyCompiler.compile(policy, "0") instanceof PolicyCompiler.Result.Compiled compiled)) {
            throw new AssertionError("not compiled");
        }
        Grant grant = new Grant("s-1", "anna@acme", conduit, "plc", rules, Instant.MAX);
        return switch (new GrantCompiler(policy, compiled.policy()).compile(grant)) {
            case GrantCompiler.Result.Compiled done -> done.grant();
            case GrantCompiler.Result.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    static CompiledGrant setpoints(String onDeny) {
        return grant(text(onDeny), "setpoints", Optional.empty());
    }

    RelayedConnection open(CompiledGrant grant) {
        RelayedConnection connection = relay.open(grant, grant.policy().zoneNamed("ops"), CLIENT, SERVER);
        if (connection == null) {
            throw new AssertionError("not permitted");
        }
        return connection;
    }

    private void tick() {
        nanos += 1_000_000;
        relay.time(nanos, nanos);
    }

    boolean client(RelayedConnection connection, byte[] sent) {
        return take(connection, true, sent);
    }

    boolean server(RelayedConnection connection, byte[] sent) {
        return take(connection, false, sent);
    }

    private boolean take(RelayedConnection connection, boolean fromClient, byte[] sent) {
        tick();
        MemorySegment.copy(sent, 0, bytes, JAVA_BYTE, 7, sent.length);
        return relay.take(connection, fromClient, bytes, 7, sent.length, this);
    }

    @Override
    public void pass(boolean server, MemorySegment from, long at, int length) {
        byte[] copy = new byte[length];
        MemorySegment.copy(from, JAVA_BYTE, at, copy, 0, length);
        (server ? toServer : toClient).writeBytes(copy);
    }

    @Override
    public void refuse(MemorySegment from, long at, int length) {
        byte[] copy = new byte[length];
        MemorySegment.copy(from, JAVA_BYTE, at, copy, 0, length);
        toClient.writeBytes(copy);
        for (int i = 0; i < length; i += 9) {
            refusals.add(HexFormat.of().formatHex(copy, i, i + 9));
        }
    }

    @Override
    public void message(MessageEvent event) {
        byte[] copy = new byte[event.size()];
        MemorySegment.copy(event.bytes(), JAVA_BYTE, event.at(), copy, 0, copy.length);
        messages.add(new Desk.Message(event.fromClient(), HexFormat.of().formatHex(copy), event.allowed(),
                event.reason(), event.problem(),
                event.rule() == Verdict.DEFAULT ? "default" : event.policy().rules().get(event.rule()).id()));
    }

    @Override
    public void anomaly(Anomaly anomaly, Packet packet, @Nullable Flow flow,
            boolean enforced) {
        anomalies.add(anomaly);
    }

    @Override
    public void close() {
        relay.close();
        arena.close();
    }
}
