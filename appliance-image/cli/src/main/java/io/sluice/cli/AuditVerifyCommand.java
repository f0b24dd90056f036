package io.sluice.cli;

import io.sluice.journal.JournalVerifier;
import io.sluice.journal.Verification;
import io.sluice.journal.VerifierKey;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice audit verify}: is the journal as it was written? */
@Command(name = "verify", sortOptions = false, description = {
        "Check that nothing in a journal was changed, removed or added since it was signed.", "",
        "A key from the journal's own folder shows accidents and clumsy hands. Who could write to the folder could sign"
                + " anew with another key: compare with a copy of the key that you keep elsewhere.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:the journal is sound",
                "1:it is broken: the first thing that differs is named", "2:wrong usage",
                "3:it cannot be read, or there is none"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice audit verify",
                        "  sluice audit verify evidence.zip --key plant-3.pub"})
final class AuditVerifyCommand extends Verb {
    private static final Path DEFAULT = Path.of("/var/lib/sluice/journal");
    private static final int LONGEST_KEY_FILE = 4096;

    @Parameters(paramLabel = "FOLDER|BUNDLE", arity = "0..1", description = "The journal's folder, or a zip file of it. Default: /var/lib/sluice/journal")
    private Path journal = DEFAULT;

    @Option(names = "--key", paramLabel = "KEY|FILE", description = "The public key that you know, as `sluice status` prints it, or a file with it. Default: the one in the folder.")
    private Optional<String> key = Optional.empty();

    AuditVerifyCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun, WrongUsage {
        if (Files.isDirectory(journal)) {
            return verify(journal, console.out());
        }
        if (!Files.exists(journal)) {
            throw new NoSuchFileException(journal.toString());
        }
        try (FileSystem bundle = FileSystems.newFileSystem(journal)) {
            return verify(bundle.getPath("/"), console.out());
        } catch (ProviderNotFoundException neither) {
            throw new CouldNotRun("`" + journal + "` is neither a folder nor a zip file");
        }
    }

    private ExitCode verify(Path folder, PrintStream out) throws IOException, CouldNotRun, WrongUsage {
        Verification seen;
        try {
            seen = JournalVerifier.verify(folder, key(folder));
        } catch (JournalVerifier.NoJournal none) {
            throw new CouldNotRun("there is no journal in `" + journal + "`");
        }
        out.println("journal     " + journal + ", signed as `" + seen.key().name() + "`");
        out.println("key         " + seen.key() + (key.isPresent() ? "" : "  (the folder's own)"));
        out.println("records     " + records(seen));
        out.println("segments    " + seen.segments()
                + (seen.first() > 0 ? "; records 0 to " + (seen.first() - 1) + " are deleted" : ""));
        out.println("checkpoints " + seen.checkpoints());
        if (seen.broken().isPresent()) {
            out.println("BROKEN: " + seen.broken().get());
            out.println(seen.signed() > seen.first()
                    ? "the records up to number " + (seen.signed() - 1) + " are as they were signed"
                    : "no record before it is known to be as it was signed");
            return ExitCode.NO;
        }
        unsigned(seen, out);
        out.println("sound: nothing was changed, removed or added");
        return ExitCode.DONE;
    }

    private static String records(Verification seen) {
        return seen.records() == 0
                ? "none"
                : seen.records() + ", number " + seen.first() + " to " + (seen.first() + seen.records() - 1)
                        + (seen.until().isEmpty() ? "" : ", from " + seen.from() + " to " + seen.until());
    }

    private static void unsigned(Verification seen, PrintStream out) {
        long newer = seen.first() + seen.records() - seen.signed();
        if (newer > 0) {
            out.println("note: the last " + Counted.of(newer, "record") + " are not signed yet");
        }
        if (seen.unfinished()) {
            out.println("note: half a record follows; it is being written, or a crash ended it");
        }
    }

    private VerifierKey key(Path folder) throws IOException, CouldNotRun, WrongUsage {
        if (key.isPresent()) {
            return known(key.get());
        }
        return JournalVerifier.keyIn(folder).orElseThrow(() -> new CouldNotRun("`" + journal
                + "` has no public key in `journal.pub`; give the one that you know with --key"));
    }

    private static VerifierKey known(String given) throws IOException, WrongUsage {
        Optional<VerifierKey> itself = VerifierKey.parse(given);
        if (itself.isPresent()) {
            return itself.get();
        }
        Path file = Path.of(given);
        Optional<VerifierKey> inFile = Files.isRegularFile(file) && Files.size(file) <= LONGEST_KEY_FILE
                ? VerifierKey.parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                : Optional.empty();
        return inFile.orElseThrow(() -> new WrongUsage("`" + given
                + "` is no public key and no file with one; it looks like `plant-3+1a2b3c4d+AbCd…`"));
    }
}
