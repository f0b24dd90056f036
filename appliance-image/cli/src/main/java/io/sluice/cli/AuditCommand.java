package io.sluice.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sluice audit}: what is written down, and whether it can be relied on. Its verbs do the work. */
@Command(name = "audit", sortOptions = false, synopsisSubcommandLabel = "COMMAND", description = {
        "Look into the journal, the record of what the firewall saw, refused and was told.",
        ""}, commandListHeading = "%nCommands:%n", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                "0:done", "1:the answer is \"no\"", "2:wrong usage",
                "3:the journal cannot be read"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice audit verify /var/lib/sluice/journal",
                        "  sluice audit prove journal-0000000000001166.jsonl:3 --out refusal.tlog-proof",
                        "  sluice audit bundle --session s-7f3c --out crane.zip"})
final class AuditCommand extends Verb {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli fills it
    private CommandSpec spec;

    AuditCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) {
        throw new ParameterException(spec.commandLine(), "no command was given");
    }
}
