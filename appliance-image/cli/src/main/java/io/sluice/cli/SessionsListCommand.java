package io.sluice.cli;

import io.sluice.cli.SessionsCommand.Format;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sluice sessions list}: the same as {@code sluice sessions}. */
@Command(name = "list", sortOptions = false, description = {
        "Say which jump sessions may reach into the plant now, as `sluice sessions` does.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:done", "2:wrong usage",
                "3:Sluice does not run here, or this user may not ask"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice sessions list"})
final class SessionsListCommand extends Verb {
    private final SessionsCommand sessions;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text (default), or json: one object.")
    private @Nullable Format format;

    SessionsListCommand(Console console, SessionsCommand sessions) {
        super(console);
        this.sessions = sessions;
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun, WrongUsage {
        return sessions.list(console, format);
    }
}
