package io.sluice.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.capture.CaptureException;
import io.sluice.capture.CaptureReader;
import io.sluice.capture.PcapngWriter;
import io.sluice.engine.Profile;
import io.sluice.replay.Replay.Judge;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.testdata.Captures;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept and judged again says exactly what the captures themselves would say. */
class WatchProperties {
    private static final int POLICIES = 150;

    @TempDir
    Path folder;

    /** A recording around a minute's turn, so that a window can close in the middle of it. */
    private record Timed(CaptureSource capture, String boundary) {}

    private Timed timed(String recording) throws Exception {
        long first = 0;
        long last = 0;
        try (CaptureReader reader = Recordings.capture(recording).open()) {
            while (reader.next()) {
                first = first == 0 ? reader.epochNanos() : first;
                last = reader.epochNanos();
            }
        }
        Instant middle = Instant.ofEpochSecond(0, (first + last) / 2);
        Duration to = Duration.between(middle, middle.truncatedTo(ChronoUnit.MINUTES).plusSeconds(60));
        LocalTime turn = LocalTime.ofInstant(middle.plus(to), ZoneOffset.UTC);
        return new Timed(Recordings.shifted(recording, to, folder.resolve("shifted.pcap")),
                String.format(Locale.ROOT, "%02d:%02d", turn.getHour(), turn.getMinute()));
    }

    private static Optional<Judge> judge(String yaml) throws Exception {
        return PolicyReader.read("policy.yaml", yaml) instanceof PolicyReader.Result.Read read
                && PolicyCompiler.compile(read.policy(),
                        Integer.toHexString(yaml.hashCode())) instanceof PolicyCompiler.Result.Compiled compiled
                                ? Optional.of(new Judge(read.policy(), compiled.policy(), List.of()))
                                : Optional.empty();
    }

    private static String head(String recording) throws Exception {
        String yaml = Recordings.policy(recording);
        int windows = yaml.indexOf("windows:");
        return yaml.substring(0, windows < 0 ? yaml.indexOf("conduits:") : windows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"modbus/line-3", "modbus/pipelined", "opcua/plain", "opcua/chunks",
            "opcua/sign-basic256sha256", "opcua/encrypt-basic256sha256"})
    void eachSavedPolicyIsJudgedAsACompleteReplayWould(String recording) throws Exception {
        Timed timed = timed(recording);
        int kept = compare(recording, timed, timed.capture);
        // The property says little if hardly anything was kept.
        assertTrue(kept > POLICIES / 2 && kept < POLICIES, kept + " of " + POLICIES + " kept");
    }

    // Where interfaces tell, zones are numbers of the policy and addresses are believed or not.
    @Test
    void interfacesThatTellWherePacketsTravelMakeNoDifference() throws Exception {
        Timed timed = timed("modbus/line-3");
        Path file = folder.resolve("ports.pcapng");
        try (CaptureReader reader = timed.capture.open(); PcapngWriter writer = PcapngWriter.create(file)) {
            int cell = writer.addInterface(1, 65_535, "cell");
            int plant = writer.addInterface(1, 65_535, "plant");
            while (reader.next()) {
                boolean fromPlc = reader.captured() > 30
                        && reader.bytes().get(ValueLayout.JAVA_BYTE, reader.at() + 29) == 10;
                writer.write(fromPlc ? cell : plant, reader, "");
            }
        }
        int kept = compare("modbus/line-3", timed, source(file));
        assertTrue(kept > 20 && kept < POLICIES, kept + " of " + POLICIES + " kept");
    }

    /** Many edits, each judged in both ways; how many were judged from what is kept. */
    private static int compare(String recording, Timed timed, CaptureSource capture) throws Exception {
        boolean modbus = recording.startsWith("modbus");
        String head = head(recording);
        List<String> sources = new ArrayList<>(List.of("hmi-3", "ops"));
        if (head.contains("historian")) {
            sources.add("historian");
        }
        RandomEdits edits = new RandomEdits(new Random(Long.getLong("seed", 20_261_127L)), modbus, head, timed.boundary,
                sources, List.of(modbus ? "plc-3a" : "opc-3", "cell-3"));
        int kept = 0;
        int compared = 0;
        Set<String> reasons = new HashSet<>();
        Judge before = null;
        try (Watch watch = new Watch(List.of(capture))) {
            for (int attempt = 0; attempt < 10 * POLICIES && compared < POLICIES; attempt++) {
                String yaml = edits.next();
                Optional<Judge> judge = judge(yaml);
                if (judge.isEmpty()) {
                    continue; // such as an allow inside a deny
                }
                Watch.Round round = watch.judge(judge.get(), Progress.NONE);
                Report fresh = new Replay(judge.get(), Profile.OBSERVE, Optional.ofNullable(before),
                        Replay.Outputs.NONE)
                        .run(List.of(capture), Progress.NONE);
                assertEquals(fresh, round.report(), () -> (round.read() ? "read again" : "kept") + "\n" + yaml);
                fresh.conduits().stream().flatMap(c -> c.operations().stream())
                        .forEach(o -> reasons.add(o.allowed() + " " + o.reason() + " " + o.detail()));
                before = judge.get();
                kept += round.read() ? 0 : 1;
                compared++;
            }
        }
        assertEquals(POLICIES, compared);
        // Nor if nothing ever came of rates and windows.
        boolean readable = !recording.contains("encrypt");
        assertTrue(!readable || reasons.contains("false default its rate is used up"), reasons.toString());
        assertTrue(!readable || reasons.contains("false default its window is closed"), reasons.toString());
        return kept;
    }

