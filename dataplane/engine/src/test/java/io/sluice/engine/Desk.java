package io.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.sluice.dissect.Malformed;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.Verdict;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.OnDeny;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.testdata.PacketBuilder;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An engine with a policy, fed frame by frame, and a note of everything it said. */
final class Desk implements EngineListener, AutoCloseable {
    static final String CLIENT = "10.3.1.105";
    static final String SERVER = "10.3.1.10";
    static final long START = 1_767_592_800L * 1_000_000_000L;

    /** Reads and a few set points from one station to one controller; open are the mode and what happens to refusals. */
    @SuppressWarnings("InlineFormatString") // it is the first thing a reader of these tests wants to see
    private static final String POLICY = """
            policy: test
            mode: %s
            zones:
              cell: {ports: [cell]}
              ops: {ports: [plant]}
            assets:
              plc: {zone: cell, address: [10.3.1.10, "fd00::10"]}
              hmi: {zone: ops, address: [10.3.1.105, "fd00::105"]}
            conduits:
              setpoints:
                from: hmi
                to: plc
                protocol: modbus
                on_deny: %s
                allow:
                  - {id: r1, do: read, unit: 1}
                  - {id: w1, do: write, space: holding, unit: 1, address: 100..119, value: 0..1500}
              datagrams:
                from: hmi
                to: plc
                protocol: {modbus: {port: 502, transport: udp}}
                on_deny: %s
                allow:
                  - {id: u1, do: read, unit: 1}
              others:
                from: hmi
                to: plc
                on_deny: %s
                allow:
                  - {id: p1, do: ping}
                  - {id: t1, do: tcp, port: 443}
            """;

    /** A judged message. */
    record Message(boolean fromClient, String bytes, boolean allowed, Reason reason, @Nullable Malformed problem,
            String rule) {
        boolean request() {
            return fromClient;
        }
    }

    final CompiledPolicy policy;
    final Engine engine;
    final List<Message> messages = new ArrayList<>();
    final List<Anomaly> anomalies = new ArrayList<>();
    /** Whether each of these was enforced. */
    final List<Boolean> dropped = new ArrayList<>();
    final List<String> plain = new ArrayList<>();
    final List<Anomaly> cuts = new ArrayList<>();
    OnDeny lastAction = OnDeny.DROP;
    long gapBytes;
    int ended;
    int others;
    long frames;
    long nanos = START;
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment frame = arena.allocate(1 << 17);

    Desk(CompiledPolicy policy, Profile profile, EngineLimits limits) {
        this.policy = policy;
        engine = new Engine(policy, profile, limits, this);
    }

    Desk(Profile profile) {
        this(policy("enforce", "reply"), profile, EngineLimits.DEFAULT);
    }

    static CompiledPolicy policy(String mode, String onDeny) {
        return compile(text(mode, onDeny));
    }

    static String text(String mode, String onDeny) {
        return POLICY.formatted(mode, onDeny, onDeny, onDeny);
    }

    static CompiledPolicy compile(String text) {
        if (!(PolicyReader.read("test.yaml", text) instanceof PolicyReader.Result.Read read)) {
            throw new AssertionError(PolicyReader.read("test.yaml", text).problems());
        }
        return switch (PolicyCompiler.compile(read.policy(), "0")) {
            case PolicyCompiler.Result.Compiled compiled -> compiled.policy();
            case PolicyCompiler.Result.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    Answer accept(byte[] bytes) {
        return accept(bytes, LinkTypes.ETHERNET);
    }

    Answer accept(byte[] bytes, int linkType) {
        nanos += 1_000_000;
        MemorySegment.copy(bytes, 0, frame, JAVA_BYTE, 64, bytes.length);
        return engine.accept(frame, 64, bytes.length, bytes.length, linkType, ++frames, nanos);
    }

    /** The frames that a host would send for a frame, checked. */
    List<Emitted> send(byte[] bytes) {
        accept(bytes);
        return emitted();
    }

    List<Emitted> emitted() {
        return Emitted.of(engine.emit(), frame);
    }

    List<Emitted> send(PacketBuilder packet) {
        return send(packet.build());
    }

    /** A frame at a moment of two clocks: the monotonic one, and {@link #nanos} for the calendar. */
    Answer at(long monotonic, PacketBuilder packet) {
        byte[] bytes = packet.build();
        MemorySegment.copy(bytes, 0, frame, JAVA_BYTE, 64, bytes.length);
        engine.time(monotonic, nanos);
        return engine.accept(frame, 64, bytes.length, bytes.length, LinkTypes.ETHERNET, ++frames);
    }

    /** A frame of which the capture holds the first bytes. */
    Answer truncated(byte[] bytes, int captured) {
        nanos += 1_000_000;
        MemorySegment.copy(bytes, 0, frame, JAVA_BYTE, 64, captured);
        return engine.accept(frame, 64, captured, bytes.length, LinkTypes.ETHERNET, ++frames, nanos);
    }

    Answer accept(PacketBuilder packet) {
        return accept(packet.build());
    }

    void finish() {
        engine.finish();
    }

    List<Message> requests() {
        return messages.stream().filter(Message::request).toList();
    }

    @Override
    public void message(MessageEvent event) {
        byte[] bytes = new byte[event.size()];
        MemorySegment.copy(event.bytes(), JAVA_BYTE, event.at(), bytes, 0, bytes.length);
        lastAction = event.action();
        messages.add(new Message(event.fromClient(), HexFormat.of().formatHex(bytes), event.allowed(), event.reason(),
                event.problem(),
                event.rule() == Verdict.DEFAULT ? "default" : event.policy().rules().get(event.rule()).id()));
    }

    @Override
    public void plain(Flow flow, Packet packet) {
        plain.add((flow.plainAllowed() ? "allow " : "deny ") + flow.serverPort());
    }

    @Override
    public void anomaly(Anomaly anomaly, Packet packet, @Nullable Flow flow, boolean enforced) {
        anomalies.add(anomaly);
        dropped.add(enforced);
    }

    @Override
    public void cut(Flow flow, Anomaly why) {
        cuts.add(why);
    }

    @Override
    public void gap(Flow flow, boolean fromClient, long bytes) {
        gapBytes += bytes;
    }

    @Override
    public void other(Packet packet) {
        others++;
    }

    @Override
    public void ended(Flow flow) {
        ended++;
    }

    @Override
    public void close() {
        engine.close();
        arena.close();
    }
}
