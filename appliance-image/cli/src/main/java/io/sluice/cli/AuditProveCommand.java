package io.sluice.cli;

import io.sluice.journal.RecordProof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice audit prove}: one record for somebody who is not to see the others. */
@Command(name = "prove", sortOptions = false, description = {
        "Prove that one record is in the journal, to somebody who has nothing but the firewall's public key.", "",
        "The proof is a small text: the record, and what leads from it to the newest signed checkpoint. It shows none of"
                + " the other records. `sluice audit verify` checks it, without the journal and without a network.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:the proof is written", "2:wrong usage",
                "3:there is no such record, it is not signed yet, or the journal cannot be read"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice audit prove journal-0000000000001166.jsonl:3 --out refusal.tlog-proof",
                        "  sluice audit prove 1168 evidence.zip --key plant-3.pub > refusal.tlog-proof",
                        "  grep -n 4711 /var/lib/sluice/journal/journal-*.jsonl    finds file and line of a record"})
final class AuditProveCommand extends Verb {
    @Parameters(index = "0", paramLabel = "RECORD", description = "A line of a segment, as grep -n and"
            + " `sluice audit verify` name it: FILE:LINE. Or the record's number since the journal began, from 0.")
    private String record = "";

    @Parameters(index = "1", paramLabel = "FOLDER|BUNDLE", arity = "0..1", description = "The journal's folder, or a zip file of it. Default: what the settings say, else /var/lib/sluice/journal")
    private @Nullable String named;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write the proof; standard output unless"
            + " given.")
    private @Nullable String out;

    @Mixin
    private final JournalOptions options = new JournalOptions();

    AuditProveCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun, WrongUsage {
        long index = index();
        Path file = out == null ? null : FileName.of(out);
        Path journal = options.journal(named);
        return JournalOptions.open(journal, folder -> {
            RecordProof proof = proof(folder, journal, index);
            if (file == null) {
                console.out().print(proof.text());
            } else {
                Files.writeString(file, proof.text());
                console.out().println("wrote a proof of record " + index + " to `" + file + "`; it shows this:");
                console.out().println(proof.record());
            }
            return ExitCode.DONE;
        });
    }

    private RecordProof proof(Path folder, Path journal, long index) throws IOException, CouldNotRun, WrongUsage {
        try {
            return RecordProof.of(folder, options.keyOf(folder, journal), index);
        } catch (RecordProof.NoProof none) {
            throw new CouldNotRun(none.sentence());
        }
    }

    private long index() throws WrongUsage {
        OptionalLong line = RecordProof.indexOf(record);
        if (line.isPresent()) {
            return line.getAsLong();
        }
        if (!record.matches("[0-9]{1,18}")) {
            throw new WrongUsage("`" + record + "` names no record: give its number, or its line in a segment, such as"
                    + " `journal-0000000000001166.jsonl:3`");
        }
        return Long.parseLong(record);
    }
}
