package io.sluice.cli;

import io.sluice.archive.Archive;
import io.sluice.archive.ArchiveException;
import io.sluice.archive.ArchiveSettings;
import io.sluice.archive.ArchiveSummary;
import io.sluice.engine.Profile;
import io.sluice.replay.Replay.Judge;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice archive}: a folder of captures, judged into rows that other tools query. */
@Command(name = "archive", sortOptions = false, description = {
        "Judge a folder of captures by a policy, several sensors at a time: every verdict becomes a row of a table, as JSON"
                + " lines and as Parquet.",
        "", "A run that was cut off goes on where it was when it is started again. docs/archives.md has the columns.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:done (whatever the verdicts are)",
                "1:done, but captures are damaged or cannot be read; they are listed", "2:wrong usage",
                "3:the folder or the policy cannot be used, or rows cannot be written"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice archive /srv/captures --policy line-3.yaml --out /srv/rows",
                        "  sluice archive monday --policy line-3.yaml --out rows --rows parquet --sensors folder",
                        "  duckdb -c \"select rule, count(*) from 'rows/parquet/**/*.parquet' group by rule\""})
final class ArchiveCommand extends Verb {
    @Mixin
    private ArchiveOptions options = new ArchiveOptions();

    ArchiveCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun, WrongUsage {
        options.check();
        LoadedPolicy.Sound policy = LoadedPolicy.require(options.policy(), console);
        ZoneOption zones = new ZoneOption(options.zones());
        zones.requireKnown(policy, Optional.empty());
        Judge judge = zones.apply(policy);
        Profile profile = switch (options.profile()) {
            case OBSERVE -> Profile.OBSERVE;
            case INLINE -> Profile.INLINE;
        };
        ArchiveSettings settings = new ArchiveSettings(options.folder(), options.out(), judge, profile,
                options.grouping(), options.form(), options.workers(), options.partBytes(),
                new Version().getVersion()[0]);
        try {
            ArchiveSummary summary = new Archive(settings).run(new ArchiveProgressLine(console));
            console.clearProgress();
            ArchiveText.write(summary, settings, console.out());
            return summary.troubled().isEmpty() ? ExitCode.DONE : ExitCode.NO;
        } catch (ArchiveException e) {
            throw new CouldNotRun(e.getMessage());
        }
    }
}
