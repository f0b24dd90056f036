package io.sluice.cli;

import io.sluice.cli.backup.Backup;
import io.sluice.cli.backup.NotPossible;
import io.sluice.cli.backup.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice backup}: everything of this installation in one encrypted file. */
@Command(name = "backup", sortOptions = false, description = {
        "Put everything of this installation into one encrypted file: settings, policies and their history, the journal"
                + " with its key, accounts, sessions, recordings. Firewall and management server go on meanwhile.",
        "",
        "Who has the file and its passphrase has all secrets of the firewall; who has lost the passphrase has nothing.",
        ""}, commandListHeading = "%nCommands:%n", exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                "0:the backup is written, and was read again to its end", "2:wrong usage",
                "3:could not run: nothing to keep, a file cannot be read, the disk is full"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice backup --out /media/stick/plant-3.backup",
                        "  sluice backup --passphrase-file /root/backup.passphrase --without-captures",
                        "  sluice backup list plant-3.backup"})
final class BackupCommand extends Verb {
    static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Option(names = "--out", paramLabel = "FILE", description = "The file to write; sluice-TIME.backup unless given. A"
            + " file that is there is not overwritten.")
    private @Nullable String out;

    @Mixin
    private final PassphraseOption passphrase = new PassphraseOption();

    @Mixin
    private final BackupSources sources = new BackupSources();

    BackupCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Path file = FileName.of(out == null ? "sluice-" + STAMP.format(now) + ".backup" : out);
        if (Files.exists(file)) {
            throw new java.nio.file.FileAlreadyExistsException(file.toString());
        }
        Sources found = sources.find();
        char[] secret = passphrase.forMaking(console);
        try {
            Backup.Made made = Backup.make(found, file, Version.number(), now.toString(), secret);
            made.notes().forEach(note -> console.err().println("note: " + note));
            console.out()
                    .println("wrote " + Counted.of(made.files(), "file") + " (" + Bytes.text(made.bytes()) + ") to `"
                            + file + "`, " + Bytes.text(Files.size(file)) + " encrypted, and read it again to its end");
            console.out().println("keep the passphrase apart from it: without it nobody can read the file");
            return ExitCode.DONE;
        } catch (NotPossible e) {
            throw new CouldNotRun(e.sentence());
        } finally {
            Arrays.fill(secret, '\0');
        }
    }
}
