package io.sluice.cli;

import io.sluice.demo.DemoException;
import io.sluice.demo.LiveDemo;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sluice demo}: the firewall between real devices, or where that cannot be, on a recording. */
@Command(name = "demo", sortOptions = false, description = {
        "Show the firewall at work: a small plant on this machine, with Sluice in the wire.", "",
        "As root on Linux, three network namespaces are made, with a Modbus controller and an OPC UA server in one, a panel "
                + "and a laptop in another, and the firewall between them. What passes and what is refused is printed as it "
                + "happens. In the end all of it is removed. This machine's own networks are not touched.",
        "The management server runs beside it: open the address that is printed in a browser, and make an account by the "
                + "one-time link.",
        "Elsewhere, and with --replay, a recording is judged instead, which needs no rights.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:done", "2:wrong usage",
                "3:could not run"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice demo                        as root",
                        "  sluice demo --replay | less"})
final class DemoCommand extends Verb {
    private static final int UNWATCHED_SECONDS = 30;

    @Option(names = "--replay", description = "Judge the recording, even where the live demo could run.")
    private boolean replay;

    @Option(names = "--no-ui", description = "Without the management pages.")
    private boolean withoutPages;

    @Option(names = "--seconds", paramLabel = "N", description = "End by itself after so many seconds. Unless stated, it "
            + "runs until Ctrl-C, or for " + UNWATCHED_SECONDS + " seconds where the output is not a terminal.")
    private @Nullable Integer seconds;

    DemoCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun, WrongUsage {
        if (seconds != null && seconds < 1) {
            throw new WrongUsage("--seconds must be 1 or more");
        }
        Optional<String> hindrance = replay ? Optional.empty() : LiveDemo.unavailable();
        if (replay || hindrance.isPresent()) {
            hindrance.ifPresent(why -> console.err().println("sluice: the live demo needs root and network namespaces ("
                    + why + "), so here is the recorded one.\n"));
            RecordedDemo.show(console);
            return ExitCode.DONE;
        }
        try {
            new LiveDemo(Main.class, console.out(), !withoutPages).run(duration(console));
        } catch (DemoException e) {
            throw new CouldNotRun(String.valueOf(e.getMessage()));
        }
        return ExitCode.DONE;
    }

    private Duration duration(Console console) {
        if (seconds != null) {
            return Duration.ofSeconds(seconds);
        }
        return console.outIsTerminal() ? LiveDemo.ENDLESS : Duration.ofSeconds(UNWATCHED_SECONDS);
    }
}
