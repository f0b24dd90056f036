package io.sluice.cli;

import io.sluice.capture.CaptureException;
import io.sluice.dissect.Protocols;
import io.sluice.engine.Profile;
import io.sluice.replay.Proposed;
import io.sluice.replay.Replay;
import io.sluice.replay.Report;
import io.sluice.replay.ReportWriter;
import io.sluice.replay.SeenFile;
import io.sluice.replay.SeenFile.Seen;
import io.sluice.rules.analyze.Expectations;
import io.sluice.rules.learn.LeftOut;
import io.sluice.rules.learn.Outline;
import io.sluice.rules.learn.Proposal;
import io.sluice.rules.learn.ProposalOptions;
import io.sluice.rules.learn.Proposer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice learn}: which policy would permit what this traffic does as a habit? */
@Command(name = "learn", sortOptions = false, description = {
        "Propose a policy from recorded traffic: what is a habit becomes a rule, with where it comes from; what is not is"
                + " listed.",
        "", "The policy only monitors. Nothing is put in force; a person reads it first.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:a policy is proposed",
                "1:nothing was seen that could be a rule", "2:wrong usage",
                "3:a capture, the journal or a file cannot be read, or a file cannot be written"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice learn mon.pcapng tue.pcapng --out proposed.yaml",
                        "  sluice learn plant.pcap --zone cell-3=10.3.1.0/26 --zone ops=10.3.1.64/26 --without-writes",
                        "  sluice learn --journal /var/lib/sluice/journal --out proposed.yaml",
                        "  sluice learn plant.pcap --out proposed.yaml --html meeting.html --lang de --baseline active.yaml",
                        "  sluice learn mon.pcap --save mon.seen; sluice learn tue.pcap --save tue.seen",
                        "  sluice learn --from mon.seen --from tue.seen --out proposed.yaml"})
final class LearnCommand extends Verb {
    @Mixin
    private LearnOptions options = new LearnOptions();

    @Mixin
    private LearnOutputs outputs = new LearnOutputs();

    LearnCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun, WrongUsage {
        options.check();
        outputs.check();
        LearnSource source = new LearnSource(options, console);
        outputs.refuseOverwriting(source.captures(), options.from());
        Optional<LoadedPolicy.Sound> baseline = outputs.baseline().isPresent()
                ? Optional.of(LoadedPolicy.require(outputs.baseline().get(), console))
                : Optional.empty();
        Seen seen = source.read();
        console.clearProgress();
        PrintStream err = console.err();
        source.troubles().forEach(trouble -> err.println("sluice: " + trouble));
        seen.observations().losses().forEach(loss -> err.println("sluice: " + loss));
        if (seen.namesLost() > 0) {
            err.println("sluice: too many names; " + seen.namesLost() + " were taken for untold ones");
        }
        if (outputs.save().isPresent()) {
            save(seen, outputs.save().get());
            err.println("kept: " + Counted.of(seen.observations().count(), "observation") + " of "
                    + Counted.of(seen.parts().size(), "recording") + " in " + outputs.save().get());
        }
        return outputs.proposes() ? propose(console, source, seen, baseline) : ExitCode.DONE;
    }

    private ExitCode propose(Console console, LearnSource source, Seen seen, Optional<LoadedPolicy.Sound> baseline)
            throws IOException, CouldNotRun, WrongUsage {
        PrintStream err = console.err();
        ProposalOptions how = options.proposal(seen.source());
        Proposal proposal = Proposer.propose(seen.observations(), how);
        if (proposal.isEmpty() && proposal.counts().decisions() == 0) {
            summary(err, proposal);
            err.println(
                    "sluice: nothing was seen that could be a rule, so there is no policy; record for longer, or give"
                            + " --least 1, or --service where a protocol uses another port");
            return ExitCode.NO;
        }
        LoadedPolicy.Sound sound = requireSound(proposal);
        if (outputs.html().isPresent()) {
            Proposed proposed = new Proposed(how.name(), proposal, seen.source(), seen.observations().losses());
            Optional<Report> report = source.isReadable()
                    ? Optional.of(judge(source, sound, baseline, console))
                    : Optional.empty();
            try (PrintStream page = new PrintStream(Files.newOutputStream(outputs.html().get()), false,
                    StandardCharsets.UTF_8)) {
                ReportWriter.writeProposal(proposed, report, outputs.language(), page);
                if (page.checkError()) {
                    throw new CouldNotRun("`" + outputs.html().get() + "` could not be written; is the disk full?");
                }
            }
            if (report.isEmpty()) {
                err.println("sluice: the page says what is proposed, but not what would be refused: that needs captures"
                        + " that can be read again" + (baseline.isPresent() ? ", and so does --baseline" : ""));
            }
        }
        write(proposal, console);
        summary(err, proposal);
        if (seen.hasJournal() && proposal.outline().conduits().stream().anyMatch(LearnCommand::mayDemand)) {
            err.println(
                    "sluice: a journal does not tell what secure channels were like, so no `channel` is proposed from"
                            + " it; learn that from a capture");
        }
        next(err);
        return ExitCode.DONE;
    }

