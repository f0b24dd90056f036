package io.sluice.journal.evidence;

import io.sluice.engine.Anomaly;
import io.sluice.engine.Engine;
import io.sluice.engine.EngineLimits;
import io.sluice.engine.EngineListener;
import io.sluice.engine.Flow;
import io.sluice.engine.MessageEvent;
import io.sluice.engine.Packet;
import io.sluice.engine.Profile;
import io.sluice.journal.Circumstances;
import io.sluice.journal.Journal;
import io.sluice.journal.JournalSettings;
import io.sluice.rules.CompiledPolicy;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.testdata.TcpConversation;
import io.sluice.testdata.TcpConversation.Frame;
import io.sluice.testdata.TcpConversation.Side;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A journal in which a jump session changes two registers and is refused a third, beside traffic of somebody else. */
final class RecordedSession implements EngineListener {
    static final String RECORDING = "s-7f3c-20261128T093000.000Z.pcapng";
    static final byte[] RECORDED = {10, 13, 13, 10, 1, 2, 3};
    private static final int ETHERNET = 1;
    private static final String POLICY = """
            policy: line
            mode: enforce
            when_unsure: {malformed: reset, opaque: drop, midstream: reset, overload: drop}
            zones:
              cell: {ports: [cell], networks: [10.3.1.0/24]}
              jump: {ports: [jump], networks: [10.3.2.0/24]}
            assets:
              plc-1: {zone: cell, address: 10.3.1.1}
            conduits:
              jump-writes:
                from: jump
                to: plc-1
                protocol: modbus
                allow:
                  - {id: w1, do: write, space: holding, unit: 1, address: 100..199}
            """;

    private final Journal journal;
    private final Circumstances circumstances;

    private RecordedSession(Journal journal, Circumstances circumstances) {
        this.journal = journal;
        this.circumstances = circumstances;
    }

    /** Writes and closes it, so that a checkpoint covers everything. */
    static void write(Path folder) throws IOException {
        try (Journal journal = Journal.open(JournalSettings.in(folder, "plant-3"))) {
            note(journal, "session-requested", "carl", Map.of("targets", "plc-1", "access", "write", "reason",
                    "pump 3 stalls\nforged line", "ticket", "T-17"));
            note(journal, "session-approved", "erin",
                    Map.of("targets", "plc-1", "access", "write", "narrowed", "true"));
            journal.management("grant.opened", Map.of("grant", "g-1-aa", "session", "s-7f3c", "person", "carl"));
            journal.management("grant.opened", Map.of("grant", "g-2-bb", "session", "s-9999", "person", "dora"));
            talk(journal, "dora", "g-2-bb", 50_000, "0001000000060106006e0003");
            talk(journal, "carl", "g-1-aa", 50_001, "000100000006010600780007",
                    "00020000000b01100078000204" + "00080009",
                    "000300000006010601f40001");
            note(journal, "session-recorded", "carl", Map.of("file", RECORDING, "sha256",
                    Digest.stored(RECORDED).sha256()));
            note(journal, "session-ended", "carl", Map.of("why", "left"));
            journal.endOfBatch();
        }
    }

    private static void note(Journal journal, String type, String who, Map<String, String> fields) {
        Map<String, String> all = new TreeMap<>(fields);
        all.put("session", "s-7f3c");
        all.put("person", who);
        journal.management(type, all);
    }

    private static void talk(Journal journal, String person, String grant, int port, String... requests)
            throws IOException {
        TcpConversation talk = new TcpConversation("10.3.2.9", port, "10.3.1.1", 502).handshake();
        for (String request : requests) {
            talk.send(Side.CLIENT, HexFormat.of().parseHex(request)).acknowledge(Side.SERVER);
        }
        CompiledPolicy policy = policy();
        RecordedSession listener = new RecordedSession(journal,
                new Circumstances(policy, "jump", true, person, grant));
        try (Arena arena = Arena.ofConfined();
                Engine engine = new Engine(policy, Profile.OBSERVE, EngineLimits.DEFAULT, listener)) {
            MemorySegment memory = arena.allocate(2048);
            long number = 0;
            for (Frame frame : talk.frames()) {
                int length = frame.bytes().length;
                MemorySegment.copy(frame.bytes(), 0, memory, ValueLayout.JAVA_BYTE, 0, length);
                engine.accept(memory, 0, length, length, ETHERNET, ++number, frame.nanoseconds());
            }
            engine.finish();
        }
        journal.endOfBatch();
    }

    private static CompiledPolicy policy() {
        PolicyReader.Result.Read read = (PolicyReader.Result.Read) PolicyReader.read("policy.yaml", POLICY);
        return ((PolicyCompiler.Result.Compiled) PolicyCompiler.compile(read.policy(), "00c0ffee")).policy();
    }

    @Override
    public void message(MessageEvent event) {
        journal.message(event, circumstances);
    }

    @Override
    public void plain(Flow flow, Packet packet) {
        throw new AssertionError("everything here is Modbus");
    }

    @Override
    public void anomaly(Anomaly anomaly, Packet packet, @Nullable Flow flow, boolean enforced) {
        throw new AssertionError(anomaly.sentence());
    }

    @Override
    public void ended(Flow flow) {
        // The bundle is made while the connection stands.
    }
}
