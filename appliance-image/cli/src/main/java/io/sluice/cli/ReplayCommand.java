package io.sluice.cli;

import io.sluice.capture.CaptureException;
import io.sluice.engine.Profile;
import io.sluice.replay.Replay;
import io.sluice.replay.Replay.Judge;
import io.sluice.replay.Report;
import io.sluice.replay.ReportWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice replay}: what would this policy have made of that traffic? */
@Command(name = "replay", sortOptions = false, description = {
        "Judge captures by a policy: every message gets a verdict and a reason, and nothing is sent.", "",
        "With --baseline also: which messages get another verdict than under that policy. With --watch the policy before",
        "is the baseline, again and again.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {
                "0:done (whatever the verdicts are)", "1:verdicts differ from the baseline", "2:wrong usage",
                "3:a capture or the policy cannot be used, or a file cannot be written"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice replay plant.pcapng --policy line-3.yaml",
                        "  sluice replay *.pcap --policy new.yaml --baseline active.yaml",
                        "  sluice replay plant.pcap --policy line-3.yaml --zone cell-3=10.3.1.0/24 --format html > r.html"})
final class ReplayCommand extends Verb {
    @Mixin
    private ReplayOptions options = new ReplayOptions();

    ReplayCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun, WrongUsage {
        options.check();
        List<CaptureArgument> captures = new ArrayList<>();
        for (String capture : options.captures()) {
            captures.add(CaptureArgument.of(capture, console));
        }
        LoadedPolicy.Sound policy = LoadedPolicy.require(options.policy(), console);
        Optional<LoadedPolicy.Sound> before = options.baseline().isPresent()
                ? Optional.of(LoadedPolicy.require(options.baseline().get(), console))
                : Optional.empty();
        ZoneOption zones = new ZoneOption(options.zones());
        zones.requireKnown(policy, before);
        if (options.watch()) {
            try {
                ReplayFiles.check(options, captures);
                return new WatchedReplay(options, zones, console).run(captures);
            } catch (CaptureException e) {
                throw new CouldNotRun(e.getMessage());
            }
        }
        Judge judge = zones.apply(policy);
        Optional<Judge> baseline = before.isPresent() ? Optional.of(zones.apply(before.get())) : Optional.empty();
        Profile profile = options.profile().engine();
        Replay replay = new Replay(judge, profile, baseline, options.outputs());
        try {
            ReplayFiles.check(options, captures);
            Report report = replay.run(List.copyOf(captures), new ProgressLine(console));
            console.clearProgress();
            ReportWriter.write(report, switch (options.format()) {
                case TEXT -> ReportWriter.Form.TEXT;
                case JSON -> ReportWriter.Form.JSON;
                case HTML -> ReportWriter.Form.HTML;
            }, options.language(), console.out());
            boolean changed = report.changes().isPresent() && report.changes().get().changed() > 0;
            return changed ? ExitCode.NO : ExitCode.DONE;
        } catch (CaptureException e) {
            throw new CouldNotRun(e.getMessage());
        }
    }

}