    /** A conduit whose protocol has connections of which a policy can demand something, and that demands nothing. */
    private static boolean mayDemand(Outline.Conduit conduit) {
        return conduit.channel().isEmpty() && Protocols.ALL.stream()
                .anyMatch(p -> conduit.service().startsWith(p.name() + ",") && !p.vocabulary().traits().isEmpty());
    }

    /** What the proposal makes of the captures that it was learnt from. */
    private Report judge(LearnSource source, LoadedPolicy.Sound proposal, Optional<LoadedPolicy.Sound> baseline,
            Console console) throws IOException, CouldNotRun, WrongUsage {
        Replay.Judge judge = new Replay.Judge(proposal.policy(), proposal.compiled(), List.of());
        Optional<Replay.Judge> before = baseline.isPresent()
                ? Optional.of(new ZoneOption(options.zones()).apply(baseline.get()))
                : Optional.empty();
        try {
            Report report = new Replay(judge, Profile.OBSERVE, before, Replay.Outputs.NONE)
                    .run(List.copyOf(source.captures()), new ProgressLine(console));
            console.clearProgress();
            return report;
        } catch (CaptureException e) {
            throw new CouldNotRun(e.getMessage());
        }
    }

    /** Whole or not at all, since a file of an earlier run may be replaced. */
    private static void save(Seen seen, Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
            SeenFile.write(seen, out);
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** What people are given must pass what they are told to try next. */
    private static LoadedPolicy.Sound requireSound(Proposal proposal) {
        PolicyFile file = PolicyFile.of("proposal", proposal.policy());
        List<String> problems = new ArrayList<>();
        switch (LoadedPolicy.of(file)) {
            case LoadedPolicy.Refused refused -> refused.problems().forEach(p -> problems.add(p.toString()));
            case LoadedPolicy.Sound sound -> {
                Expectations.check(sound.compiled(), sound.policy()).forEach(p -> problems.add(p.toString()));
                if (problems.isEmpty()) {
                    return sound;
                }
            }
        }
        throw new IllegalStateException("the proposal is not sound: " + problems.getFirst());
    }

    private void write(Proposal proposal, Console console) throws IOException {
        if (outputs.out().isPresent()) {
            Files.writeString(outputs.out().get(), proposal.policy(), StandardCharsets.UTF_8);
        } else if (outputs.save().isEmpty()) {
            console.out().print(proposal.policy());
        }
    }

    private static void summary(PrintStream err, Proposal proposal) {
        Proposal.Counts c = proposal.counts();
        err.println("learnt: " + Counted.of(c.rules(), "rule") + " in " + Counted.of(c.conduits(), "conduit")
                + ", " + Counted.of(c.assets(), "asset") + " in " + Counted.of(c.zones(), "zone") + ", "
                + Counted.of(c.expectations(), "expectation"));
        Map<LeftOut.Why, Long> sorts = new TreeMap<>();
        proposal.leftOut().forEach(l -> sorts.merge(l.why(), 1L, Long::sum));
        sorts.forEach((why, count) -> err.println("left out: " + count + " × " + why.sentence()));
        if (c.decisions() > 0) {
            err.println("to decide: " + Counted.of(c.decisions(), "rule") + " marked DECIDE, which change a device");
        }
    }

    private void next(PrintStream err) {
        String policy = outputs.out().map(Path::toString).orElse("POLICY");
        err.println("next: read " + policy + ", rename assets, decide; then sluice check " + policy
                + " and sluice replay CAPTURE --policy " + policy);
    }
}
