package io.sluice.replay;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sluice.capture.CaptureException;
import io.sluice.capture.CaptureReader;
import io.sluice.engine.Profile;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.testdata.Captures;
import io.sluice.testdata.PcapWriter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The project's own recordings, replayed; each is named by its folder in {@code testdata}. */
final class Recordings {
    private Recordings() {}

    static String policy(String recording) throws Exception {
        return Files.readString(Captures.project("testdata/" + recording + "/policy.yaml"));
    }

    static Replay.Judge judge(String yaml) throws Exception {
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(yaml.getBytes(StandardCharsets.UTF_8)));
        var read = assertInstanceOf(PolicyReader.Result.Read.class, PolicyReader.read("policy.yaml", yaml));
        var compiled = assertInstanceOf(PolicyCompiler.Result.Compiled.class,
                PolicyCompiler.compile(read.policy(), hash));
        return new Replay.Judge(read.policy(), compiled.policy(), List.of());
    }

    /** The name is the path in the project, so that reports do not depend on where the project lies. */
    static CaptureSource capture(String recording) {
        String path = "testdata/" + recording + "/capture.pcap";
        return new NamedCapture(path, Captures.project(path));
    }

    static Report replay(String recording, Profile profile) throws Exception {
        return new Replay(judge(policy(recording)), profile, Optional.empty(), Replay.Outputs.NONE)
                .run(List.of(capture(recording)), Progress.NONE);
    }

    static Report replay(String recording, Profile profile, Path log) throws Exception {
        return new Replay(judge(policy(recording)), profile, Optional.empty(),
                new Replay.Outputs(Optional.of(log), Optional.empty()))
                .run(List.of(capture(recording)), Progress.NONE);
    }

    /** The log's lines about requests, in its order. */
    static List<Map<String, Object>> requests(String recording, CaptureSource capture, Path log) throws Exception {
        new Replay(judge(policy(recording)), Profile.OBSERVE, Optional.empty(),
                new Replay.Outputs(Optional.of(log), Optional.empty())).run(List.of(capture), Progress.NONE);
        List<Map<String, Object>> requests = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            Map<String, Object> fields = Json.object(Json.parse(line));
            if ("request".equals(fields.get("direction"))) {
                requests.add(fields);
            }
        }
        return requests;
    }

    /** The frames that completed refused requests, each with the deny that refused it, or else what was missing. */
    static Map<Long, String> denied(List<Map<String, Object>> requests) {
        Map<Long, String> denied = new TreeMap<>();
        for (Map<String, Object> line : requests) {
            if ("deny".equals(line.get("verdict"))) {
                denied.put(Json.number(line, "frame"),
                        String.valueOf(line.getOrDefault("rule", line.get("detail"))));
            }
        }
        return denied;
    }

    /** The same packets at another time, written to a file. */
    static CaptureSource shifted(String recording, Duration by, Path file) throws Exception {
        try (CaptureReader reader = capture(recording).open(); PcapWriter writer = new PcapWriter(file)) {
            while (reader.next()) {
                byte[] frame = new byte[reader.captured()];
                MemorySegment.copy(reader.bytes(), ValueLayout.JAVA_BYTE, reader.at(), frame, 0, frame.length);
                writer.frame(reader.epochNanos() + by.toNanos(), frame);
            }
        }
        return new NamedCapture(recording, file);
    }

    static Report compare(String recording, String policy, String baseline) throws Exception {
        return new Replay(judge(policy), Profile.OBSERVE, Optional.of(judge(baseline)), Replay.Outputs.NONE)
                .run(List.of(capture(recording)), Progress.NONE);
    }

    static String written(Report report, ReportWriter.Form form) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ReportWriter.write(report, form, new PrintStream(bytes, false, StandardCharsets.UTF_8));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private record NamedCapture(String name, Path file) implements CaptureSource {
        @Override
        public CaptureReader open() throws CaptureException {
            return CaptureReader.open(file);
        }
    }
}
