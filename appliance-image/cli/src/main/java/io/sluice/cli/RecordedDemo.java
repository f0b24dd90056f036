package io.sluice.cli;

import io.sluice.capture.CaptureException;
import io.sluice.capture.CaptureReader;
import io.sluice.engine.Profile;
import io.sluice.replay.CaptureSource;
import io.sluice.replay.Progress;
import io.sluice.replay.Replay;
import io.sluice.replay.Replay.Judge;
import io.sluice.replay.ReportWriter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The demo on a recording that comes with Sluice. */
final class RecordedDemo {
    private static final String FOLDER = "/io/sluice/demo/";

    private RecordedDemo() {}

    static void show(Console console) throws IOException, CouldNotRun {
        PrintStream out = console.out();
        String text = text("policy.yaml");
        LoadedPolicy.Sound loaded = LoadedPolicy.require(PolicyFile.of("demo policy", text), console.err());
        out.println(
                """
                        Sluice demo: a recording of one PLC (plc-3a) with a historian that polls it, a panel (hmi-3) that also writes
                        set points, and a laptop that nobody announced; judged by the policy below.
                        """);
        text.lines().filter(line -> !line.startsWith("#")).map(line -> ("    " + line).stripTrailing())
                .forEach(out::println);
        out.println();
        Judge judge = new Judge(loaded.policy(), loaded.compiled(), List.of());
        try {
            Replay replay = new Replay(judge, Profile.OBSERVE, Optional.empty(), Replay.Outputs.NONE);
            ReportWriter.write(replay.run(List.of(new Bundled()), Progress.NONE), ReportWriter.Form.TEXT, out);
        } catch (CaptureException e) {
            throw new CouldNotRun(e.getMessage());
        }
        out.println("""

                Next: judge a capture of your own plant.
                    ./sluice dissect plant.pcap                          which messages are in it
                    ./sluice check my-policy.yaml                        is my policy sound
                    ./sluice replay plant.pcap --policy my-policy.yaml   what would be refused, and why
                    ./sluice replay --help                               baselines, HTML reports, decision logs""");
    }

    private static String text(String name) throws IOException {
        try (InputStream in = resource(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(RecordedDemo.class.getResourceAsStream(FOLDER + name), name);
    }

    /** The recording, read from the program itself. */
    private static final class Bundled implements CaptureSource {
        @Override
        public String name() {
            return "demo recording";
        }

        @Override
        public CaptureReader open() throws CaptureException {
            return CaptureReader.open(new BufferedInputStream(resource("capture.pcap")), name());
        }
    }
}
