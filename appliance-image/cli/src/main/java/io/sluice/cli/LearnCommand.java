package io.sluice.cli;

import io.sluice.capture.CaptureException;
import io.sluice.capture.CaptureTrouble;
import io.sluice.journal.JournalReader;
import io.sluice.replay.InputSummary;
import io.sluice.replay.JournalLearning;
import io.sluice.replay.Learning;
import io.sluice.rules.analyze.Expectations;
import io.sluice.rules.learn.LeftOut;
import io.sluice.rules.learn.Proposal;
import io.sluice.rules.learn.Proposer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sluice learn}: which policy would permit what this traffic does as a habit? */
@Command(name = "learn", sortOptions = false, description = {
        "Propose a policy from recorded traffic: what is a habit becomes a rule, with where it comes from; what is not is"
                + " listed.",
        "", "The policy only monitors. Nothing is put in force; a person reads it first.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:a policy is proposed",
                "1:nothing was seen that could be a rule", "2:wrong usage",
                "3:a capture or the journal cannot be read, or the file cannot be written"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice learn mon.pcapng tue.pcapng --out proposed.yaml",
                        "  sluice learn plant.pcap --zone cell-3=10.3.1.0/26 --zone ops=10.3.1.64/26 --without-writes",
                        "  sluice learn --journal /var/lib/sluice/journal --out proposed.yaml"})
final class LearnCommand extends Verb {
    @Mixin
    private LearnOptions options = new LearnOptions();

    LearnCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun, WrongUsage {
        options.check();
        Source source = source(console);
        Proposal proposal = Proposer.propose(source.learnt().observations(), options.proposal(source.name()));
        console.clearProgress();
        PrintStream err = console.err();
        source.troubles().forEach(trouble -> err.println("sluice: " + trouble));
        source.learnt().observations().losses().forEach(loss -> err.println("sluice: " + loss));
        if (source.learnt().namesLost() > 0) {
            err.println("sluice: too many names; " + source.learnt().namesLost() + " were taken for untold ones");
        }
        if (proposal.isEmpty() && proposal.counts().decisions() == 0) {
            summary(err, proposal);
            err.println(
                    "sluice: nothing was seen that could be a rule, so there is no policy; record for longer, or give"
                            + " --least 1, or --service where a protocol uses another port");
            return ExitCode.NO;
        }
        requireSound(proposal);
        write(proposal, console);
        summary(err, proposal);
        next(err);
        return ExitCode.DONE;
    }

    /**
     * What was learnt and from what.
     *
     * @param troubles what was wrong with the source, one sentence each
     */
    record Source(String name, Learning.Learnt learnt, List<String> troubles) {}

    private Source source(Console console) throws CouldNotRun, WrongUsage {
        if (options.journal().isPresent()) {
            return journal(options.journal().get());
        }
        Learning learning = new Learning(options.services());
        List<CaptureArgument> captures = new ArrayList<>();
        for (String capture : options.captures()) {
            captures.add(CaptureArgument.of(capture, console));
        }
        try {
            for (CaptureArgument capture : captures) {
                capture.tryToOpen();
            }
            refuseOverwriting(captures);
            Learning.Learnt learnt = learning.run(List.copyOf(captures), new ProgressLine(console));
            List<String> troubles = new ArrayList<>();
            for (InputSummary input : learnt.inputs()) {
                for (CaptureTrouble trouble : input.troubles()) {
                    troubles.add(input.name() + ": " + trouble.sentence());
                }
            }
            return new Source(captures.stream().map(CaptureArgument::name).collect(Collectors.joining(", ")), learnt,
                    troubles);
        } catch (CaptureException e) {
            throw new CouldNotRun(e.getMessage());
        } catch (IOException e) {
            throw new CouldNotRun("the captures cannot be looked at: " + e.getMessage());
        }
    }

    private static Source journal(Path folder) throws CouldNotRun {
        JournalLearning learning = new JournalLearning();
        long records = 0;
        List<String> troubles = new ArrayList<>();
        try (JournalReader reader = JournalReader.open(folder, 0)) {
            while (reader.next()) {
                learning.record(reader.bytes(), reader.from(), reader.length(), reader.index());
                records++;
            }
            if (reader.skipped() > 0) {
                troubles.add(folder + ": " + Counted.of(reader.skipped(), "older record") + " no longer there");
            }
        } catch (IOException e) {
            throw new CouldNotRun("the journal in `" + folder + "` cannot be read: " + e.getMessage());
        }
        if (records == 0) {
            throw new CouldNotRun("there is no journal in `" + folder + "`; it is the folder journal/ below the"
                    + " firewall's data folder");
        }
        if (learning.unread() > 0) {
            troubles.add(folder + ": " + Counted.of(learning.unread(), "record") + " could not be read");
        }
        return new Source("the journal " + folder + " (" + Counted.of(records, "record") + ")", learning.finish(),
                troubles);
    }

    private void refuseOverwriting(List<CaptureArgument> captures) throws CouldNotRun, IOException {
        for (CaptureArgument capture : captures) {
            Path out = options.out().orElse(null);
            if (out != null && !capture.isStandardInput() && Files.exists(out) && Files.exists(capture.path())
                    && Files.isSameFile(out, capture.path())) {
                throw new CouldNotRun("`" + out + "` is a capture to learn from; give --out another name");
            }
        }
    }

    /** What people are given must pass what they are told to try next. */
    private static void requireSound(Proposal proposal) {
        PolicyFile file = PolicyFile.of("proposal", proposal.policy());
        List<String> problems = new ArrayList<>();
        switch (LoadedPolicy.of(file)) {
            case LoadedPolicy.Refused refused -> refused.problems().forEach(p -> problems.add(p.toString()));
            case LoadedPolicy.Sound sound -> Expectations
                    .check(sound.compiled(), sound.policy()).forEach(p -> problems.add(p.toString()));
        }
        if (!problems.isEmpty()) {
            throw new IllegalStateException("the proposal is not sound: " + problems.getFirst());
        }
    }

    private void write(Proposal proposal, Console console) throws IOException {
        if (options.out().isPresent()) {
            Files.writeString(options.out().get(), proposal.policy(), StandardCharsets.UTF_8);
        } else {
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
        String policy = options.out().map(Path::toString).orElse("POLICY");
        err.println("next: read " + policy + ", rename assets, decide; then sluice check " + policy
                + " and sluice replay CAPTURE --policy " + policy);
    }
}
