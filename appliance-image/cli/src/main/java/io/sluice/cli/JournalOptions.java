package io.sluice.cli;

import io.sluice.inline.settings.SettingsReader;
import io.sluice.journal.JournalVerifier;
import io.sluice.journal.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which journal is meant, and whose key signs it. */
final class JournalOptions {
    private static final Path DEFAULT = Path.of("/var/lib/sluice/journal");
    private static final int LONGEST_KEY_FILE = 4096;

    @Option(names = "--key", paramLabel = "KEY|FILE", description = "The public key that you know, as"
            + " `journal.opened` says it in the journal, or a file with it. Default: the one in the journal's folder.")
    private @Nullable String key;

    @Option(names = "--config", paramLabel = "FILE", description = "The settings, sluice.yaml, that say where the"
            + " journal and its key are; /etc/sluice/sluice.yaml, where it is there, unless given.")
    private @Nullable String config;

    /** Something that is done with a journal. */
    interface Work {
        ExitCode in(Path folder) throws IOException, CouldNotRun, WrongUsage;
    }

    /** The journal that is meant: the one that was named, else that of the settings. */
    Path journal(@Nullable String named) throws IOException, CouldNotRun, WrongUsage {
        if (named != null && config != null) {
            throw new WrongUsage("`" + named + "` and --config both say which journal is meant; give one of them");
        }
        return named != null ? FileName.of(named) : configured();
    }

    private Path configured() throws IOException, CouldNotRun {
        if (config != null) {
            return folderIn(FileName.of(config));
        }
        return Files.isReadable(SettingsReader.DEFAULT_FILE) ? folderIn(SettingsReader.DEFAULT_FILE) : DEFAULT;
    }

    private static Path folderIn(Path file) throws IOException, CouldNotRun {
        SettingsReader.Result result = SettingsReader.read(file, Files.readString(file));
        return switch (result) {
            case SettingsReader.Result.Read read -> read.settings().journalFolder();
            case SettingsReader.Result.Refused refused -> throw new CouldNotRun("settings `" + file
                    + "` have problems, the first of them: " + refused.problems().getFirst()
                    + "; name the journal's folder instead");
        };
    }

    /** Does something with the files of a folder, or of a zip file of one. */
    static ExitCode open(Path journal, Work work) throws IOException, CouldNotRun, WrongUsage {
        if (Files.isDirectory(journal)) {
            return work.in(journal);
        }
        if (!Files.exists(journal)) {
            throw new NoSuchFileException(journal.toString());
        }
        try (FileSystem bundle = FileSystems.newFileSystem(journal)) {
            return work.in(bundle.getPath("/"));
        } catch (ProviderNotFoundException neither) {
            throw new CouldNotRun("`" + journal + "` is neither a folder nor a zip file");
        }
    }

    boolean keyIsGiven() {
        return key != null;
    }

    /** The key that was given, else the journal's own. */
    VerifierKey keyOf(Path folder, Path journal) throws IOException, CouldNotRun, WrongUsage {
        if (key != null) {
            return known(key);
        }
        return JournalVerifier.keyIn(folder).orElseThrow(() -> new CouldNotRun("`" + journal
                + "` has no public key in `journal.pub`; give the one that you know with --key"));
    }

    /** The key that was given, else that of the journal on this machine: a proof that came alone brings none. */
    VerifierKey keyFor(Path proof) throws IOException, CouldNotRun, WrongUsage {
        if (key != null) {
            return known(key);
        }
        Path folder = configured();
        return JournalVerifier.keyIn(folder).orElseThrow(() -> new CouldNotRun("with which key `" + proof
                + "` should be checked is not known: there is no `journal.pub` in `" + folder
                + "`; give the public key of the firewall that it comes from with --key"));
    }

    private static VerifierKey known(String given) throws IOException, CouldNotRun, WrongUsage {
        Optional<VerifierKey> itself = VerifierKey.parse(given);
        if (itself.isPresent()) {
            return itself.get();
        }
        Path file = FileName.of(given);
        Optional<VerifierKey> inFile = Files.isRegularFile(file) && Files.size(file) <= LONGEST_KEY_FILE
                ? VerifierKey.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                : Optional.empty();
        return inFile.orElseThrow(() -> new WrongUsage("`" + given
                + "` is no public key and no file with one; it looks like `plant-3+1a2b3c4d+AbCd…`"));
    }
}
