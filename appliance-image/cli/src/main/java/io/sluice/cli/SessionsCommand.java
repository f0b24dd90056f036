package io.sluice.cli;

import io.sluice.control.v1.ListGrantsRequest;
import io.sluice.control.v1.ListGrantsResponse;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice sessions}: which jump sessions reach into the plant at this moment. */
@Command(name = "sessions", sortOptions = false, synopsisSubcommandLabel = "[COMMAND]", description = {
        "Say which jump sessions may reach into the plant now: who, what, for how long. Nothing is said",
        "of sessions that were asked for and are not open.", "",
        "The firewall itself is asked, so it works while the management server is stopped.",
        ""}, commandListHeading = "%nCommands:%n", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                "0:done", "2:wrong usage",
                "3:Sluice does not run here, or this user may not ask"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice sessions", "  sluice sessions --format json | jq .grants",
                        "  sluice sessions end s-7f3c --who anna --because \"wrong valve\"",
                        "  sluice sessions end --all"})
final class SessionsCommand extends Verb {
    /** Longer than that of others: on a machine that is overloaded, this is not what is given up first. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How the answer is printed. */
    enum Format {
        TEXT,
        JSON
    }

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default), or json: one object.")
    private @Nullable Format format;

    /** Its options may stand before or behind the command's name. */
    @Mixin
    private SocketOptions sluice = new SocketOptions();

    SessionsCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun, WrongUsage {
        return list(console, null);
    }

    /** Lists them, in the format that was asked for behind the command's name, else before it, else as text. */
    ExitCode list(Console console, @Nullable Format asked) throws IOException, CouldNotRun, WrongUsage {
        ListGrantsResponse answer = sluice.call(console, PATIENCE, c -> c.listGrants(
                ListGrantsRequest.getDefaultInstance()));
        if ((asked == null ? format : asked) == Format.JSON) {
            console.out().println(ProtoJson.of(answer, true));
        } else {
            SessionsText.print(answer.getGrantsList(), console.out());
        }
        return ExitCode.DONE;
    }

    SocketOptions sluice() {
        return sluice;
    }
}
