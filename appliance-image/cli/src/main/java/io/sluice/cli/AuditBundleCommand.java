package io.sluice.cli;

import io.sluice.journal.evidence.EvidenceBundle;
import io.sluice.journal.evidence.NoEvidence;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice audit bundle}: all that is known of a jump session, for somebody who is to see nothing else. */
@Command(name = "bundle", sortOptions = false, description = {
        "Put together what a jump session was, for somebody who has nothing but the firewall's public key.", "",
        "The bundle is a zip file: a report of who asked, who approved and what was changed, the session's records as they"
                + " are in the journal, a proof for each, and its recordings. `sluice audit verify` checks it, without the"
                + " journal and without a network.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:the bundle is written", "2:wrong usage",
                "3:there is no such session, it is not signed yet, or the journal cannot be read"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice audit bundle --session s-7f3c --recordings /var/lib/sluice-manage/broker/recordings",
                        "  sluice audit bundle --session s-7f3c /srv/plant-3/journal --out crane.zip"})
final class AuditBundleCommand extends Verb {
    @Option(names = "--session", paramLabel = "ID", required = true, description = "The session, as its page and"
            + " `sluice sessions list` name it.")
    private String session = "";

    @Parameters(paramLabel = "FOLDER|BUNDLE", arity = "0..1", description = "The journal's folder, or a zip file of it. Default: what the settings say, else /var/lib/sluice/journal")
    private @Nullable String named;

    @Option(names = "--recordings", paramLabel = "FOLDER", description = "Where the gateway keeps its recordings;"
            + " without it there are none in the bundle.")
    private @Nullable String recordings;

    @Option(names = "--out", paramLabel = "FILE", description = "The file to write; ID-evidence.zip unless given. A file"
            + " that is there is not overwritten.")
    private @Nullable String out;

    @Mixin
    private final JournalOptions options = new JournalOptions();

    AuditBundleCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun, WrongUsage {
        if (!session.matches("[A-Za-z0-9-]{1,64}")) {
            throw new WrongUsage("`" + session + "` names no session; it looks like `s-7f3c`");
        }
        Path file = FileName.of(out == null ? session + "-evidence.zip" : out);
        if (Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Path pcaps = recordings == null ? null : FileName.of(recordings);
        if (pcaps != null && !Files.isDirectory(pcaps)) {
            throw new NotDirectoryException(pcaps.toString());
        }
        Path journal = options.journal(named);
        return JournalOptions.open(journal, folder -> {
            try {
                EvidenceBundle.Made made = EvidenceBundle.write(folder, options.keyOf(folder, journal), session, pcaps,
                        file);
                console.out().println("wrote " + Counted.of(made.records(), "record") + " and "
                        + Counted.of(made.recordings(), "recording") + " to `" + file + "`; it says this:");
                console.out().println();
                console.out().print(made.report());
                return ExitCode.DONE;
            } catch (NoEvidence none) {
                throw new CouldNotRun(none.sentence());
            }
        });
    }
}
