package io.sluice.replay;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sluice.engine.Profile;
import io.sluice.rules.compile.PolicyCompiler;
import io.sluice.rules.policy.PolicyReader;
import io.sluice.testdata.Captures;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The project's own recordings, replayed. */
final class Recordings {
    private Recordings() {}

    static String policy(String recording) throws Exception {
        return Files.readString(Captures.project("testdata/modbus/" + recording + "/policy.yaml"));
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
        String path = "testdata/modbus/" + recording + "/capture.pcap";
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
        public io.sluice.capture.CaptureReader open() throws io.sluice.capture.CaptureException {
            return io.sluice.capture.CaptureReader.open(file);
        }
    }
}
