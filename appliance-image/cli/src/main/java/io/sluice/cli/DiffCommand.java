package io.sluice.cli;

import io.sluice.rules.analyze.Differences;
import io.sluice.rules.analyze.PolicyDifference;
import io.sluice.rules.analyze.Version;
import io.sluice.rules.space.Comparison.TooMany;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice diff}: what does another policy allow that this one does not, and the other way round? */
@Command(name = "diff", sortOptions = false, description = {
        "Say in what two policies differ: what is newly allowed and newly denied, with an example of each.", "",
        "All that could be asked is compared, not only what was recorded. How a policy is written makes no difference.",
        ""}, exitCodeListHeading = "%nExit codes:%n", exitCodeList = {"0:the policies mean the same",
                "1:they differ", "2:wrong usage",
                "3:a policy cannot be read or has problems"}, footerHeading = "%nExamples:%n", footer = {
                        "  sluice diff line-3.yaml line-3-new.yaml",
                        "  git show HEAD:line-3.yaml | sluice diff - line-3.yaml",
                        "  sluice diff old.yaml new.yaml --format json | jq .statements"})
final class DiffCommand extends Verb {
    /** How the differences are printed. */
    enum Format {
        TEXT,
        JSON
    }

    @Parameters(index = "0", paramLabel = "OLD", description = "The policy's YAML file; - reads standard input.")
    private String before = "";

    @Parameters(index = "1", paramLabel = "NEW", description = "The other policy's; - for one of the two only.")
    private String after = "";

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "TEXT", description = "text (default) or json.")
    private Format format = Format.TEXT;

    DiffCommand(Console console) {
        super(console);
    }

    @Override
    ExitCode run(Console console) throws IOException, CouldNotRun, WrongUsage {
        if (before.equals("-") && after.equals("-")) {
            throw new WrongUsage("OLD and NEW cannot both be read from standard input; name a file for one of them");
        }
        Version old = version(before, console);
        Version now = version(after, console);
        Differences differences;
        try {
            differences = PolicyDifference.between(old, now);
        } catch (TooMany e) {
            throw new CouldNotRun(
                    "the policies differ in more places than can be listed; compare them in smaller steps");
        }
        switch (format) {
            case TEXT -> DifferenceText.print(differences, before, after, console.out());
            case JSON -> DifferenceJson.print(differences, console.out());
        }
        return differences.isEmpty() ? ExitCode.DONE : ExitCode.NO;
    }

    private static Version version(String file, Console console) throws IOException, CouldNotRun {
        LoadedPolicy.Sound sound = LoadedPolicy.require(file, console);
        return new Version(sound.policy(), sound.compiled());
    }
}