    // Cut connections, gaps, broken messages, unusual links: what was recorded elsewhere, with its server as an asset.
    @Test
    void otherPeoplesCapturesAreJudgedAlikeToo() throws Exception {
        int kept = 0;
        int refused = 0;
        for (Path file : Captures.all("")) {
            CaptureSource capture = source(file);
            Optional<String> server = server(capture);
            if (server.isEmpty()) {
                continue;
            }
            RandomEdits edits = new RandomEdits(new Random(file.getFileName().toString().hashCode()),
                    !file.toString().contains("opcua"), "policy: any\nmode: enforce\nzones:\n  ops: {networks:"
                            + " [0.0.0.0/0, \"2000::/3\"]}\n  cell: {}\nassets:\n  server: {zone: cell, address: \""
                            + server.get() + "\"}\n",
                    "12:00", List.of("ops"), List.of("server", "cell"));
            Judge before = null;
            try (Watch watch = new Watch(List.of(capture))) {
                for (int attempt = 0; attempt < 12; attempt++) {
                    Optional<Judge> judge = judge(edits.next());
                    if (judge.isEmpty()) {
                        continue;
                    }
                    Watch.Round round = watch.judge(judge.get(), Progress.NONE);
                    Report fresh = new Replay(judge.get(), Profile.OBSERVE, Optional.ofNullable(before),
                            Replay.Outputs.NONE).run(List.of(capture), Progress.NONE);
                    assertEquals(fresh, round.report(), () -> file + (round.read() ? " read again" : " kept"));
                    before = judge.get();
                    kept += round.read() ? 0 : 1;
                    refused += fresh.totals().denied() > 0 ? 1 : 0;
                }
            }
        }
        assertTrue(kept > 150 && refused > 60, kept + " kept, " + refused + " with refusals");
    }

    /** Who serves Modbus or OPC UA in a capture. */
    private static Optional<String> server(CaptureSource capture) throws Exception {
        String nobody = "policy: x\nmode: enforce\nzones: {a: {networks: [192.0.2.0/24]}}\nconduits: {}\n";
        return new Replay(judge(nobody).orElseThrow(), Profile.OBSERVE, Optional.empty(), Replay.Outputs.NONE)
                .run(List.of(capture), Progress.NONE).unclassified().stream()
                .filter(t -> List.of("tcp port 502", "tcp port 4840").contains(t.service()))
                .map(Report.TalkerRow::server).findFirst();
    }

    private static CaptureSource source(Path file) {
        return new CaptureSource() {
            @Override
            public String name() {
                return file.getFileName().toString();
            }

            @Override
            public CaptureReader open() throws CaptureException {
                return CaptureReader.open(file);
            }
        };
    }

    @Test
    void whereThereIsNoRoomTheCapturesAreReadEachTime() throws Exception {
        String yaml = Recordings.policy("modbus/line-3");
        try (Watch watch = new Watch(List.of(Recordings.capture("modbus/line-3")), 1000)) {
            for (String version : List.of(yaml, Policies.STRICTER, yaml)) {
                assertTrue(watch.judge(Recordings.judge(version), Progress.NONE).read());
            }
        }
    }

    @Test
    void aLowerLimitIsJudgedFromWhatIsKept() throws Exception {
        String yaml = Recordings.policy("modbus/line-3");
        try (Watch watch = new Watch(List.of(Recordings.capture("modbus/line-3")))) {
            assertTrue(watch.judge(Recordings.judge(yaml), Progress.NONE).read());
            Watch.Round round = watch.judge(Recordings.judge(Policies.STRICTER), Progress.NONE);
            assertFalse(round.read());
            assertEquals(106, round.report().changes().orElseThrow().changed());
        }
    }
}
