package io.sluice.cli;

import io.sluice.cli.backup.BackupReader;
import io.sluice.cli.backup.BadBackup;
import io.sluice.cli.backup.NotPossible;
import io.sluice.cli.backup.Part;
import io.sluice.cli.backup.Restore;
import io.sluice.cli.backup.Restored;
import io.sluice.journal.Verification;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice restore}: an installation as it was when the backup was made. */
@Command(name = "restore", sortOptions = false, description = {
        "Put a backup back, on this machine or on another. Stop firewall and management server first.", "",
        "The backup is read to its end and checked before anything changes; then all of it is put in place, or nothing. What"
                + " is there already is never deleted: with --replace it is moved into a folder `before-TIME`.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:everything is in its place, and sound",
                "1:everything is in its place, but journal or policy are not sound: they were not when the backup was made",
                "2:wrong usage",
                "3:could not run: no backup, another passphrase, a folder is in use or not empty; nothing has changed"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice restore plant-3.backup", "  sluice restore plant-3.backup --replace",
                        "  sluice restore plant-3.backup --settings /tmp/look/etc --firewall /tmp/look/sluice \\",
                        "      --management /tmp/look/manage"})
final class RestoreCommand extends Verb {
    @Parameters(paramLabel = "FILE", arity = "1", description = "The backup.")
    private String file = "";

    @Mixin
    private final PassphraseOption passphrase = new PassphraseOption();

    @Option(names = "--replace", description = "Move what is there aside.")
    private boolean replace;

    @Option(names = "--without-settings", description = "Leave the settings of this machine as they are.")
    private boolean withoutSettings;

    @Option(names = "--settings", paramLabel = "FOLDER", description = "Where settings go; unless given, where they were.")
    private @Nullable String settings;

    @Option(names = "--firewall", paramLabel = "FOLDER", description = "Where the firewall's data goes; unless given,"
            + " where it was.")
    private @Nullable String firewall;

    @Option(names = "--management", paramLabel = "FOLDER", description = "Where the management server's data goes;"
            + " unless given, where it was.")
    private @Nullable String management;

    RestoreCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun, WrongUsage {
        if (withoutSettings && settings != null) {
            throw new WrongUsage("--settings and --without-settings contradict each other");
        }
        Path path = FileName.of(file);
        EnumSet<Part> wanted = EnumSet.allOf(Part.class);
        if (withoutSettings) {
            wanted.remove(Part.SETTINGS);
        }
        char[] secret = passphrase.forReading(console);
        try (BackupReader backup = BackupReader.open(path, secret)) {
            Restored restored = Restore.from(backup, wanted, targets(), replace,
                    BackupCommand.STAMP.format(Instant.now()));
            say(backup, path, restored, console.out());
            return restored.sound() ? ExitCode.DONE : ExitCode.NO;
        } catch (BadBackup e) {
            throw new CouldNotRun("`" + path + "`: " + e.sentence() + "; nothing was changed");
        } catch (NotPossible e) {
            throw new CouldNotRun(e.sentence());
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    private Map<Part, Path> targets() throws CouldNotRun {
        Map<Part, Path> targets = new EnumMap<>(Part.class);
        put(targets, Part.SETTINGS, settings);
        put(targets, Part.FIREWALL, firewall);
        put(targets, Part.MANAGEMENT, management);
        return targets;
    }

    private static void put(Map<Part, Path> targets, Part part, @Nullable String folder) throws CouldNotRun {
        if (folder != null) {
            targets.put(part, FileName.of(folder));
        }
    }

    private static void say(BackupReader backup, Path path, Restored restored, PrintStream out) {
        line(out, "backup", path + ", of " + backup.created() + ", by Sluice " + backup.product() + " on `"
                + backup.manifest().host() + "`");
        restored.folders().forEach(folder -> line(out, folder.part().word(), Counted.of(folder.files(), "file")
                + " in `" + folder.target() + "`"
                + folder.aside().map(aside -> "; what was there is in `" + aside + "`")
                        .orElse("")));
        restored.policy().ifPresent(policy -> line(out, "policy", (policy.whole()
                ? policy.hash()
                : "MISSING: the text of the active policy is not there, or was changed") + ", "
                + Counted.of(policy.changes(), "change") + " in its history"));
        restored.journal().ifPresent(journal -> line(out, "journal", journal(journal)));
        restored.database().ifPresent(database -> line(out, "accounts", Counted.of(database.accounts(), "account")
                + ", " + Counted.of(database.sessions(), "jump session") + ", " + database.open()
                + " of them not over"));
        if (!backup.product().equals(Version.number())) {
            out.println("note: Sluice " + backup.product() + " wrote it, and this is " + Version.number()
                    + "; an older one may refuse the data of a newer");
        }
        restored.notes().forEach(note -> out.println("note: " + note));
        out.println(restored.sound()
                ? "restored, and sound; start firewall and management server again"
                : "restored as it was when the backup was made; look at what is not sound before the start");
    }

    private static String journal(Verification journal) {
        String records = journal.records() == 0
                ? "no records"
                : Counted.of(journal.records(), "record") + ", number " + journal.first() + " to "
                        + (journal.first() + journal.records() - 1);
        return records + journal.broken().map(broken -> ", BROKEN: " + broken)
                .orElse(": nothing was changed, removed or added");
    }

    private static void line(PrintStream out, String word, String text) {
        out.println(String.format(Locale.ROOT, "%-11s ", word) + text);
    }
}
