package io.sluice.cli;

import io.sluice.cli.backup.BackupReader;
import io.sluice.cli.backup.BadBackup;
import io.sluice.cli.backup.Entry;
import io.sluice.cli.backup.Part;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluice backup list}: what is in a backup, and is it whole? */
@Command(name = "list", sortOptions = false, description = {
        "Say what is in a backup, and check it from its beginning to its end. Nothing is written.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:the backup is whole", "2:wrong usage",
                "3:it is no backup, was altered or cut off, or the passphrase is another one"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice backup list plant-3.backup",
                        "  sluice backup list plant-3.backup --passphrase-file /root/backup.passphrase"})
final class BackupListCommand extends Verb {
    @Parameters(paramLabel = "FILE", arity = "1", description = "The backup.")
    private String file = "";

    @Mixin
    private final PassphraseOption passphrase = new PassphraseOption();

    BackupListCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun {
        Path path = FileName.of(file);
        char[] secret = passphrase.forReading(console);
        try (BackupReader backup = BackupReader.open(path, secret)) {
            PrintStream out = console.out();
            head(backup, path, out);
            for (Optional<Entry> next = backup.next(); next.isPresent(); next = backup.next()) {
                Entry entry = next.get();
                if (!entry.folder()) {
                    out.printf(java.util.Locale.ROOT, "%-10s %12d  %s%n", entry.part().word(), entry.bytes(),
                            entry.name());
                }
            }
            out.println("whole: " + Counted.of(backup.files(), "file") + ", " + Bytes.text(backup.bytes()));
            return ExitCode.DONE;
        } catch (BadBackup e) {
            throw new CouldNotRun("`" + path + "`: " + e.sentence());
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    static void head(BackupReader backup, Path path, PrintStream out) {
        out.println("backup      " + path + ", of " + backup.created() + ", by Sluice " + backup.product() + " on `"
                + backup.manifest().host() + "`");
        for (Part part : Part.values()) {
            String folder = backup.manifest().folders().get(part);
            if (folder != null) {
                out.println(String.format(java.util.Locale.ROOT, "%-11s ", part.word()) + "of " + folder);
            }
        }
        backup.manifest().notes().forEach(note -> out.println("note: " + note));
    }
}
