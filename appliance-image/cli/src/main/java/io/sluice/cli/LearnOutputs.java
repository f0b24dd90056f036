package io.sluice.cli;

import io.sluice.replay.ReportLanguage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What {@code sluice learn} writes; mix it into the command. */
final class LearnOutputs {
    @Option(names = "--out", paramLabel = "POLICY", description = "Write the policy to this file; standard output unless given.")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--html", paramLabel = "PAGE", description = "Write a page about the policy for a meeting: each rule with where it comes from, what is in no rule, and, of"
            + " captures that are files, what it would refuse of them.")
    private Optional<Path> html = Optional.empty();

    @Option(names = "--lang", paramLabel = "LANGUAGE", description = "With --html: en (default) or de.")
    private Optional<ReplayOptions.Language> language = Optional.empty();

    @Option(names = "--baseline", paramLabel = "FILE", description = "With --html: another policy, such as the active one; the page says which verdicts change.")
    private Optional<String> baseline = Optional.empty();

    @Option(names = "--save", paramLabel = "FILE", description = "Keep what was seen in this file, to be put together with others by --from. No policy is printed then; --out"
            + " still writes one.")
    private Optional<Path> save = Optional.empty();

    Optional<Path> out() {
        return out;
    }

    Optional<Path> html() {
        return html;
    }

    ReportLanguage language() {
        return language.orElse(ReplayOptions.Language.EN) == ReplayOptions.Language.DE
                ? ReportLanguage.DE
                : ReportLanguage.EN;
    }

    Optional<String> baseline() {
        return baseline;
    }

    Optional<Path> save() {
        return save;
    }

    /** Whether a policy is to be made, and not only kept what was seen. */
    boolean proposes() {
        return save.isEmpty() || out.isPresent() || html.isPresent();
    }

    private Map<String, Path> written() {
        Map<String, Path> written = new LinkedHashMap<>();
        out.ifPresent(file -> written.put("--out", file));
        html.ifPresent(file -> written.put("--html", file));
        save.ifPresent(file -> written.put("--save", file));
        return written;
    }

    void check() throws WrongUsage {
        for (Map.Entry<String, Path> file : written().entrySet()) {
            if (file.getValue().toString().equals("-")) {
                throw new WrongUsage(file.getKey().equals("--out")
                        ? "the policy goes to standard output without --out; leave it out"
                        : "give " + file.getKey() + " the name of a file");
            }
        }
        if (html.isEmpty() && (language.isPresent() || baseline.isPresent())) {
            throw new WrongUsage(
                    (language.isPresent() ? "--lang" : "--baseline") + " is for the page; add --html PAGE");
        }
    }

    /**
     * Before hours are spent on reading: what is to be written can be, and destroys nothing that is read.
     *
     * @param from files of earlier runs, of which --save may replace one
     */
    void refuseOverwriting(List<CaptureArgument> captures, List<Path> from) throws CouldNotRun, IOException {
        List<Path> inputs = new ArrayList<>();
        for (CaptureArgument capture : captures) {
            if (!capture.isStandardInput()) {
                inputs.add(capture.path());
            }
        }
        if (baseline.isPresent()) {
            inputs.add(FileName.of(baseline.get()));
        }
        List<Path> before = new ArrayList<>();
        for (Map.Entry<String, Path> output : written().entrySet()) {
            Path file = output.getValue();
            requirePlace(file);
            List<Path> read = new ArrayList<>(inputs);
            if (!output.getKey().equals("--save")) {
                read.addAll(from);
            }
            for (Path input : read) {
                if (ReplayFiles.isSame(file, input)) {
                    throw new CouldNotRun("`" + file + "` is to be read, too; give " + output.getKey()
                            + " another name");
                }
            }
            for (Path other : before) {
                if (ReplayFiles.isSame(file, other)) {
                    throw new CouldNotRun("`" + file + "` is to be written twice; give " + output.getKey()
                            + " another name");
                }
            }
            before.add(file);
        }
    }

    private static void requirePlace(Path file) throws CouldNotRun {
        if (Files.isDirectory(file)) {
            throw new CouldNotRun("`" + file + "` is a folder and cannot be written as a file; give a file's name");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new CouldNotRun("there is no folder `" + folder + "` in which to write `" + file.getFileName()
                    + "`; make it, or give another name");
        }
    }
}
