package io.sluice.cli;

import io.sluice.capture.CaptureException;
import io.sluice.capture.CaptureTrouble;
import io.sluice.journal.JournalReader;
import io.sluice.replay.InputSummary;
import io.sluice.replay.JournalLearning;
import io.sluice.replay.Learning;
import io.sluice.replay.SeenFile;
import io.sluice.replay.SeenFile.Part;
import io.sluice.replay.SeenFile.Seen;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is to be learnt from: files of earlier runs first, then captures or a journal. */
final class LearnSource {
    private final LearnOptions options;
    private final Console console;
    private final List<CaptureArgument> captures = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();

    LearnSource(LearnOptions options, Console console) throws CouldNotRun {
        this.options = options;
        this.console = console;
        for (String capture : options.captures()) {
            captures.add(CaptureArgument.of(capture, console));
        }
    }

    List<CaptureArgument> captures() {
        return captures;
    }

    /** What was wrong with the sources, one sentence each. */
    List<String> troubles() {
        return troubles;
    }

    /** Whether verdicts can be given on all of it: captures that can be read a second time, and nothing else. */
    boolean isReadable() {
        return options.from().isEmpty() && !captures.isEmpty()
                && captures.stream().noneMatch(CaptureArgument::isStandardInput);
    }

    Seen read() throws CouldNotRun {
        try {
            for (CaptureArgument capture : captures) {
                capture.tryToOpen();
            }
            Seen seen = null;
            for (Path file : options.from()) {
                Seen next = kept(file, seen == null ? 0 : seen.frames());
                seen = seen == null ? next : seen.and(next);
            }
            long before = seen == null ? 0 : seen.frames();
            if (options.journal().isPresent()) {
                Seen next = journal(options.journal().get(), before);
                seen = seen == null ? next : seen.and(next);
            } else if (!captures.isEmpty()) {
                Seen next = captures(before);
                seen = seen == null ? next : seen.and(next);
            }
            if (seen == null) {
                throw new IllegalStateException("nothing to learn from");
            }
            return seen;
        } catch (CaptureException e) {
            throw new CouldNotRun(e.getMessage());
        }
    }

    private static Seen kept(Path file, long before) throws CouldNotRun {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return SeenFile.read(in, before);
        } catch (NoSuchFileException e) {
            throw new CouldNotRun("there is no file `" + file + "`");
        } catch (IOException e) {
            throw new CouldNotRun("`" + file + "` cannot be learnt from: " + e.getMessage());
        }
    }

    private Seen captures(long before) throws CaptureException {
        Learning.Learnt learnt = new Learning(options.learntServices()).run(List.copyOf(captures),
                new ProgressLine(console), before);
        for (InputSummary input : learnt.inputs()) {
            for (CaptureTrouble trouble : input.troubles()) {
                troubles.add(input.name() + ": " + trouble.sentence());
            }
        }
        return learnt.seen();
    }

    private Seen journal(Path folder, long before) throws CouldNotRun {
        JournalLearning learning = new JournalLearning();
        long records = 0;
        long last = 0;
        try (JournalReader reader = JournalReader.open(folder, 0)) {
            while (reader.next()) {
                last = reader.index();
                learning.record(reader.bytes(), reader.from(), reader.length(), before + last);
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
        Learning.Learnt learnt = learning.finish();
        Part part = new Part("the journal " + folder + " (" + Counted.of(records, "record") + ")", 0,
                last + 1);
        return new Seen(List.of(part), learnt.observations(), learnt.namesLost());
    }
}
