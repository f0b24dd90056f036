package io.sluice.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sluice support}: what somebody needs who is asked for help, and nothing that has to stay here. */
@Command(name = "support", sortOptions = false, description = {
        "Put into one zip file what somebody needs to help: version, machine, settings, state, sizes of files, and what the"
                + " journal says of itself.",
        "", "Keys, passwords, policies, records of traffic and names of people are not in it; names of rules, ports"
                + " and files are. All of it is text: look through it before you give it away.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:the file is written", "2:wrong usage",
                "3:it cannot be written"}, footerHeading = "%nExamples:%n", footer = {"  sluice support",
                        "  sluice support --config /etc/sluice/sluice.yaml --out plant-3-support.zip"})
final class SupportCommand extends Verb {
    @Option(names = "--config", paramLabel = "FILE", description = "The firewall's settings; /etc/sluice/sluice.yaml,"
            + " where it is there, unless given.")
    private @Nullable String config;

    @Option(names = "--manage-config", paramLabel = "FILE", description = "The management server's settings;"
            + " /etc/sluice/manage.yaml, where it is there, unless given.")
    private @Nullable String manageConfig;

    @Option(names = "--out", paramLabel = "FILE", description = "The file to write; sluice-support-TIME.zip unless given.")
    private @Nullable String out;

    SupportCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun {
        Path file = FileName
                .of(out == null ? "sluice-support-" + BackupCommand.STAMP.format(Instant.now()) + ".zip" : out);
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        SupportBundle bundle = new SupportBundle();
        bundle.fill(config == null ? null : FileName.of(config),
                manageConfig == null ? null : FileName.of(manageConfig));
        bundle.write(file);
        console.out().println("wrote `" + file + "`:");
        bundle.names().forEach(name -> console.out().println("  " + name));
        console.out()
                .println("it has no keys, passwords, policies or records of traffic; look through it all the same");
        return ExitCode.DONE;
    }
}
