package io.sluice.cli;

import io.sluice.journal.JournalVerifier;
import io.sluice.journal.RecordProof;
import io.sluice.journal.Verification;
import io.sluice.journal.VerifierKey;
import io.sluice.journal.evidence.EvidenceCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluice audit verify}: is the journal as it was written? Is that record really in it? */
@Command(name = "verify", sortOptions = false, description = {
        "Check that nothing in a journal was changed, removed or added since it was signed; or that a record is in a"
                + " journal, by a proof of `sluice audit prove`; or that a jump session was as a bundle of `sluice audit bundle` says.",
        "",
        "A key from the journal's own folder shows accidents and clumsy hands. Who could write to the folder could sign"
                + " anew with another key: compare with a copy of the key that you keep elsewhere.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                "0:the journal is sound; the record, the session is proven",
                "1:it is broken: the first thing that differs is named; the record, the session is not proven",
                "2:wrong usage",
                "3:it cannot be read, or there is none"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice audit verify",
                        "  sluice audit verify --config /etc/sluice/sluice.yaml",
                        "  sluice audit verify evidence.zip --key plant-3.pub",
                        "  sluice audit verify refusal.tlog-proof --key plant-3.pub",
                        "  sluice audit verify s-7f3c-evidence.zip --key plant-3.pub"})
final class AuditVerifyCommand extends Verb {
    @Parameters(paramLabel = "FOLDER|BUNDLE|PROOF", arity = "0..1", description = "The journal's folder, a zip file of it, a proof of one record, or the bundle of a session. Default: what the settings say, else /var/lib/sluice/journal")
    private @Nullable String named;

    @Mixin
    private final JournalOptions options = new JournalOptions();

    AuditVerifyCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun, WrongUsage {
        Path file = named == null ? null : FileName.of(named);
        if (file != null && Files.isRegularFile(file) && isProof(file)) {
            return prove(file, console.out());
        }
        if (file != null && Files.isRegularFile(file) && EvidenceCheck.isBundle(file)) {
            return session(file, console.out());
        }
        Path journal = options.journal(named);
        return JournalOptions.open(journal, folder -> verify(folder, journal, console.out()));
    }

    private static boolean isProof(Path file) throws IOException {
        byte[] first = RecordProof.FIRST_LINE.getBytes(StandardCharsets.UTF_8);
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(first.length), StandardCharsets.UTF_8).equals(RecordProof.FIRST_LINE);
        }
    }

    private ExitCode prove(Path file, PrintStream out) throws IOException, CouldNotRun, WrongUsage {
        if (Files.size(file) > RecordProof.MOST_BYTES) {
            throw new CouldNotRun("`" + file + "` is too long for a proof of one record");
        }
        VerifierKey key = options.keyFor(file);
        Optional<String> problem;
        try {
            RecordProof proof = RecordProof.parse(Files.readString(file));
            out.println("proof       " + file);
            out.println("key         " + key + (options.keyIsGiven() ? "" : "  (of the journal on this machine)"));
            out.println("checkpoint  " + Counted.of(proof.covered(), "record"));
            problem = proof.problem(key);
            if (problem.isEmpty()) {
                out.println("record      number " + proof.index() + ":");
                out.println(proof.record());
                out.println("proven: this record is in the journal, at this place, as it was signed");
                return ExitCode.DONE;
            }
        } catch (RecordProof.NoProof none) {
            throw new CouldNotRun("`" + file + "` cannot be read as a proof: " + none.sentence());
        }
        out.println("NOT PROVEN: " + problem.get());
        return ExitCode.NO;
    }

    private ExitCode session(Path file, PrintStream out) throws IOException, CouldNotRun, WrongUsage {
        VerifierKey key = options.keyFor(file);
        EvidenceCheck.Found found = EvidenceCheck.check(file, key);
        out.println(
                "bundle      " + file + (found.session().isEmpty() ? "" : ", of session `" + found.session() + "`"));
        out.println("key         " + key + (options.keyIsGiven() ? "" : "  (of the journal on this machine)"));
        if (!found.problems().isEmpty()) {
            found.problems().forEach(problem -> out.println("NOT PROVEN: " + problem));
            out.println(
                    "ask for the bundle again, or for the journal itself: `sluice audit bundle` makes the same anew");
            return ExitCode.NO;
        }
        out.println("checkpoint  " + Counted.of(found.covered(), "record"));
        out.println("records     " + found.records());
        out.println("recordings  " + found.recordings());
        out.println();
        out.print(found.report());
        out.println();
        if (found.unsworn() > 0) {
            out.println("note: of " + Counted.of(found.unsworn(), "recording")
                    + " the journal has no digest: only the bundle says that nothing was changed in it");
        }
        out.println("proven: these records are in the journal as they were signed, and the report says what they say");
        return ExitCode.DONE;
    }

    private ExitCode verify(Path folder, Path journal, PrintStream out) throws IOException, CouldNotRun, WrongUsage {
        Verification seen;
        try {
            seen = JournalVerifier.verify(folder, options.keyOf(folder, journal));
        } catch (JournalVerifier.NoJournal none) {
            throw new CouldNotRun("there is no journal in `" + journal + "`");
        }
        out.println("journal     " + journal + ", signed as `" + seen.key().name() + "`");
        out.println("key         " + seen.key() + (options.keyIsGiven() ? "" : "  (the folder's own)"));
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
}
