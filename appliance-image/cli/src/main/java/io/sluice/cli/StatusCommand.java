package io.sluice.cli;

import io.sluice.control.ControlClient;
import io.sluice.control.ControlException;
import io.sluice.control.v1.StatusRequest;
import io.sluice.control.v1.StatusResponse;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice status}: does it run, by which policy, and is anything wrong? */
@Command(name = "status", sortOptions = false, description = {
        "Say how the running Sluice stands: what needs attention first, then policy, ports, connections,",
        "verdicts, losses, journal and memory.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:it runs", "2:wrong usage",
                "3:Sluice does not run here, or this user may not ask"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice status", "  sluice status --watch", "  sluice status --format json | jq .alarms"})
final class StatusCommand extends Verb {
    private static final long PAUSE_MILLIS = 2_000;
    private static final String CLEAR_SCREEN = "\u001B[H\u001B[2J";

    /** How the answer is printed. */
    enum Format {
        TEXT,
        JSON
    }

    @Option(names = "--watch", description = "Say it again every two seconds, until Ctrl-C.")
    private boolean watch;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default), or json: one object, with"
            + " --watch one a line.")
    private Format format = Format.TEXT;

    @Mixin
    private SocketOptions sluice = new SocketOptions();

    StatusCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun, WrongUsage {
        try (ControlClient client = sluice.open(console)) {
            do {
                print(client.call(c -> c.status(StatusRequest.getDefaultInstance())), console);
            } while (watch && !console.readerGone() && pause());
            return ExitCode.DONE;
        } catch (ControlException e) {
            throw new CouldNotRun(e.sentence());
        }
    }

    private void print(StatusResponse status, Console console) throws IOException {
        switch (format) {
            case JSON -> console.out().println(ProtoJson.of(status, !watch));
            case TEXT -> {
                if (watch && console.outIsTerminal()) {
                    console.out().print(CLEAR_SCREEN);
                }
                new StatusText(status, console.out()).print();
                if (watch && !console.outIsTerminal()) {
                    console.out().println();
                }
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
