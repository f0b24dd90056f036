package io.sluice.cli;

import io.sluice.load.Bench;
import io.sluice.load.BenchOptions;
import io.sluice.load.BenchReport;
import io.sluice.load.BenchReportWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sluice bench}: how fast is the firewall on this machine? */
@Command(name = "bench", sortOptions = false, description = {
        "Measure the firewall on this machine, beside the kernel's bridge and a plain forwarder.", "",
        "Runs between network namespaces of its own, so it needs root; the network outside is not touched. Leave the"
                + " machine alone meanwhile: ratios last, figures wander.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:every target was reached",
                "1:a target was missed, or something could not be measured", "2:wrong usage",
                "3:nothing can be measured here"}, footerHeading = "%nExamples:%n", footer = {"  sluice bench",
                        "  sluice bench --quick", "  sluice bench --only modbus-1000 --seconds 10 --format json"})
final class BenchCommand extends Verb {
    /** How the figures are printed. */
    enum Format {
        TEXT,
        JSON
    }

    private static final int MOST_SECONDS = 3600;

    @Option(names = "--quick", description = "Two rounds of a second each: to see that it works.")
    private boolean quick;

    @Option(names = "--only", paramLabel = "NAME", description = "Measure only this: modbus-1000, modbus-1, modbus-1400, l4, bulk, latency, latency-spin, cpu, memory, memory-kernel or allocation.")
    private Optional<String> only = Optional.empty();

    @Option(names = "--seconds", paramLabel = "N", description = "Length of a round. Default: 3.")
    private Optional<Integer> seconds = Optional.empty();

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "TEXT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    BenchCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun, WrongUsage {
        BenchOptions options = options();
        Optional<String> obstacle = Bench.unavailable();
        if (obstacle.isPresent()) {
            throw new CouldNotRun(obstacle.get());
        }
        BenchReport report = Bench.run(options, console::progress);
        console.clearProgress();
        BenchReportWriter writer = new BenchReportWriter(report, command());
        switch (format) {
            case TEXT -> writer.text(console.out());
            case JSON -> writer.json(console.out());
        }
        return report.isGood() ? ExitCode.DONE : ExitCode.NO;
    }

    private BenchOptions options() throws WrongUsage {
        BenchOptions options = quick ? BenchOptions.quick(Main.class) : BenchOptions.standard(Main.class);
        if (only.isPresent()) {
            if (!Bench.names().contains(only.get())) {
                throw new WrongUsage("there is no measurement `" + only.get() + "`; there are: "
                        + String.join(", ", Bench.names()));
            }
            options = options.only(only.get());
        }
        if (seconds.isPresent()) {
            if (seconds.get() < 1 || seconds.get() > MOST_SECONDS) {
                throw new WrongUsage("--seconds " + seconds.get() + " is none of 1 to " + MOST_SECONDS);
            }
            options = options.round(Duration.ofSeconds(seconds.get()));
        }
        return options;
    }

    /** As it would be typed again. */
    private String command() {
        return "sluice bench" + (quick ? " --quick" : "") + only.map(name -> " --only " + name).orElse("")
                + seconds.map(n -> " --seconds " + n).orElse("");
    }
}
